// Made by `polywrite types` from the tables of a project: change them, not this file.

#![allow(clippy::all, dead_code, missing_docs, unreachable_pub)]

use polywrite::models::Row;
use polywrite::services::{Table, TablesDB};
use polywrite::table::{Change, Column, Geometry, Held, IntoChange, Link, Record, Relation};
use polywrite::{Client, TransactionCall};
use serde::{Deserialize, Serialize};

/// One of `genre` of `movies`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum MovieGenre {
    #[serde(rename = "drama")]
    Drama,
    #[serde(rename = "comedy")]
    Comedy,
    #[serde(rename = "scifi")]
    Scifi,
}

impl Held for MovieGenre {}

/// A row of the table `movies`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Movie {
    pub title: String,
    pub code: Option<String>,
    pub plot: Option<String>,
    pub year: Option<i64>,
    pub big: Option<i64>,
    pub rating: Option<f64>,
    pub seen: Option<bool>,
    pub released: Option<String>,
    pub contact: Option<String>,
    pub link: Option<String>,
    pub addr: Option<String>,
    pub genre: Option<MovieGenre>,
    pub tags: Vec<String>,
    pub location: Option<[f64; 2]>,
    /// There where it is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Box<Row<Author>>>,
}

impl Movie {
    /// The column `title`, for queries.
    pub const TITLE: Column<Self, String> = Column::new("title");
    /// The column `code`, for queries.
    pub const CODE: Column<Self, String> = Column::new("code");
    /// The column `plot`, for queries.
    pub const PLOT: Column<Self, String> = Column::new("plot");
    /// The column `year`, for queries.
    pub const YEAR: Column<Self, i64> = Column::new("year");
    /// The column `big`, for queries.
    pub const BIG: Column<Self, i64> = Column::new("big");
    /// The column `rating`, for queries.
    pub const RATING: Column<Self, f64> = Column::new("rating");
    /// The column `seen`, for queries.
    pub const SEEN: Column<Self, bool> = Column::new("seen");
    /// The column `released`, for queries.
    pub const RELEASED: Column<Self, String> = Column::new("released");
    /// The column `contact`, for queries.
    pub const CONTACT: Column<Self, String> = Column::new("contact");
    /// The column `link`, for queries.
    pub const LINK: Column<Self, String> = Column::new("link");
    /// The column `addr`, for queries.
    pub const ADDR: Column<Self, String> = Column::new("addr");
    /// The column `genre`, for queries.
    pub const GENRE: Column<Self, MovieGenre> = Column::new("genre");
    /// The column `tags`, for queries.
    pub const TAGS: Column<Self, String> = Column::new("tags");
    /// The column `location`, for queries.
    pub const LOCATION: Column<Self, Geometry> = Column::new("location");
    /// The column `author`, for queries.
    pub const AUTHOR: Relation<Self, Author> = Relation::new("author");
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for Movie {
    type New = NewMovie;
    type Changes = MovieChanges;
    const DATABASE_ID: &'static str = "cinema";
    const TABLE_ID: &'static str = "movies";
}

/// What a new row of `movies` is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewMovie {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plot: Option<String>,
    /// Default: 2000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub big: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<f64>,
    /// Default: false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre: Option<MovieGenre>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Link<NewAuthor>>,
}

impl NewMovie {
    /// A row with what it must have.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            code: None,
            plot: None,
            year: None,
            big: None,
            rating: None,
            seen: None,
            released: None,
            contact: None,
            link: None,
            addr: None,
            genre: None,
            tags: None,
            location: None,
            author: None,
        }
    }
}

/// What can change in a row of `movies`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MovieChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Change<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plot: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<Change<Option<i64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    big: Option<Change<Option<i64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<Change<Option<f64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<Change<Option<bool>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    released: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    addr: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<Change<Option<MovieGenre>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Change<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Change<Option<[f64; 2]>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Change<Option<Link<NewAuthor>>>>,
}

impl MovieChanges {
    /// Changes `title`.
    #[must_use]
    pub fn title(mut self, value: impl IntoChange<String>) -> Self {
        self.title = Some(value.into_change());
        self
    }

    /// Changes `code`.
    #[must_use]
    pub fn code(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.code = Some(value.into_change());
        self
    }

    /// Changes `plot`.
    #[must_use]
    pub fn plot(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.plot = Some(value.into_change());
        self
    }

