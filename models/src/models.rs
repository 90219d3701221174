//! Responses: models with their fields, unions of models, and user data in a type of your choice.
//!
//! Models are decoded leniently, because servers of different versions send different fields: a field that is missing or
//! null gets its default, a field that this version does not know is skipped.

mod generated;

pub use generated::*;
