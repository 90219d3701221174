//! What the next page depends on: how many items a page has, and its last one.

use std::collections::HashMap;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::response::Response;

/// One page, in the bytes of its response.
pub(super) struct Page<'body> {
    /// How many items it has.
    pub(super) count: u64,
    /// How many items the server says there are: at most 5,000 with Appwrite 1.9.6, 0 when it did not count.
    pub(super) total: Option<u64>,
    last: Option<&'body RawValue>,
}

impl<'body> Page<'body> {
    /// Reads a response without building its items.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it has no list of this name.
    pub(super) fn read(response: &'body Response, items: &str) -> Result<Self> {
        let mut text = serde_json::Deserializer::from_str(response.text()?);
        let page = Object { items }.deserialize(&mut text).map_err(|cause| response.unreadable(cause))?;
        page.ok_or_else(|| response.unreadable(format!("the response has no list `{items}`")))
    }

    /// The last item as it is written.
    pub(super) fn last(&self) -> Option<&'body str> {
        self.last.map(RawValue::get)
    }

    /// A field of the last item that is text.
    pub(super) fn last_field(&self, field: &str) -> Option<String> {
        let item: HashMap<String, &RawValue> = serde_json::from_str(self.last()?).ok()?;
        serde_json::from_str(item.get(field)?.get()).ok()
    }
}

struct Object<'name> {
    items: &'name str,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = Option<Page<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = Option<Page<'de>>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a page of a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut total, mut items) = (None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                name if name == self.items => items = Some(map.next_value_seed(Items)?),
                "total" => total = serde_json::from_str(map.next_value::<&RawValue>()?.get()).ok(),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(items.map(|(count, last)| Page { count, total, last }))
    }
}

struct Items;

impl<'de> DeserializeSeed<'de> for Items {
    type Value = (u64, Option<&'de RawValue>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items {
    type Value = (u64, Option<&'de RawValue>);

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let (mut count, mut last) = (0, None);
        while let Some(item) = items.next_element::<&RawValue>()? {
            count += 1;
            last = Some(item);
        }
        Ok((count, last))
    }
}

/// The error for a page from which no other page can be reached.
pub(super) fn without_field(response: &Response, field: &str) -> Error {
    response
        .unreadable(format!("the last item of the page has no `{field}`, after which the next page begins"))
        .with_hint(format!("add `{field}` to what `Query.select` selects"))
}
