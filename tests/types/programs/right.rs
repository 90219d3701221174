//! Uses of the types that compile.

use polywrite::services::TablesDB;
use polywrite::table::{Link, Record, TableQuery};
use polywrite::{Client, Operator, Permission, Query, Result, Role};

use crate::cinema::{
    Author, Cinema, HallChanges, HallClass, Movie, MovieChanges, MovieGenre, NewAuthor, NewEmpty, NewHall,
    NewMovie,
};

pub async fn tables(client: &Client) -> Result<Vec<String>> {
    let cinema = Cinema::new(client);
    let found = cinema
        .movies
        .list_rows([
            Movie::YEAR.equal(1984),
            Movie::GENRE.equal([MovieGenre::Drama, MovieGenre::Comedy]),
            Movie::RATING.greater_than(2.5),
            Movie::RATING.less_than(9),
            Movie::TAGS.contains("a"),
            Movie::SEEN.equal(true),
            TableQuery::or([Movie::PLOT.is_null(), Movie::YEAR.between(1980, 1990)]),
            Movie::LOCATION.distance_less_than([12.5, 41.9], 1000, true),
            Movie::AUTHOR.select_all(),
            Movie::ROW_CREATED_AT.order_desc(),
            TableQuery::limit(5),
        ])
        .total(false)
        .await?;
    let mut titles = Vec::new();
    for row in found.rows {
        let year: Option<i64> = row.data.year;
        let genre: Option<MovieGenre> = row.data.genre;
        titles.push(format!("{} {} {year:?} {genre:?}", row.id, row.data.title));
        titles.extend(row.data.author.map(|author| author.data.name));
    }

    let new =
        NewMovie { year: Some(1985), author: Some(Link::new(NewAuthor::new("Ada"))), ..NewMovie::new("New") };
    let made = cinema.movies.create_row(&new).await?;
    titles.push(made.data.title.clone());
    let changes = MovieChanges::default()
        .year(Operator::increment(1, None)?)
        .rating(2.5)
        .tags(["a", "b"])
        .genre(None)
        .code("x")
        .author(Link::to("a1"));
    cinema.movies.update_row(&made.id, &changes).await?;
    let hall = NewHall::new("", 1, 0.5, true, HallClass::SecondClass, "2026-01-01");
    cinema.halls.upsert_row("h1", &hall).await?;
    cinema.halls.update_row("h1", &HallChanges::default().counts([1_i64, 2]).is_open(false)).await?;
    cinema.empty.bulk_create_rows([NewEmpty {}, NewEmpty {}]).await?;
    cinema.transaction().run(async |staged: Cinema| staged.movies.delete_row("b").await).await?;
    let mut all = cinema.movies.list_rows([Movie::YEAR.is_not_null()]).items();
    while let Some(row) = all.try_next().await? {
        titles.push(row.data.title);
    }
    Ok(titles)
}

/// Changes of many rows, which servers refuse for tables with relationships.
pub async fn others(cinema: &Cinema) -> Result<()> {
    let of_ada = [Movie::AUTHOR.column(Author::NAME).equal("Ada")];
    cinema.movies.list_rows(of_ada).await?;
    cinema.movies.bulk_create_rows([NewMovie::new("a"), NewMovie::new("b")]).await?;
    cinema.movies.bulk_update_rows(&MovieChanges::default().seen(true)).write(["b"]).await?;
    cinema.movies.update_rows(&MovieChanges::default().seen(false), [Movie::SEEN.equal(true)]).await?;
    Ok(())
}

/// The calls as they are.
pub async fn calls(service: &TablesDB) -> Result<String> {
    let queries = [Query::equal(Movie::YEAR.key(), 1984)];
    let found = service.list_rows::<Movie>(Movie::DATABASE_ID, Movie::TABLE_ID).queries(queries).await?;
    let made = service
        .create_row(Movie::DATABASE_ID, Movie::TABLE_ID, "m9", NewMovie::new("New"))
        .permissions([Permission::read(Role::any())])
        .typed::<Movie>()
        .await?;
    Ok(format!("{} {}", found.rows[0].data.title, made.data.title))
}
