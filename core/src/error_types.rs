//! Appwrite's own names for errors, to compare [`Error::error_type`](crate::Error::error_type) with.
//!
//! Servers add names, so an error may have one that is not here. [`ErrorKind`](crate::ErrorKind) is the coarser
//! question, and holds for all of them.
//!
//! ```
//! use polywrite::{Error, error_types};
//!
//! fn is_taken(error: &Error) -> bool {
//!     error.error_type() == Some(error_types::USER_EMAIL_ALREADY_EXISTS)
//! }
//! # assert!(!is_taken(&Error::cancelled()));
//! ```

mod generated;

pub use generated::*;
