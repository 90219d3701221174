use crate::cinema::{Cinema, Movie};
use polywrite::Result;
use polywrite::models::RowList;

pub async fn rows(cinema: &Cinema) -> Result<RowList<Movie>> {
    cinema.movies.list_rows([Movie::YEAR.equal("1984")]).await
}