    /// Changes `year`.
    #[must_use]
    pub fn year(mut self, value: impl IntoChange<Option<i64>>) -> Self {
        self.year = Some(value.into_change());
        self
    }

    /// Changes `big`.
    #[must_use]
    pub fn big(mut self, value: impl IntoChange<Option<i64>>) -> Self {
        self.big = Some(value.into_change());
        self
    }

    /// Changes `rating`.
    #[must_use]
    pub fn rating(mut self, value: impl IntoChange<Option<f64>>) -> Self {
        self.rating = Some(value.into_change());
        self
    }

    /// Changes `seen`.
    #[must_use]
    pub fn seen(mut self, value: impl IntoChange<Option<bool>>) -> Self {
        self.seen = Some(value.into_change());
        self
    }

    /// Changes `released`.
    #[must_use]
    pub fn released(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.released = Some(value.into_change());
        self
    }

    /// Changes `contact`.
    #[must_use]
    pub fn contact(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.contact = Some(value.into_change());
        self
    }

    /// Changes `link`.
    #[must_use]
    pub fn link(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.link = Some(value.into_change());
        self
    }

    /// Changes `addr`.
    #[must_use]
    pub fn addr(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.addr = Some(value.into_change());
        self
    }

    /// Changes `genre`.
    #[must_use]
    pub fn genre(mut self, value: impl IntoChange<Option<MovieGenre>>) -> Self {
        self.genre = Some(value.into_change());
        self
    }

    /// Changes `tags`.
    #[must_use]
    pub fn tags(mut self, value: impl IntoChange<Vec<String>>) -> Self {
        self.tags = Some(value.into_change());
        self
    }

    /// Changes `location`.
    #[must_use]
    pub fn location(mut self, value: impl IntoChange<Option<[f64; 2]>>) -> Self {
        self.location = Some(value.into_change());
        self
    }

    /// Changes `author`.
    #[must_use]
    pub fn author(mut self, value: impl IntoChange<Option<Link<NewAuthor>>>) -> Self {
        self.author = Some(value.into_change());
        self
    }
}

/// A row of the table `authors`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Author {
    pub name: String,
    /// There where it is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub movies: Option<Vec<Row<Movie>>>,
}

impl Author {
    /// The column `name`, for queries.
    pub const NAME: Column<Self, String> = Column::new("name");
    /// The column `movies`, for queries.
    pub const MOVIES: Relation<Self, Movie> = Relation::new("movies");
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for Author {
    type New = NewAuthor;
    type Changes = AuthorChanges;
    const DATABASE_ID: &'static str = "cinema";
    const TABLE_ID: &'static str = "authors";
}

/// What a new row of `authors` is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewAuthor {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub movies: Option<Vec<Link<NewMovie>>>,
}

impl NewAuthor {
    /// A row with what it must have.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            movies: None,
        }
    }
}

/// What can change in a row of `authors`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AuthorChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Change<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    movies: Option<Change<Vec<Link<NewMovie>>>>,
}

impl AuthorChanges {
    /// Changes `name`.
    #[must_use]
    pub fn name(mut self, value: impl IntoChange<String>) -> Self {
        self.name = Some(value.into_change());
        self
    }

    /// Changes `movies`.
    #[must_use]
    pub fn movies(mut self, value: impl IntoChange<Vec<Link<NewMovie>>>) -> Self {
        self.movies = Some(value.into_change());
        self
    }
}

/// One of `class` of `halls`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum HallClass {
    #[serde(rename = "first")]
    First,
    #[serde(rename = "second class")]
    SecondClass,
}

impl Held for HallClass {}

/// One of `moods` of `halls`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum HallMood {
    #[serde(rename = "sad")]
    Sad,
    #[serde(rename = "very happy")]
    VeryHappy,
}

impl Held for HallMood {}

/// A row of the table `halls`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Hall {
    pub note: String,
    pub script: Option<String>,
    pub count: i64,
    pub counts: Vec<i64>,
    pub huge: Vec<i64>,
    pub ratio: f64,
    pub ratios: Vec<f64>,
    #[serde(rename = "is-open")]
    pub is_open: bool,
    pub class: HallClass,
    pub moods: Vec<HallMood>,
    pub times: Vec<String>,
    pub opened: String,
    pub route: Option<Vec<[f64; 2]>>,
    pub area: Option<Vec<Vec<[f64; 2]>>>,
    pub mails: Vec<String>,
    /// There where it is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favourite: Option<Box<Row<Movie>>>,
    /// There where it is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neighbours: Option<Vec<Row<Hall>>>,
}

