//! Decoding responses into models, unions and enums.
//!
//! Servers of different versions send different fields, so models are lenient: a field that is missing or null gets its
//! default, a field that this version does not know is skipped, an enum value that it does not know is kept. docs/errors.md has
//! the whole rule.

#[macro_use]
mod model;
#[macro_use]
mod one_of;
#[macro_use]
mod open_enum;
#[macro_use]
mod page;
mod data;
mod fields;
mod hidden;
mod lenient;
mod nothing;
mod object;
mod rest;
mod text;
mod typed;
mod writing;

pub use typed::{Object, Typed};

// What the macros write, here and in crates of `polywrite build`: see `polywrite::sdk`.
pub use data::Data;
pub use fields::{Fields, fields, object, value};
pub use hidden::{Hidden, show, show_unknown};
pub use lenient::{Lenient, Present};
pub use nothing::{from_nothing, nothing};
pub use object::ObjectOrNothing;
pub use one_of::{Condition, holds};
pub use rest::Rest;
pub use text::{Key, Text};
pub use writing::Writing;

pub(crate) use rest::write_rest;
