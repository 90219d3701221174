//! How arguments are written into a request.

mod body;
mod check;
mod flatten;
pub(crate) mod multipart;
mod path;
mod percent;
mod query;

pub(crate) use body::{json_body, json_object};
pub(crate) use check::check;
pub(crate) use flatten::plain_text;
pub(crate) use path::write_path;
pub(crate) use query::{write_fields, write_query};
