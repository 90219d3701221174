//! A list, page after page. Which operations return one is data in the generated table.

mod generated;
mod page;
mod queries;
mod repeats;

use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::error::{Error, Result};
use crate::operation::{List, Operation, Paging};
use crate::options::CallOptions;
use crate::params::Params;
use crate::query::Query;
use crate::response::Response;

use page::{Page, without_field};
use queries::Queries;
use repeats::Repeats;

pub use generated::PAGE_SIZE;

/// A list, page after page: each page is one call, which is made when the page is asked for.
///
/// A query `limit` of the caller bounds the whole list, `offset` skips items once, and `cursorAfter` says where it begins;
/// every other query goes with each call. Where the server knows a cursor, the pages follow the last item's ID, so that
/// items that come or go meanwhile neither repeat nor hide others. A list by offset may miss or repeat some then.
pub struct Pager {
    client: Client,
    operation: &'static Operation,
    list: &'static List,
    params: Params,
    options: CallOptions,
    page_size: u64,
    /// The queries that go with each call.
    others: Vec<String>,
    /// How many items the whole list has at most.
    limit: Option<u64>,
    /// How many items the caller's offset left out.
    skipped: u64,
    place: Place,
}

/// The response with a page, and how many items it was to have.
pub(crate) struct Arrived {
    response: Response,
    wanted: u64,
}

/// How far a list has been read: all that changes from page to page.
#[derive(Serialize, Deserialize)]
struct Place {
    /// The item after which the next page begins.
    after: Option<String>,
    /// How many items the next page skips.
    offset: u64,
    /// How many items came so far.
    seen: u64,
    repeats: Repeats,
    ended: bool,
}

/// Begins a list. `params` are those of the operation; `page_size` is how many items one call asks for, 100 unless it is
/// given. Nothing is sent yet, and what else the calls refuse, the first one says.
///
/// # Errors
/// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for a limit or page size of 0, a cursor that reads backwards, and an
/// operation that is not a list.
pub fn iterate(
    client: &Client,
    operation: &'static Operation,
    mut params: Params,
    page_size: Option<u64>,
    options: CallOptions,
) -> Result<Pager> {
    let list =
        operation.list.ok_or_else(|| Error::argument("this operation does not return a list in pages"));
    let named = |error: Error| error.with_operation(operation.id);
    let list = list.map_err(named)?;
    let page_size = page_size.unwrap_or(PAGE_SIZE);
    if page_size == 0 {
        return Err(named(Error::argument("`pageSize` must be 1 or more")));
    }
    let queries = match list.paging {
        Paging::Parameters => bounds(&mut params).map_err(named)?,
        Paging::Cursor(field) => {
            let mut queries = given(&mut params).and_then(Queries::of).map_err(named)?;
            queries.select(field);
            queries
        }
        Paging::Offset => given(&mut params).and_then(Queries::of).map_err(named)?,
    };
    let client = client.clone();
    let Queries { others, limit, offset: skipped, after } = queries;
    let place = Place { after, offset: skipped, seen: 0, repeats: Repeats::default(), ended: false };
    Ok(Pager { client, operation, list, params, options, page_size, others, limit, skipped, place })
}

impl Pager {
    /// The same list from a place on, as [`place`](Self::place) wrote it.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for another text.
    pub fn at(mut self, place: &str) -> Result<Self> {
        self.place = serde_json::from_str(place).map_err(|_| {
            Error::argument("this is not a place in a list").with_operation(self.operation.id)
        })?;
        Ok(self)
    }

    /// How far the list has been read, as a text from which another pager of the same list goes on; `None` at its end.
    pub fn place(&self) -> Option<String> {
        if self.place.ended { None } else { serde_json::to_string(&self.place).ok() }
    }

    /// The next page, or `None` after the last one. A call that failed may be made again.
    ///
    /// # Errors
    /// The call's own; and [`ErrorKind::Decode`](crate::ErrorKind::Decode) when the server sends a page again, an item
    /// from which the list cannot go on, or more items than the limit.
    pub async fn next(&mut self) -> Result<Option<Response>> {
        let Some(arrived) = self.request().await? else { return Ok(None) };
        let page = Page::read(&arrived.response, self.list);
        Ok(self.advance(&arrived, page)?.then_some(arrived.response))
    }

