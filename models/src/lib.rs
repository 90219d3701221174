//! The data types of `polywrite`, the server SDK for Appwrite: what servers answer, and the values they know.
//!
//! Programs need not depend on this crate: `polywrite` hands all of it on. It is separate so that no
//! run of the compiler has to hold the types and the calls at once: that took a third more memory.

#[macro_use]
#[allow(dead_code, unused_imports, unused_macros, reason = "not every API has models of every kind")]
mod decode;
pub mod enums;
mod list;
pub mod models;

pub use decode::{Object, Typed};
pub use list::List;
