//! A call whose response is a file.

use crate::call::Arguments;
use crate::{
    CallOptions, Client, Download, DownloadOptions, Downloaded, Error, FileDownload, Operation, Params,
    Result, WithResponse,
};
use bytes::Bytes;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;

/// A download that has not begun: [`bytes`](Self::bytes), [`stream`](Self::stream) or [`save_to`](Self::save_to)
/// begin it, and awaiting it is the same as `bytes`.
#[must_use = "a download begins by awaiting it"]
pub struct DownloadCall {
    client: Client,
    operation: &'static Operation,
    params: Params,
    options: CallOptions,
}

impl DownloadCall {
    #[inline]
    #[doc(hidden)]
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self { client: client.clone(), operation, params: Params::new(), options: CallOptions::new() }
    }

    /// Sets the options of this call: time limit, retries, headers.
    #[inline]
    pub fn with_options(self, options: CallOptions) -> Self {
        Self { options, ..self }
    }

    /// The whole file in memory.
    ///
    /// # Errors
    /// As [`Client::download`].
    pub async fn bytes(self) -> Result<Bytes> {
        self.stream().await?.bytes().await
    }

    /// The whole file in memory, beside the response that it came in.
    ///
    /// # Errors
    /// As [`Client::download`].
    pub async fn with_response(self) -> Result<WithResponse<Bytes>> {
        let mut download = self.stream().await?;
        let data = download.whole().await?;
        Ok(WithResponse { data, response: download.into_info() })
    }

    /// The file as it arrives, piece by piece.
    ///
    /// # Errors
    /// As [`Client::download`].
    pub async fn stream(self) -> Result<Download> {
        self.client.download(self.operation, self.params, self.options).await.map_err(Error::in_snake_case)
    }

    /// Writes the file to `path`, under a temporary name until it is complete.
    ///
    /// # Errors
    /// As [`Client::download_to`].
    pub async fn save_to(self, path: impl Into<PathBuf>) -> Result<Downloaded> {
        let options = DownloadOptions::new().call(self.options.clone());
        self.save_with(path, options).await
    }

    /// As [`save_to`](Self::save_to), with progress and more; `options` replace those set before.
    ///
    /// # Errors
    /// As [`Client::download_to`].
    pub async fn save_with(self, path: impl Into<PathBuf>, options: DownloadOptions) -> Result<Downloaded> {
        self.client
            .download_to(self.operation, self.params, path, options)
            .await
            .map_err(Error::in_snake_case)
    }

    /// The call, as one of several whose files go to paths.
    pub(super) fn saved_to(self, path: PathBuf) -> FileDownload {
        let Self { client, operation, params, options } = self;
        FileDownload { client, operation, params, path, options: DownloadOptions::new().call(options) }
    }
}

impl Arguments for DownloadCall {
    #[inline]
    fn params(&mut self) -> &mut Params {
        &mut self.params
    }
}

impl IntoFuture for DownloadCall {
    type Output = Result<Bytes>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<Bytes>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.bytes())
    }
}