    /// Makes the call of the next page; `None` at the end of the list.
    pub(crate) async fn request(&self) -> Result<Option<Arrived>> {
        let wanted = self.page_size.min(self.left());
        if self.place.ended {
            return Ok(None);
        }
        let params = self.params_of(wanted);
        let call = self.client.execute(self.operation, params, self.options.clone());
        let response = call.await.map_err(|error| self.explained(error))?;
        Ok(Some(Arrived { response, wanted }))
    }

    /// Moves behind a page, and builds its items; `None` when it has none.
    #[cfg(feature = "typed")]
    pub(crate) fn built<L>(&mut self, arrived: &Arrived) -> Result<Option<L>>
    where
        L: polywrite_models::List + serde::de::DeserializeOwned,
    {
        let (built, page) = match arrived.response.json::<L>() {
            // What was built says it at no cost; reading the response once more takes a tenth of the time of the call.
            Ok(built) => match Page::of(&built, self.list) {
                Some(page) => (Some(built), Ok(page)),
                None => (Some(built), Page::read(&arrived.response, self.list)),
            },
            Err(error) => (None, Err(error)),
        };
        Ok(if self.advance(arrived, page)? { built } else { None })
    }

    /// How many items may still come.
    fn left(&self) -> u64 {
        self.limit.map_or(u64::MAX, |limit| limit.saturating_sub(self.place.seen))
    }

    fn params_of(&self, wanted: u64) -> Params {
        let mut params = self.params.clone();
        let Place { offset, after, .. } = &self.place;
        if self.list.paging == Paging::Parameters {
            params.set("limit", &wanted).set("offset", offset);
            return params;
        }
        let mut queries = self.others.clone();
        queries.push(Query::limit(wanted).into());
        if *offset > 0 {
            queries.push(Query::offset(*offset).into());
        }
        if let Some(after) = after {
            queries.push(Query::cursor_after(after).into());
        }
        params.set("queries", &queries);
        params
    }

    /// Moves behind a page. False when it has no items. Its failure is the end of the list.
    fn advance(&mut self, arrived: &Arrived, page: Result<Page>) -> Result<bool> {
        let moved = page.and_then(|page| self.move_behind(arrived, page));
        self.place.ended |= !matches!(moved, Ok(true));
        moved
    }

    fn move_behind(&mut self, Arrived { response, wanted }: &Arrived, page: Page) -> Result<bool> {
        let left = self.left();
        let Page { count, total, last } = page;
        if count > left {
            return Err(response.unreadable(format!("the server sent {count} items for a limit of {left}")));
        }
        if count == 0 {
            return Ok(false);
        }
        let place = &mut self.place;
        place.seen += count;
        // The server's total ends no list, since it stops at 5,000. But a server may send fewer items than were asked for.
        let is_whole = total.is_none_or(|total| total <= place.seen + self.skipped);
        place.ended = count == left || (count < *wanted && is_whole);
        if place.ended {
            return Ok(true);
        }
        let last = match (self.list.paging, last) {
            (Paging::Cursor(field), None) => return Err(without_field(response, field)),
            (_, last) => last.unwrap_or_default(),
        };
        if place.repeats.has_seen(&last) {
            let message = "the server sent the same page again instead of the next one";
            return Err(response.unreadable(message));
        }
        match self.list.paging {
            Paging::Cursor(_) => {
                place.offset = 0;
                place.after = Some(last);
            }
            Paging::Offset | Paging::Parameters => place.offset += count,
        }
        Ok(true)
    }

    fn explained(&self, error: Error) -> Error {
        if self.place.seen > 0 && error.error_type() == Some("general_cursor_not_found") {
            return error.with_hint(
                "the item after which the next page begins was deleted meanwhile; collect the IDs before you delete",
            );
        }
        error
    }
}

/// Takes the queries out of the parameters.
fn given(params: &mut Params) -> Result<Vec<String>> {
    let Some(queries) = params.remove("queries") else { return Ok(Vec::new()) };
    serde_json::from_str(queries.get()).map_err(|_| Error::argument("`queries` must be a list of strings"))
}

/// Takes the parameters `limit` and `offset` out.
fn bounds(params: &mut Params) -> Result<Queries> {
    let mut number = |name: &str, least: u64| match params.remove(name) {
        None => Ok(None),
        Some(value) => match serde_json::from_str::<u64>(value.get()) {
            Ok(value) if value >= least => Ok(Some(value)),
            _ => Err(Error::argument(format!("`{name}` must be {least} or more"))),
        },
    };
    let (limit, offset) = (number("limit", 1)?, number("offset", 0)?.unwrap_or_default());
    Ok(Queries { limit, offset, ..Queries::default() })
}
