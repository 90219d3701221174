//! Mistakes. A comment says what the compiler says of the line below it.

use polywrite::table::TableQuery;
use polywrite::{Query, Result};

use crate::cinema::{Author, Cinema, Movie, MovieChanges, MovieGenre, NewMovie};

pub async fn wrong(cinema: &Cinema) -> Result<()> {
    // error: no associated item named `YEER` found
    let _ = cinema.movies.list_rows([Movie::YEER.equal(1)]);
    // error: a column of `i64` cannot be compared with `&str`
    let _ = cinema.movies.list_rows([Movie::YEAR.equal("1984")]);
    // error: named `Horror` found for enum `MovieGenre`
    let _ = cinema.movies.list_rows([Movie::GENRE.equal(MovieGenre::Horror)]);
    // error: Item == TableQuery<Movie>`
    let _ = cinema.movies.list_rows([Query::equal("yeer", 1)]);
    // error: Item == TableQuery<Movie>`
    let _ = cinema.movies.list_rows([Author::NAME.equal("Ada")]);
    // error: this function takes 1 argument but 0 arguments were supplied
    let _ = cinema.movies.create_row(&NewMovie::new());
    // error: String: From<{integer}>` is not satisfied
    let _ = cinema.movies.create_row(&NewMovie::new(1984));
    // error: struct `NewMovie` has no field named `yeer`
    let _ = NewMovie { yeer: Some(1984), ..NewMovie::new("New") };
    // error: no method named `yeer` found
    let _ = MovieChanges::default().yeer(1984);
    // error: cannot become `&str`
    let _ = MovieChanges::default().year("1984");
    let movie = cinema.movies.get_row("m1").await?.data;
    // error: no field `yeer` on type `Movie`
    let _ = movie.yeer;
    // error: cannot add `{integer}`
    let _ = movie.year + 1;
    let _ = TableQuery::<Movie>::limit(1);
    Ok(())
}
