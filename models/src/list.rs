//! Lists that come in pages.

/// A response that is one page of a list.
pub trait List {
    /// The type of the items.
    type Item;

    /// The page's items.
    fn items(&self) -> &[Self::Item];

    /// How many items the server says there are, on all pages.
    fn total(&self) -> i64;

    /// The text in the last item after which the next page begins; `None` where the list has no such text.
    fn cursor(&self) -> Option<&str> {
        None
    }

    /// The page's items.
    fn into_items(self) -> Vec<Self::Item>;
}
