//! The data types of `polywrite`, the server SDK for Appwrite: models of responses, and enums.
//!
//! Programs need not depend on this crate: `polywrite` reexports all of it. It is separate so that the compiler never holds
//! the types and the calls at once: that took a third more memory.

#[doc(hidden)]
#[macro_use]
#[allow(dead_code, unused_imports, unused_macros, reason = "not every API has models of every kind")]
pub mod decode;
pub mod enums;
mod list;
pub mod models;

pub use decode::{Object, Typed};
pub use list::List;
// What the macros name.
#[doc(hidden)]
pub use {serde, serde_json};