impl Hall {
    /// The column `note`, for queries.
    pub const NOTE: Column<Self, String> = Column::new("note");
    /// The column `script`, for queries.
    pub const SCRIPT: Column<Self, String> = Column::new("script");
    /// The column `count`, for queries.
    pub const COUNT: Column<Self, i64> = Column::new("count");
    /// The column `counts`, for queries.
    pub const COUNTS: Column<Self, i64> = Column::new("counts");
    /// The column `huge`, for queries.
    pub const HUGE: Column<Self, i64> = Column::new("huge");
    /// The column `ratio`, for queries.
    pub const RATIO: Column<Self, f64> = Column::new("ratio");
    /// The column `ratios`, for queries.
    pub const RATIOS: Column<Self, f64> = Column::new("ratios");
    /// The column `is-open`, for queries.
    pub const IS_OPEN: Column<Self, bool> = Column::new("is-open");
    /// The column `class`, for queries.
    pub const CLASS: Column<Self, HallClass> = Column::new("class");
    /// The column `moods`, for queries.
    pub const MOODS: Column<Self, HallMood> = Column::new("moods");
    /// The column `times`, for queries.
    pub const TIMES: Column<Self, String> = Column::new("times");
    /// The column `opened`, for queries.
    pub const OPENED: Column<Self, String> = Column::new("opened");
    /// The column `route`, for queries.
    pub const ROUTE: Column<Self, Geometry> = Column::new("route");
    /// The column `area`, for queries.
    pub const AREA: Column<Self, Geometry> = Column::new("area");
    /// The column `mails`, for queries.
    pub const MAILS: Column<Self, String> = Column::new("mails");
    /// The column `favourite`, for queries.
    pub const FAVOURITE: Relation<Self, Movie> = Relation::new("favourite");
    /// The column `neighbours`, for queries.
    pub const NEIGHBOURS: Relation<Self, Hall> = Relation::new("neighbours");
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for Hall {
    type New = NewHall;
    type Changes = HallChanges;
    const DATABASE_ID: &'static str = "cinema";
    const TABLE_ID: &'static str = "halls";
}

/// What a new row of `halls` is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewHall {
    pub note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    pub count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub huge: Option<Vec<i64>>,
    pub ratio: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratios: Option<Vec<f64>>,
    #[serde(rename = "is-open")]
    pub is_open: bool,
    pub class: HallClass,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moods: Option<Vec<HallMood>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Vec<String>>,
    pub opened: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<Vec<[f64; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Vec<Vec<[f64; 2]>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mails: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favourite: Option<Link<NewMovie>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neighbours: Option<Vec<Link<NewHall>>>,
}

impl NewHall {
    /// A row with what it must have.
    pub fn new(
        note: impl Into<String>,
        count: i64,
        ratio: f64,
        is_open: bool,
        class: HallClass,
        opened: impl Into<String>,
    ) -> Self {
        Self {
            note: note.into(),
            script: None,
            count,
            counts: None,
            huge: None,
            ratio,
            ratios: None,
            is_open,
            class,
            moods: None,
            times: None,
            opened: opened.into(),
            route: None,
            area: None,
            mails: None,
            favourite: None,
            neighbours: None,
        }
    }
}

/// What can change in a row of `halls`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct HallChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Change<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    script: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<Change<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Change<Vec<i64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    huge: Option<Change<Vec<i64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<Change<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratios: Option<Change<Vec<f64>>>,
    #[serde(rename = "is-open", skip_serializing_if = "Option::is_none")]
    is_open: Option<Change<bool>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<Change<HallClass>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moods: Option<Change<Vec<HallMood>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Change<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened: Option<Change<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<Change<Option<Vec<[f64; 2]>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<Change<Option<Vec<Vec<[f64; 2]>>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mails: Option<Change<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    favourite: Option<Change<Option<Link<NewMovie>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    neighbours: Option<Change<Vec<Link<NewHall>>>>,
}

impl HallChanges {
    /// Changes `note`.
    #[must_use]
    pub fn note(mut self, value: impl IntoChange<String>) -> Self {
        self.note = Some(value.into_change());
        self
    }

