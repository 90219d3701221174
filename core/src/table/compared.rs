//! What a column may be compared with.

use super::Held;
use serde::Serialize;

/// What a column that holds `V` may be compared with: one value, or several.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot be compared with `{Self}`",
    label = "this is not what the column holds"
)]
pub trait ComparedTo<V>: Serialize {}

impl<V: Held> ComparedTo<V> for V {}
impl<V: Held> ComparedTo<V> for &V {}
impl<V: Held> ComparedTo<V> for Vec<V> {}
impl<V: Held> ComparedTo<V> for &[V] {}

/// Values of other types, one alone and several.
macro_rules! also {
    ($($held:ty: $($other:ty),*;)*) => {
        $($(
            impl ComparedTo<$held> for $other {}
            impl ComparedTo<$held> for Vec<$other> {}
        )*)*
    };
}

also! {
    String: &str;
    i64: i32, u32;
    f64: i32, i64;
}

/// Arrays, of the lengths that serde writes.
macro_rules! arrays {
    ($($length:literal)*) => {
        $(
            impl<V: Held> ComparedTo<V> for [V; $length] {}
            impl ComparedTo<String> for [&str; $length] {}
            impl ComparedTo<i64> for [i32; $length] {}
        )*
    };
}

arrays! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 }
