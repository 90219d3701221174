//! Several files by one call, some of them at the same time.

use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt, stream};

use super::options::UploadOptions;
use super::progress::Listener;
use super::save::{DownloadOptions, Downloaded};
use super::source::FileSource;
use super::total::{Total, TransfersProgress};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::params::Params;
use crate::response::Response;

/// How many files are transferred at the same time unless the program says otherwise.
const CONCURRENCY: usize = 4;

/// Sends and fetches several files, some of them at the same time, with one progress.
///
/// A file that fails does not end the others: each has a result of its own, at its place. Dropping the future ends all.
#[derive(Clone, Debug)]
pub struct Transfers {
    concurrency: usize,
    progress: Listener<TransfersProgress>,
}

impl Default for Transfers {
    fn default() -> Self {
        Self { concurrency: CONCURRENCY, progress: Listener::default() }
    }
}

/// One of several files to send.
#[derive(Debug)]
pub struct FileUpload {
    /// Makes the call.
    pub client: Client,
    /// What is called.
    pub operation: &'static Operation,
    /// Its parameters, but for the file.
    pub params: Params,
    /// The file.
    pub file: FileSource,
    /// How it is sent.
    pub options: UploadOptions,
}

/// One of several files to fetch.
#[derive(Debug)]
pub struct FileDownload {
    /// Makes the call.
    pub client: Client,
    /// What is called.
    pub operation: &'static Operation,
    /// Its parameters, but for the file.
    pub params: Params,
    /// Where the file goes.
    pub path: PathBuf,
    /// How it is fetched.
    pub options: DownloadOptions,
}

impl Transfers {
    /// Four files at a time, no progress.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many files are transferred at the same time. Default 4; at least 1.
    #[must_use]
    pub fn concurrency(mut self, files: usize) -> Self {
        self.concurrency = files;
        self
    }

    /// Called each time that one of the files is further.
    #[must_use]
    pub fn on_progress(mut self, listener: impl Fn(TransfersProgress) + Send + Sync + 'static) -> Self {
        self.progress = Listener::new(listener);
        self
    }

    /// Sends files. The results stand in the order of the files.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when no file may be transferred at a time. What goes wrong with
    /// a file is its result, as of [`Client::upload`].
    pub async fn upload_each(&self, files: Vec<FileUpload>) -> Result<Vec<Result<Response>>> {
        let total = self.total(files.len())?;
        let calls = files.into_iter().enumerate().map(|(place, upload)| {
            let FileUpload { client, operation, params, file, mut options } = upload;
            let total = Arc::clone(&total);
            async move {
                let own = std::mem::take(&mut options.progress);
                let shared = Arc::clone(&total);
                let options = options.on_progress(move |progress| {
                    shared.report(place, progress.size_uploaded, Some(progress.size_total));
                    own.report(|| progress);
                });
                let sent = client.upload(operation, params, file, options).await;
                total.end(place, sent.is_ok());
                (place, sent)
            }
            .boxed()
        });
        Ok(self.run(calls.collect()).await)
    }

    /// Fetches files. The results stand in the order of the files.
    ///
    /// # Errors
    /// As [`upload_each`](Self::upload_each), and [`Client::download_to`].
    pub async fn download_each(&self, files: Vec<FileDownload>) -> Result<Vec<Result<Downloaded>>> {
        let total = self.total(files.len())?;
        let calls = files.into_iter().enumerate().map(|(place, download)| {
            let FileDownload { client, operation, params, path, mut options } = download;
            let total = Arc::clone(&total);
            async move {
                let own = std::mem::take(&mut options.progress);
                let shared = Arc::clone(&total);
                let options = options.on_progress(move |progress| {
                    shared.report(place, progress.size_downloaded, progress.size_total);
                    own.report(|| progress);
                });
                let saved = client.download_to(operation, params, path, options).await;
                total.end(place, saved.is_ok());
                (place, saved)
            }
            .boxed()
        });
        Ok(self.run(calls.collect()).await)
    }

    fn total(&self, files: usize) -> Result<Arc<Total>> {
        if self.concurrency == 0 {
            return Err(Error::argument("the option `concurrency` must be a whole number, more than 0"));
        }
        Ok(Arc::new(Total::new(files, self.progress.clone())))
    }

    async fn run<T>(&self, calls: Vec<BoxFuture<'static, (usize, Result<T>)>>) -> Vec<Result<T>> {
        let mut results: Vec<_> = stream::iter(calls).buffer_unordered(self.concurrency).collect().await;
        results.sort_by_key(|(place, _)| *place);
        results.into_iter().map(|(_, result)| result).collect()
    }
}
