//! What the next page depends on: how many items a page has, and its last one.

use std::collections::HashMap;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::operation::{List, Paging};
use crate::received::Reader;
use crate::response::Response;

/// What the next page depends on.
pub(super) struct Page {
    /// How many items it has.
    pub(super) count: u64,
    /// How many items the server says there are: at most 5,000 with Appwrite 1.9.6, 0 when it did not count.
    pub(super) total: Option<u64>,
    /// What distinguishes its last item: the text that a cursor needs, or the whole item in a list that goes by offset.
    pub(super) last: Option<String>,
}

impl Page {
    /// Reads a response without building its items.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it has no such list.
    pub(super) fn read(response: &Response, list: &List) -> Result<Self> {
        let body = response.body();
        let Some((count, total, last)) = find(body, list.items) else {
            return Err(match serde_json::from_slice::<IgnoredAny>(body) {
                Ok(_) => response.unreadable(format!("the response has no list `{}`", list.items)),
                Err(cause) => response.unreadable(cause),
            });
        };
        let last = last.and_then(|item| std::str::from_utf8(item).ok()).and_then(|item| match list.paging {
            Paging::Cursor(field) => text_of(item, field),
            Paging::Offset | Paging::Parameters => Some(item.to_owned()),
        });
        Ok(Self { count, total, last })
    }

    /// Takes what it can from items that have been built. `None` where only the response has it.
    #[cfg(feature = "typed")]
    pub(super) fn of(page: &impl polywrite_models::List, list: &List) -> Option<Self> {
        let last =
            page.cursor().filter(|text| !text.is_empty() && matches!(list.paging, Paging::Cursor(_)))?;
        let count = u64::try_from(page.items().len()).ok()?;
        Some(Self { count, total: u64::try_from(page.total()).ok(), last: Some(last.to_owned()) })
    }
}

/// A field of an item that is text.
fn text_of(item: &str, field: &str) -> Option<String> {
    let item: HashMap<String, &RawValue> = serde_json::from_str(item).ok()?;
    serde_json::from_str(item.get(field)?.get()).ok()
}

/// How many items there are, the total, and the last item.
type Found<'json> = (u64, Option<u64>, Option<&'json [u8]>);

/// Walks through a page; `None` without such a list.
fn find<'json>(body: &'json [u8], items: &str) -> Option<Found<'json>> {
    let (mut total, mut found) = (None, None);
    Reader::new(body).members(|object, name| {
        match name {
            [b'"', name @ .., b'"'] if name == items.as_bytes() => found = Some(count(object)?),
            br#""total""# => total = serde_json::from_slice(object.value()?).ok(),
            _ => drop(object.value()?),
        }
        Some(())
    })?;
    found.map(|(count, last)| (count, total, last))
}

/// Walks through a list: how many items it has, and the last one.
fn count<'json>(list: &mut Reader<'json>) -> Option<(u64, Option<&'json [u8]>)> {
    let (mut count, mut last) = (0, None);
    if !list.take(b'[') {
        return None;
    }
    while !list.take(b']') {
        last = Some(list.value()?);
        count += 1;
        list.take(b',');
    }
    Some((count, last))
}

/// The error for a page from which no other page can be reached.
pub(super) fn without_field(response: &Response, field: &str) -> Error {
    response
        .unreadable(format!("the last item of the page has no `{field}`, after which the next page begins"))
        .with_hint(format!("add `{field}` to what `Query.select` selects"))
}
