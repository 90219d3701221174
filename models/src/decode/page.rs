//! Lists that come in pages.

/// Makes a model a page of a list: the field that holds the items, their type, and the field of an item after which the next
/// page begins.
#[doc(hidden)]
#[macro_export]
macro_rules! page {
    ($name:ident $(<$data:ident>)? of $items:ident: $item:ty $(, by $cursor:ident)?) => {
        impl $(<$data>)? $crate::List for $name $(<$data>)? {
            type Item = $item;

            fn items(&self) -> &[Self::Item] {
                &self.$items
            }

            fn total(&self) -> i64 {
                self.total
            }

            $(fn cursor(&self) -> Option<&str> {
                self.$items.last().map(|item| item.$cursor.as_str())
            })?

            fn into_items(self) -> Vec<Self::Item> {
                self.$items
            }
        }
    };
}
