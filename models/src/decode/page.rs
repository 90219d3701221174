//! Lists that come in pages.

/// Makes a model a page of a list: the field that holds the items, and their type.
macro_rules! page {
    ($name:ident $(<$data:ident>)? of $items:ident: $item:ty) => {
        impl $(<$data>)? crate::List for $name $(<$data>)? {
            type Item = $item;

            fn into_items(self) -> Vec<Self::Item> {
                self.$items
            }
        }
    };
}
