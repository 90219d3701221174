//! Uploads: one request for a small file, many at a time for a large one.

use http::header::CONTENT_TYPE;

use super::CHUNK;
use super::chunked::{Chunked, choose_id};
use super::content::Content;
use super::options::UploadOptions;
use super::pieces::Pieces;
use super::progress::Progress;
use super::receipt::Receipt;
use super::source::FileSource;
use crate::client::Client;
use crate::encode::multipart::{FilePart, Form};
use crate::error::{Error, Result};
use crate::observe::within;
use crate::operation::{Operation, Upload};
use crate::params::Params;
use crate::response::Response;
use crate::settings::header_value;
use crate::transport::Request;

impl Client {
    /// Makes a call that sends a file, and returns the response that describes the finished file.
    ///
    /// Up to 5 MiB, and whatever the size where the operation wants it so, the file travels in one request. Above, it
    /// is cut into chunks, each of them repeated by itself when it fails. The file parameter is `file`, not one of
    /// `params`. Dropping the future stops everything.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) before anything is sent when the file cannot be read, naming
    /// its path; [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) when the deadline passes, which is for all of the
    /// transfer, reading the file included; [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) when another file has this ID already; otherwise as
    /// [`execute`](Client::execute).
    pub async fn upload(
        &self,
        operation: &'static Operation,
        params: Params,
        file: FileSource,
        options: UploadOptions,
    ) -> Result<Response> {
        let named = |error: Error| error.with_operation(operation.id);
        let Some(upload) = operation.upload else {
            return Err(named(Error::argument("this operation takes no file")));
        };
        let sent = send(self, operation, upload, params, file, &options);
        within(self.span(operation), Response::info, sent).await.map_err(named)
    }
}

async fn send(
    client: &Client,
    operation: &'static Operation,
    upload: &Upload,
    params: Params,
    file: FileSource,
    options: &UploadOptions,
) -> Result<Response> {
    // Checks the arguments, before a byte of the file is read.
    let request = client.prepare(operation, &params, &options.call)?;
    let deadline = request.deadline;
    deadline.limit(transfer(client, request, upload, params, file, options)).await?
}

async fn transfer(
    client: &Client,
    mut request: Request,
    upload: &Upload,
    mut params: Params,
    file: FileSource,
    options: &UploadOptions,
) -> Result<Response> {
    let opened = file.open(upload.chunked).await?;
    let size = opened.content.size();
    let in_chunks = upload.chunked && size > CHUNK;
    // Without one from the caller it is new each time: options may be used for many files.
    let session = options.session.clone().unwrap_or_default();
    if in_chunks {
        choose_id(upload, &mut params, &session, size)?;
    }
    let part = FilePart { name: upload.file, file_name: &opened.file_name, mime_type: &opened.mime_type };
    let form = Form::new(request.operation, &params, &part)?;
    request.headers.insert(CONTENT_TYPE, header_value("content-type", &form.content_type)?);
    let pieces = Pieces::new(form);
    if in_chunks {
        Chunked::new(client, &params, options, session, request, pieces, size).send(opened.content).await
    } else {
        whole(client, request, &pieces, opened.content, options).await
    }
}

async fn whole(
    client: &Client,
    mut request: Request,
    pieces: &Pieces,
    content: Content,
    options: &UploadOptions,
) -> Result<Response> {
    let size = content.size();
    request.body = pieces.body(&content, 0, size)?;
    let response = client.send_whole(&request, &options.call).await?;
    options.progress.report(|| Progress {
        id: Receipt::of(&response).id.unwrap_or_default(),
        percent: 100.0,
        size_uploaded: size,
        size_total: size,
        chunks_total: 1,
        chunks_uploaded: 1,
    });
    Ok(response)
}
