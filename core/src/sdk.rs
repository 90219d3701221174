//! What crates of `polywrite build` are made of, beside what programs use: services whose operations stand in another
//! crate than the core's.
//!
//! Not for programs. Such a crate asks for the minor version that its maker had (`~0.1.0`), so this holds within one: the
//! names here; `Operation` and `Param` as the words of `shape` begin them; the constructors of calls that are hidden from
//! the documentation; and what the macros `model!`, `union!`, `page!`, `open_enum!` and `builder!` accept. What these write
//! may change with any version, as it always comes with the version that is compiled.

#[cfg(feature = "typed")]
pub use crate::call::{Arguments, Responds};

/// What an operation is.
pub mod operation {
    pub use crate::operation::*;
}

/// The words that operations are written in.
pub mod shape {
    pub use crate::operations::shape::*;
}

// What the macros name.
pub use {bytes, serde};
