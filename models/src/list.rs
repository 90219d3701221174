//! Lists that come in pages.

/// A response that is one page of a list.
pub trait List {
    /// The type of the items.
    type Item;

    /// The page's items.
    fn into_items(self) -> Vec<Self::Item>;
}
