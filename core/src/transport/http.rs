//! What is sent and what comes back.

pub(super) mod arriving_body;
pub(super) mod error_response;
pub(super) mod exchange;
pub(super) mod gzip;
pub(super) mod html;
pub(super) mod over;
pub(super) mod read_response;
pub(super) mod redirect;
pub(super) mod request;
pub(super) mod unread_response;
pub(super) mod warning;
