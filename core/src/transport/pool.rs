//! Connections, kept for later requests.

pub(super) mod activity;
pub(super) mod body_sender;
pub(super) mod connection;
pub(super) mod dispatch;
pub(super) mod http1;
pub(super) mod http2;
pub(super) mod idle;
pub(super) mod negotiation;
pub(super) mod origin;
pub(super) mod permit;
pub(super) mod permits;
pub(super) mod pooled_client;
pub(super) mod registry;
pub(super) mod response_body;
pub(super) mod send_error;
pub(super) mod sweeper;
pub(super) mod turns;
pub(super) mod unread_body;
