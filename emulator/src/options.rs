//! How to start an emulator.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    str::FromStr,
};

/// How to start an emulator; the default is in memory, plain http, a free port, project `demo`.
#[derive(Debug, Clone)]
pub struct Options {
    /// The project's ID (default `demo`).
    pub project: String,
    /// The secret of the project's first key, which has every scope (default made up). A project that the data directory has
    /// keeps its own.
    pub key: Option<String>,
    /// A directory to keep data and files in; none (the default) forgets everything.
    pub data: Option<PathBuf>,
    /// Whether to speak https with a certificate made at start (default no).
    pub tls: bool,
    /// The address to listen on (default 127.0.0.1). Every program that reaches it has the root keys of all projects.
    pub host: IpAddr,
    /// The port; 0 (the default) finds a free one.
    pub port: u16,
    /// Whether to refuse calls over the server's rate limits, 429 (default yes). Headers show them anyway.
    pub rate_limits: bool,
    /// Which server to be like (default the newest that the emulator knows).
    pub like: Like,
    /// Folders of functions (default none): code below them is run when seeds name it by `path` and executions ask for it.
    pub functions: Vec<PathBuf>,
}

/// A version of the server, as far as it behaves in another way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Like {
    /// The newest that the emulator knows.
    #[default]
    Newest,
    /// 1.8, and 1.9 before 1.9.5: the chunks of a file have no lock. Only once the first chunk is stored does the server
    /// know the file, and until then it refuses the others.
    V1_8,
    /// 2.0, as far as its source says: calls that 2.0 ended are unknown routes, keys make ephemeral keys only, development
    /// keys are gone, and sessions and password histories have other limits.
    V2_0,
}

impl Like {
    /// The version whose routes it has; none: every route that the definition describes.
    pub(crate) fn version(self) -> Option<&'static str> {
        (self == Self::V2_0).then_some("2.0")
    }
}

impl FromStr for Like {
    type Err = String;

    fn from_str(version: &str) -> Result<Self, String> {
        match version {
            "newest" | "1.9" => Ok(Self::Newest),
            "1.8" => Ok(Self::V1_8),
            "2.0" => Ok(Self::V2_0),
            other => Err(format!("the emulator can be like 1.8, 1.9 or 2.0, not {other:?}")),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            project: "demo".to_owned(),
            key: None,
            data: None,
            tls: false,
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            rate_limits: true,
            like: Like::Newest,
            functions: Vec::new(),
        }
    }
}
