//! Downloads into files: under a temporary name until they are whole.

use std::path::PathBuf;

use super::disk;
use super::progress::{DownloadProgress, Listener};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::params::Params;
use crate::response::ResponseInfo;

/// How a download into a file is made.
#[derive(Clone, Debug)]
pub struct DownloadOptions {
    pub(super) call: CallOptions,
    pub(super) parallel: usize,
    pub(super) progress: Listener<DownloadProgress>,
    pub(super) sync: bool,
}

impl Default for DownloadOptions {
    fn default() -> Self {
        Self { call: CallOptions::default(), parallel: 1, progress: Listener::default(), sync: false }
    }
}

impl DownloadOptions {
    /// The client's settings, one connection, no progress, no waiting for the disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Settings of each request.
    #[must_use]
    pub fn call(mut self, call: CallOptions) -> Self {
        self.call = call;
        self
    }

    /// How many connections bring parts of a file with more than 10 MiB at the same time, 10 MiB each. Default 1; at
    /// least 1. A server that does not send parts is read over one.
    #[must_use]
    pub fn parallel(mut self, connections: usize) -> Self {
        self.parallel = connections;
        self
    }

    /// Called for each piece that has arrived.
    #[must_use]
    pub fn on_progress(mut self, listener: impl Fn(DownloadProgress) + Send + Sync + 'static) -> Self {
        self.progress = Listener::new(listener);
        self
    }

    /// Waits until the disk has the bytes before the file gets its name, so that not even a power cut leaves an
    /// incomplete file under it. Default: no.
    #[must_use]
    pub fn sync(mut self, sync: bool) -> Self {
        self.sync = sync;
        self
    }
}

/// A download that has become a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// The size in bytes.
    pub size: u64,
    /// The MIME type, if the server said it.
    pub content_type: Option<String>,
    pub(super) info: ResponseInfo,
}

impl Downloaded {
    /// The response beside its body, and how the call went; the first one, where several connections brought parts.
    pub fn response(&self) -> &ResponseInfo {
        &self.info
    }
}

impl Client {
    /// Makes a call and writes the body of its response to a file, replacing one that is there; on Unix it keeps that one's
    /// permissions.
    ///
    /// Until the body is whole, it stands in the same folder under a temporary name, which is removed when the download
    /// fails or its future is dropped. A connection that breaks is continued as in [`download`](Client::download).
    /// Another call begins anew: the server names neither a version of the file nor a date (`ETag`, `Last-Modified`),
    /// so nothing could show whether the rest belongs to what an earlier call has left.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument), naming the path, when the file cannot be written; otherwise
    /// as [`execute`](Client::execute) and [`Download::chunk`](crate::Download::chunk).
    pub async fn download_to(
        &self,
        operation: &'static Operation,
        params: Params,
        path: impl Into<PathBuf>,
        options: DownloadOptions,
    ) -> Result<Downloaded> {
        let saved = match options.parallel {
            0 => Err(Error::argument("the option `parallel` must be a whole number, more than 0")),
            _ => disk::save(self, operation, params, path.into(), options).await,
        };
        saved.map_err(|error| error.with_operation(operation.id))
    }
}
