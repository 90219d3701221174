//! A call that sends a file.

use crate::call::Arguments;
use crate::call::typed::{PendingResponse, Sending, with_response};
use crate::{
    Client, Error, FileSource, FileUpload, Operation, Params, Response, Result, UploadOptions, WithResponse,
};
use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// An upload that has not begun; awaiting it sends the file and returns the response that describes it.
#[must_use = "an upload begins by awaiting it"]
pub struct UploadCall<T> {
    upload: FileUpload,
    output: PhantomData<fn() -> T>,
}

impl<T> UploadCall<T> {
    #[inline]
    #[doc(hidden)]
    pub fn new(client: &Client, operation: &'static Operation, file: FileSource) -> Self {
        let (params, options) = (Params::new(), UploadOptions::new());
        let upload = FileUpload { client: client.clone(), operation, params, file, options };
        Self { upload, output: PhantomData }
    }

    /// Sets the options of this upload: progress, chunks in flight, resuming, and those of its requests.
    #[inline]
    pub fn with_options(mut self, options: UploadOptions) -> Self {
        self.upload.options = options;
        self
    }
}

impl<T: DeserializeOwned> UploadCall<T> {
    /// Sends the file, and returns the response beside what awaiting the call alone returns.
    ///
    /// # Errors
    /// Those of the upload.
    pub async fn with_response(self) -> Result<WithResponse<T>> {
        with_response(send(self.upload), Response::json).await
    }
}

impl<T> Arguments for UploadCall<T> {
    #[inline]
    fn params(&mut self) -> &mut Params {
        &mut self.upload.params
    }
}

impl<T: DeserializeOwned> IntoFuture for UploadCall<T> {
    type Output = Result<T>;
    type IntoFuture = Sending<T>;

    fn into_future(self) -> Sending<T> {
        Sending::new(send(self.upload), Response::json)
    }
}

/// Not generic, so that it is compiled once, in this crate.
fn send(upload: FileUpload) -> PendingResponse {
    let FileUpload { client, operation, params, file, options } = upload;
    Box::pin(
        async move { client.upload(operation, params, file, options).await.map_err(Error::in_snake_case) },
    )
}

impl<T> From<UploadCall<T>> for FileUpload {
    fn from(call: UploadCall<T>) -> Self {
        call.upload
    }
}
