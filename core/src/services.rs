//! Every call of the API with its types: a struct per service, a method per call.
//!
//! A method takes what the call must have; optional parameters follow as setters, and awaiting sends it:
//!
//! ```no_run
//! # async fn example(client: &polywrite::Client) -> polywrite::Result<()> {
//! use polywrite::models::RowList;
//! use polywrite::{Query, services::TablesDB};
//!
//! #[derive(serde::Deserialize)]
//! struct Movie {
//!     title: String,
//! }
//!
//! let tables = TablesDB::new(client);
//! let movies: RowList<Movie> = tables.list_rows("cinema", "movies").queries([Query::equal("year", 1999)]).await?;
//! println!("{} movies, the first is {}", movies.total, movies.rows[0].data.title);
//! # Ok(())
//! # }
//! ```

mod generated;

#[allow(unreachable_pub, unused_imports, reason = "a crate of `polywrite build` needs none of them")]
pub use generated::*;
