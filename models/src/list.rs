//! Lists that come in pages.

use serde_json::Value;

/// A response that is one page of a list.
pub trait List {
    /// The type of the items.
    type Item;

    /// How many items this page has.
    fn count(&self) -> usize;

    /// The ID of the page's last item, after which the next page begins.
    fn last_id(&self) -> Option<&str>;

    /// The page's items.
    fn into_items(self) -> Vec<Self::Item>;
}

/// A list as JSON: the one member that is an array has the items.
impl List for Value {
    type Item = Value;

    fn count(&self) -> usize {
        array(self).map_or(0, Vec::len)
    }

    fn last_id(&self) -> Option<&str> {
        array(self)?.last()?.get("$id")?.as_str()
    }

    fn into_items(self) -> Vec<Value> {
        let Value::Object(members) = self else { return Vec::new() };
        members
            .into_iter()
            .find_map(|(_, member)| match member {
                Value::Array(items) => Some(items),
                _ => None,
            })
            .unwrap_or_default()
    }
}

fn array(list: &Value) -> Option<&Vec<Value>> {
    list.as_object()?.values().find_map(Value::as_array)
}
