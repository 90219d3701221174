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

pub(crate) use data::Data;
pub(crate) use fields::{Fields, fields, object, value};
pub(crate) use hidden::{Hidden, show, show_unknown};
pub(crate) use lenient::{Lenient, Present};
pub(crate) use nothing::{from_nothing, nothing};
pub(crate) use object::ObjectOrNothing;
pub(crate) use one_of::{Condition, holds};
pub(crate) use rest::{Rest, write_rest};
pub(crate) use text::{Key, Text};
pub(crate) use writing::Writing;
