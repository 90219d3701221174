//! What the generated table of waits is made of.

use std::time::Duration;

use crate::operation::Operation;

/// Something that a program can wait for.
#[derive(Debug)]
pub struct Wait {
    /// Service and name, as in `tablesDB.waitForColumn`.
    pub id: &'static str,
    /// The operation that reads it.
    pub operation: &'static Operation,
    /// The lists in its response whose items have the status; empty where it has a status of its own.
    pub parts: &'static [&'static str],
    /// What its statuses mean.
    pub statuses: &'static Statuses,
}

/// What the statuses of a kind of resource mean, and how often it is read.
#[derive(Debug)]
pub struct Statuses {
    /// The field with the status.
    pub field: &'static str,
    /// Waiting is over. An empty text is a response without the field.
    pub done: &'static [&'static str],
    /// It has failed. Every value that stands in neither list is under way.
    pub failed: &'static [&'static str],
    /// The field that says why it failed.
    pub reason: Option<&'static str>,
    /// The longest pause between two calls.
    pub longest_pause: Duration,
    /// How long to wait unless the caller says otherwise.
    pub timeout: Duration,
}
