//! HTTP: from bytes to parameters and from replies to bytes.

pub(crate) mod body;
pub(crate) mod broken;
pub(crate) mod format;
pub(crate) mod limits;
pub(crate) mod multipart;
pub(crate) mod origin;
pub(crate) mod query_string;
pub(crate) mod respond;
