//! Lists that come in pages.

/// Makes a model a page of a list: the field that holds the items, their type, and their field with the ID.
macro_rules! page {
    ($name:ident $(<$data:ident>)? of $items:ident: $item:ty, $id:ident) => {
        impl $(<$data>)? crate::List for $name $(<$data>)? {
            type Item = $item;

            fn count(&self) -> usize {
                self.$items.len()
            }

            fn last_id(&self) -> Option<&str> {
                self.$items.last().map(|item| item.$id.as_str())
            }

            fn into_items(self) -> Vec<Self::Item> {
                self.$items
            }
        }
    };
}
