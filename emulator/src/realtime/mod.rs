//! Realtime: changes, reported over WebSockets while they happen.

mod committed;
mod connection;
mod hub;
mod minute;
mod names;
mod presence;
mod report;
mod subscription;

pub(crate) use connection::{connect, is_asked_for};
pub(crate) use hub::Hub;
pub(crate) use report::{Before, executed, report};
