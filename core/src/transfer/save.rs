//! Downloads into files: under a temporary name until they are whole.

use std::fs::{File, OpenOptions};
use std::io::{self, IoSlice, Write};
use std::path::PathBuf;

use bytes::Bytes;

use super::disk::unusable;
use super::download::Download;
use super::progress::{DownloadProgress, Listener, percent};
use super::task::blocking;
use crate::Id;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::params::Params;
use crate::response::ResponseInfo;

/// How many bytes are gathered before they are written.
const BATCH: usize = 1024 * 1024;

/// How a download into a file is made.
#[derive(Clone, Debug, Default)]
pub struct DownloadOptions {
    call: CallOptions,
    progress: Listener<DownloadProgress>,
    sync: bool,
}

impl DownloadOptions {
    /// The client's settings, no progress, no waiting for the disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Settings of the request.
    #[must_use]
    pub fn call(mut self, call: CallOptions) -> Self {
        self.call = call;
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
    info: ResponseInfo,
}

impl Downloaded {
    /// The response beside its body, and how the call went.
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
    /// as [`execute`](Client::execute) and [`Download::chunk`].
    pub async fn download_to(
        &self,
        operation: &'static Operation,
        params: Params,
        path: impl Into<PathBuf>,
        options: DownloadOptions,
    ) -> Result<Downloaded> {
        let path = path.into();
        let saved = async {
            let (file, partial) = blocking(move || Partial::create(path)).await??;
            let download = self.download(operation, params, options.call.clone()).await?;
            save(download, file, partial, &options).await
        };
        saved.await.map_err(|error| error.with_operation(operation.id))
    }
}

async fn save(
    mut download: Download,
    mut file: File,
    partial: Partial,
    options: &DownloadOptions,
) -> Result<Downloaded> {
    let content_type = download.content_type().map(str::to_owned);
    let size_total = download.size();
    let mut size = 0;
    let mut batch = Vec::new();
    let mut gathered = 0;
    loop {
        let piece = download.chunk().await?;
        let at_end = piece.is_none();
        if let Some(piece) = piece {
            size += piece.len() as u64;
            gathered += piece.len();
            batch.push(piece);
            options.progress.report(|| DownloadProgress {
                percent: size_total.map(|total| percent(size, total)),
                size_downloaded: size,
                size_total,
            });
        }
        if gathered >= BATCH || at_end {
            gathered = 0;
            let pieces = std::mem::take(&mut batch);
            let (back, written) = blocking(move || {
                let written = write_all(&mut file, &pieces);
                (file, written)
            })
            .await?;
            written.map_err(|cause| partial.refused(&cause))?;
            file = back;
        }
        if at_end {
            let sync = options.sync;
            blocking(move || partial.finish(file, sync)).await??;
            let info = download.into_info();
            return Ok(Downloaded { size, content_type, info });
        }
    }
}

fn write_all(file: &mut File, pieces: &[Bytes]) -> io::Result<()> {
    let mut slices: Vec<IoSlice<'_>> = pieces.iter().map(|piece| IoSlice::new(piece)).collect();
    let mut rest = &mut slices[..];
    while !rest.is_empty() {
        match file.write_vectored(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut rest, written),
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(())
}

/// A file that has not got its name yet. Dropping it removes it.
struct Partial {
    temporary: PathBuf,
    target: PathBuf,
    finished: bool,
}

impl Partial {
    /// Creates the file beside its target, so that renaming it is one step.
    fn create(target: PathBuf) -> Result<(File, Self)> {
        let target = behind_links(target);
        // A device or a pipe would be replaced by a file, such as `/dev/null` by a program of root's.
        let present = match std::fs::metadata(&target) {
            Ok(present) => Some(present),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => None,
            Err(cause) => return Err(unusable("write", &target, &cause)),
        };
        if target.file_name().is_none() || present.as_ref().is_some_and(|present| !present.is_file()) {
            return Err(Error::argument(format!(
                "cannot write {}: it is not a file's path",
                target.display()
            )));
        }
        let temporary = target.with_file_name(format!(".polywrite-{}.part", Id::unique()));
        let file = match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Ok(file) => file,
            Err(cause) => return Err(unusable("write", &target, &cause)),
        };
        let partial = Self { temporary, target, finished: false };
        // Who may not read the file that is replaced may not read the new one either.
        #[cfg(unix)]
        if let Some(present) = present {
            file.set_permissions(present.permissions()).map_err(|cause| partial.refused(&cause))?;
        }
        Ok((file, partial))
    }

    fn finish(mut self, file: File, sync: bool) -> Result<()> {
        if sync {
            file.sync_all().map_err(|cause| self.refused(&cause))?;
        }
        drop(file);
        std::fs::rename(&self.temporary, &self.target).map_err(|cause| self.refused(&cause))?;
        self.finished = true;
        Ok(())
    }

    fn refused(&self, cause: &io::Error) -> Error {
        unusable("write", &self.target, cause)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.finished {
            // The download has failed already; a second failure would hide the first.
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}

/// The file that a link points to: writing to a link would not replace it either.
fn behind_links(target: PathBuf) -> PathBuf {
    if !target.is_symlink() {
        return target;
    }
    std::fs::canonicalize(&target).unwrap_or(target)
}
