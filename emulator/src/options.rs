//! How to start an emulator.

use std::path::PathBuf;

/// How to start an emulator; the default is in memory, plain http, a free port, project `demo`.
#[derive(Debug, Clone)]
pub struct Options {
    /// The project's ID (default `demo`).
    pub project: String,
    /// A directory to keep data and files in; none (the default) forgets everything.
    pub data: Option<PathBuf>,
    /// Whether to speak https with a certificate made at start (default no).
    pub tls: bool,
    /// The port; 0 (the default) finds a free one.
    pub port: u16,
    /// Whether to refuse calls over the server's rate limits, 429 (default yes). They are told in headers anyway.
    pub rate_limits: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { project: "demo".to_owned(), data: None, tls: false, port: 0, rate_limits: true }
    }
}
