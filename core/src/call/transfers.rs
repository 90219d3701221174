//! Several files, as calls of services.

use std::path::PathBuf;

use serde::de::DeserializeOwned;

use crate::call::{DownloadCall, UploadCall};
use crate::{DownloadOptions, Downloaded, Error, FileDownload, FileUpload, Response, Result, Transfers};

impl Transfers {
    /// Sends the files of calls that were not begun, such as those of [`Storage::create_file`], some of them at the same
    /// time. The results stand in the order of the calls.
    ///
    /// # Errors
    /// As [`upload_each`](Self::upload_each).
    ///
    /// [`Storage::create_file`]: crate::services::Storage::create_file
    pub async fn upload_files<T: DeserializeOwned>(
        &self,
        calls: impl IntoIterator<Item = impl Into<UploadCall<T>>>,
    ) -> Result<Vec<Result<T>>> {
        let files: Vec<FileUpload> = calls.into_iter().map(|call| call.into().into()).collect();
        let sent = self.upload_each(files).await?;
        let read =
            |sent: Result<Response>| sent.and_then(|response| response.json()).map_err(Error::in_snake_case);
        Ok(sent.into_iter().map(read).collect())
    }

    /// Fetches the files of calls that were not begun, each to a path, some of them at the same time. The results stand in
    /// the order of the calls.
    ///
    /// # Errors
    /// As [`download_each`](Self::download_each).
    pub async fn download_files(
        &self,
        calls: impl IntoIterator<Item = (impl Into<DownloadCall>, impl Into<PathBuf>)>,
    ) -> Result<Vec<Result<Downloaded>>> {
        let files = calls.into_iter().map(|(call, path)| call.into().saved_to(path.into())).collect();
        let saved = self.download_each(files).await?;
        Ok(saved.into_iter().map(|saved| saved.map_err(Error::in_snake_case)).collect())
    }
}