    /// Changes `script`.
    #[must_use]
    pub fn script(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.script = Some(value.into_change());
        self
    }

    /// Changes `count`.
    #[must_use]
    pub fn count(mut self, value: impl IntoChange<i64>) -> Self {
        self.count = Some(value.into_change());
        self
    }

    /// Changes `counts`.
    #[must_use]
    pub fn counts(mut self, value: impl IntoChange<Vec<i64>>) -> Self {
        self.counts = Some(value.into_change());
        self
    }

    /// Changes `huge`.
    #[must_use]
    pub fn huge(mut self, value: impl IntoChange<Vec<i64>>) -> Self {
        self.huge = Some(value.into_change());
        self
    }

    /// Changes `ratio`.
    #[must_use]
    pub fn ratio(mut self, value: impl IntoChange<f64>) -> Self {
        self.ratio = Some(value.into_change());
        self
    }

    /// Changes `ratios`.
    #[must_use]
    pub fn ratios(mut self, value: impl IntoChange<Vec<f64>>) -> Self {
        self.ratios = Some(value.into_change());
        self
    }

    /// Changes `is-open`.
    #[must_use]
    pub fn is_open(mut self, value: impl IntoChange<bool>) -> Self {
        self.is_open = Some(value.into_change());
        self
    }

    /// Changes `class`.
    #[must_use]
    pub fn class(mut self, value: impl IntoChange<HallClass>) -> Self {
        self.class = Some(value.into_change());
        self
    }

    /// Changes `moods`.
    #[must_use]
    pub fn moods(mut self, value: impl IntoChange<Vec<HallMood>>) -> Self {
        self.moods = Some(value.into_change());
        self
    }

    /// Changes `times`.
    #[must_use]
    pub fn times(mut self, value: impl IntoChange<Vec<String>>) -> Self {
        self.times = Some(value.into_change());
        self
    }

    /// Changes `opened`.
    #[must_use]
    pub fn opened(mut self, value: impl IntoChange<String>) -> Self {
        self.opened = Some(value.into_change());
        self
    }

    /// Changes `route`.
    #[must_use]
    pub fn route(mut self, value: impl IntoChange<Option<Vec<[f64; 2]>>>) -> Self {
        self.route = Some(value.into_change());
        self
    }

    /// Changes `area`.
    #[must_use]
    pub fn area(mut self, value: impl IntoChange<Option<Vec<Vec<[f64; 2]>>>>) -> Self {
        self.area = Some(value.into_change());
        self
    }

    /// Changes `mails`.
    #[must_use]
    pub fn mails(mut self, value: impl IntoChange<Vec<String>>) -> Self {
        self.mails = Some(value.into_change());
        self
    }

    /// Changes `favourite`.
    #[must_use]
    pub fn favourite(mut self, value: impl IntoChange<Option<Link<NewMovie>>>) -> Self {
        self.favourite = Some(value.into_change());
        self
    }

    /// Changes `neighbours`.
    #[must_use]
    pub fn neighbours(mut self, value: impl IntoChange<Vec<Link<NewHall>>>) -> Self {
        self.neighbours = Some(value.into_change());
        self
    }
}

/// A row of the table `empty`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Empty {}

impl Empty {
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for Empty {
    type New = NewEmpty;
    type Changes = EmptyChanges;
    const DATABASE_ID: &'static str = "cinema";
    const TABLE_ID: &'static str = "empty";
}

/// What a new row of `empty` is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewEmpty {}

/// What can change in a row of `empty`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EmptyChanges {}

/// The database `cinema`.
#[derive(Debug)]
pub struct Cinema {
    /// The table `movies`.
    pub movies: Table<Movie>,
    /// The table `authors`.
    pub authors: Table<Author>,
    /// The table `halls`.
    pub halls: Table<Hall>,
    /// The table `empty`.
    pub empty: Table<Empty>,
    service: TablesDB,
}

impl Cinema {
    /// The tables, as the client may use them.
    pub fn new(client: &Client) -> Self {
        Self {
            movies: Table::new(client),
            authors: Table::new(client),
            halls: Table::new(client),
            empty: Table::new(client),
            service: TablesDB::new(client),
        }
    }

    /// Does work with tables whose calls all belong to a transaction.
    pub fn transaction(&self) -> TransactionCall<Self> {
        self.service.transaction().serving(Self::new)
    }
}
