//! What the server answers: models with their fields, unions of models, and user data in a type of your choice.
//!
//! Models are read leniently, because servers of different ages answer differently: a field that is missing or null
//! gets its usual value, a field that this version does not know is skipped.

mod generated;

pub use generated::*;
