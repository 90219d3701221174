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
        let send = |upload: FileUpload, share: Share| {
            let FileUpload { client, operation, params, file, mut options } = upload;
            let own = std::mem::take(&mut options.progress);
            let options = options.on_progress(move |progress| {
                share.report(progress.size_uploaded, Some(progress.size_total));
                own.report(|| progress);
            });
            async move { client.upload(operation, params, file, options).await }.boxed()
        };
        self.each(files, send).await
    }

    /// Fetches files. The results stand in the order of the files.
    ///
    /// # Errors
    /// As [`upload_each`](Self::upload_each), and [`Client::download_to`].
    pub async fn download_each(&self, files: Vec<FileDownload>) -> Result<Vec<Result<Downloaded>>> {
        let fetch = |download: FileDownload, share: Share| {
            let FileDownload { client, operation, params, path, mut options } = download;
            let own = std::mem::take(&mut options.progress);
            let options = options.on_progress(move |progress| {
                share.report(progress.size_downloaded, progress.size_total);
                own.report(|| progress);
            });
            async move { client.download_to(operation, params, path, options).await }.boxed()
        };
        self.each(files, fetch).await
    }

    /// Transfers files, each of which reports its share of the progress.
    async fn each<F, T>(
        &self,
        files: Vec<F>,
        transfer: impl Fn(F, Share) -> BoxFuture<'static, Result<T>>,
    ) -> Result<Vec<Result<T>>> {
        if self.concurrency == 0 {
            return Err(Error::argument("the option `concurrency` must be a whole number, more than 0"));
        }
        let total = Arc::new(Total::new(files.len(), self.progress.clone()));
        let calls = files.into_iter().enumerate().map(|(place, file)| {
            let total = Arc::clone(&total);
            let call = transfer(file, Share { total: Arc::clone(&total), place });
            async move {
                let result = call.await;
                total.end(place, result.is_ok());
                (place, result)
            }
        });
        let calls: Vec<_> = calls.collect();
        let mut results: Vec<_> = stream::iter(calls).buffer_unordered(self.concurrency).collect().await;
        results.sort_by_key(|(place, _)| *place);
        Ok(results.into_iter().map(|(_, result)| result).collect())
    }
}

/// The share of one file in the progress of all.
struct Share {
    total: Arc<Total>,
    place: usize,
}

impl Share {
    fn report(&self, done: u64, size: Option<u64>) {
        self.total.report(self.place, done, size);
    }
}
