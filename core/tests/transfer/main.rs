//! Uploads and downloads, compared with the bytes that a server of our own received and sent.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod bucket;
mod client;
mod deadlines;
mod download;
mod download_changes;
mod file_server;
#[path = "../support/over.rs"]
mod over;
mod parallel;
mod ranges;
mod server;
mod several;
mod sources;
mod upload;
mod upload_again;
mod upload_kinds;
mod upload_older;

#[cfg(feature = "reqwest")]
#[test]
fn transfers_have_the_same_results_over_reqwest() {
    over::again("reqwest", &[]);
}
