//! What columns hold.

use serde::Serialize;

/// What a column can hold, apart from geometries: texts and dates, numbers, truth values and the enums of a table.
pub trait Held: Serialize {}

impl Held for String {}
impl Held for i64 {}
impl Held for f64 {}
impl Held for bool {}
