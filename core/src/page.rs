//! Lists longer than one response, page after page.

use futures_core::Stream;
use futures_util::stream::{self, TryStreamExt};
use polywrite_models::List;

use crate::error::{Error, ErrorKind, Result};
use crate::query::Query;

/// All pages of a list, one call after the other, each made when it is asked for.
///
/// `call` gets the queries that say where a page begins and how many items it has at most, `page_size`, and hands them
/// on together with its own. The stream ends with the first page that isn't full, or with an error.
///
/// ```
/// # use polywrite::{pages, Query, Result};
/// # use futures_util::TryStreamExt;
/// # async fn list_rows(queries: Vec<Query>) -> Result<serde_json::Value> {
/// #     Ok(serde_json::json!({"total": 1, "rows": [{"$id": "a"}]}))
/// # }
/// # async fn example() -> Result<()> {
/// let mut pages = std::pin::pin!(pages(100, |mut page| {
///     page.push(Query::equal("year", 1999));
///     list_rows(page)
/// }));
/// while let Some(page) = pages.try_next().await? {
///     println!("{page}");
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// The calls' own; [`ErrorKind::Argument`] for pages without items; and [`ErrorKind::Decode`] when the server gives the
/// same page again.
pub fn pages<L, C, F>(page_size: u64, call: C) -> impl Stream<Item = Result<L>>
where
    L: List,
    C: FnMut(Vec<Query>) -> F,
    F: IntoFuture<Output = Result<L>>,
{
    stream::try_unfold((call, Place::Start), move |(mut call, place)| async move {
        if page_size == 0 {
            return Err(Error::argument("a page needs room for at least one item"));
        }
        let mut queries = vec![Query::limit(page_size)];
        let after = match place {
            Place::Start => None,
            Place::After(id) => {
                queries.push(Query::cursor_after(&id));
                Some(id)
            }
            Place::End => return Ok(None),
        };
        let page = call(queries).await?;
        if page.count() == 0 {
            return Ok(None);
        }
        let next = match page.last_id() {
            Some(id) if after.as_deref() == Some(id) => {
                let message = "the server gave the same page again instead of the next one";
                return Err(Error::new(ErrorKind::Decode, message));
            }
            Some(id) if page.count() as u64 >= page_size => Place::After(id.to_owned()),
            _ => Place::End,
        };
        Ok(Some((page, (call, next))))
    })
}

/// All items of a list, page by page; see [`pages`].
///
/// # Errors
/// As [`pages`].
pub fn items<L, C, F>(page_size: u64, call: C) -> impl Stream<Item = Result<L::Item>>
where
    L: List,
    C: FnMut(Vec<Query>) -> F,
    F: IntoFuture<Output = Result<L>>,
{
    pages(page_size, call).map_ok(|page| stream::iter(page.into_items().into_iter().map(Ok))).try_flatten()
}

/// Where the next page begins.
enum Place {
    Start,
    After(String),
    End,
}
