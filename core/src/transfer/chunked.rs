//! A large file, several chunks at a time.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use http::header::CONTENT_RANGE;

use super::CHUNK;
use super::content::Content;
use super::options::UploadOptions;
use super::pieces::Pieces;
use super::progress::{Progress, percent};
use super::reading::{expect_end, read_exactly};
use super::receipt::{Receipt, State};
use super::session::UploadSession;
use crate::Id;
use crate::client::Client;
use crate::encode::plain_text;
use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::host::Instant;
use crate::http::{Body, SendProgress};
use crate::operation::{Place, Upload};
use crate::params::Params;
use crate::response::Response;
use crate::settings::header_value;
use crate::transport::Request;

/// The server replaces this by an ID of its own. Of chunks it would make one file each.
const UNIQUE: &str = "unique()";
/// The waits before each request for the file, which show whether the server has assembled it.
const CHECKS: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(250), Duration::from_millis(500), Duration::from_secs(1)];

/// An upload in chunks.
pub(super) struct Chunked<'call> {
    client: &'call Client,
    params: &'call Params,
    options: &'call UploadOptions,
    session: UploadSession,
    template: Request,
    pieces: Pieces,
    size: u64,
    began: Instant,
    /// The failed attempts of all its requests.
    failed: Mutex<Vec<Attempt>>,
}

/// Chooses the ID before the first byte is sent: the caller's, else the session's, else a new one. Where the operation has no
/// parameter for it, the server chooses: the response to the first chunk has the ID.
///
/// # Errors
/// `Argument` for an ID that is not text.
pub(super) fn choose_id(
    upload: &Upload,
    params: &mut Params,
    session: &UploadSession,
    size: u64,
) -> Result<()> {
    let given = upload.id.and_then(|name| Some(plain_text(name, params.get(name)?)));
    let given = given.transpose()?.map(Cow::into_owned);
    session.begin(given.filter(|id| id != UNIQUE), size);
    if let Some(name) = upload.id {
        let id = session.id().unwrap_or_else(Id::unique);
        params.set(name, &id);
        session.set_id(id);
    }
    Ok(())
}

impl<'call> Chunked<'call> {
    pub(super) fn new(
        client: &'call Client,
        params: &'call Params,
        options: &'call UploadOptions,
        session: UploadSession,
        mut template: Request,
        pieces: Pieces,
        size: u64,
    ) -> Self {
        // A server may handle the chunks of a file one after the other: the progress of one counts for all.
        template.progress = Some(SendProgress::new());
        let (began, failed) = (Instant::now(), Mutex::default());
        Self { client, params, options, session, template, pieces, size, began, failed }
    }

    /// Sends what is missing until the server has the whole file, and returns the response that says so.
    pub(super) async fn send(self, content: Content) -> Result<Response> {
        let mut response = self.send_until_whole(content).await?;
        self.session.finish();
        response.info.began = self.began;
        response.info.duration = self.began.elapsed();
        response.info.attempts = self.failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(response)
    }

    async fn send_until_whole(&self, mut content: Content) -> Result<Response> {
        let takes_up = self.session.chunks_acknowledged() > 0;
        match self.send_missing(&mut content).await {
            Ok(Some(response)) => return Ok(response),
            Ok(None) => {}
            // Servers before 1.9.5 respond so to a chunk of a complete file, such as one that is sent a second time.
            Err(error) if error.kind() == ErrorKind::Conflict && error.status().is_some() => {
                return self.check(&CHECKS[..1]).await.ok().flatten().ok_or(error);
            }
            Err(error) => return Err(error),
        }
        if let Some(response) = self.check(&CHECKS).await? {
            return Ok(response);
        }
        if takes_up && !matches!(content, Content::Reader(..)) {
            // What an earlier attempt had acknowledged is gone, so everything is sent again.
            self.session.forget_chunks();
            if let Some(response) = self.send_missing(&mut content).await? {
                return Ok(response);
            }
            if let Some(response) = self.check(&CHECKS).await? {
                return Ok(response);
            }
        }
        let message = "the server acknowledged every chunk but never reported the file as complete";
        Err(Error::new(ErrorKind::Api, message))
    }

    /// Sends every chunk that the session does not list as acknowledged. `None` when no response was the final one.
    async fn send_missing(&self, content: &mut Content) -> Result<Option<Response>> {
        let chunks = self.size.div_ceil(CHUNK);
        let mut waiting = FuturesUnordered::new();
        let mut next = 0;
        let mut finished = None;
        let mut last = None;
        loop {
            while next < chunks && finished.is_none() && waiting.len() < self.width() {
                let chunk = next;
                next += 1;
                // A reader also returns the bytes of a chunk that is skipped.
                let body = self.body(content, chunk).await?;
                if !self.session.is_acknowledged(chunk) {
                    waiting.push(self.send_chunk(chunk, body));
                }
            }
            match waiting.next().await {
                None => break,
                Some(Ok((chunk, response))) => {
                    let receipt = Receipt::of(&response);
                    self.acknowledge(chunk, &receipt)?;
                    match receipt.state() {
                        State::Finished => finished = Some(response),
                        State::Unknown => last = Some(response),
                        State::Unfinished => {}
                    }
                }
                // Once the file is complete, the results of chunks that were sent twice do not matter.
                Some(Err(_)) if finished.is_some() => {}
                Some(Err(error)) => return Err(error),
            }
        }
        if finished.is_some() && self.session.chunks_acknowledged() < chunks {
            self.options.progress.report(|| self.progress(self.size, chunks));
        }
        Ok(finished.or(last))
    }

    /// How many chunks may be in flight. Servers before 1.9.5 know a file only once they have its first chunk, and where the
    /// caller cannot choose the ID, the response to that chunk has it.
    fn width(&self) -> usize {
        if self.session.chunks_acknowledged() > 0 { self.options.parallel } else { 1 }
    }

    fn is_named_by_caller(&self) -> bool {
        self.template.operation.upload.is_some_and(|upload| upload.id.is_some())
    }

    async fn body(&self, content: &mut Content, chunk: u64) -> Result<Body> {
        let start = chunk * CHUNK;
        let length = CHUNK.min(self.size - start);
        let Content::Reader(reader, _) = content else { return self.pieces.body(content, start, length) };
        let bytes = read_exactly(reader, length as usize).await?;
        if start + length == self.size {
            expect_end(reader).await?;
        }
        Ok(self.pieces.body_of(bytes))
    }

    async fn send_chunk(&self, chunk: u64, body: Body) -> Result<(u64, Response)> {
        let start = chunk * CHUNK;
        let end = (start + CHUNK).min(self.size) - 1;
        let range = format!("bytes {start}-{end}/{}", self.size);
        let mut request = self.template.clone();
        request.body = body;
        request.headers.insert(CONTENT_RANGE, header_value("content-range", &range)?);
        // A chunk that arrives twice does no harm, once the server knows its file.
        request.repeatable = self.session.id().is_some();
        if let Some(id) = self.session.id() {
            request.headers.insert("x-appwrite-id", header_value("x-appwrite-id", &id)?);
        }
        Ok((chunk, self.send_whole(&request).await?))
    }

    /// Sends a request, and notes its failed attempts.
    async fn send_whole(&self, request: &Request) -> Result<Response> {
        let mut response = self.client.send_whole(request, &self.options.call).await?;
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.append(&mut response.info.attempts);
        drop(failed);
        Ok(response)
    }

    fn acknowledge(&self, chunk: u64, receipt: &Receipt) -> Result<()> {
        self.refuse_another_file(receipt)?;
        let session = &self.session;
        if let Some(id) = receipt.id.as_ref().filter(|_| !self.is_named_by_caller()) {
            session.set_id(id.clone());
        }
        session.acknowledge(chunk);
        self.options
            .progress
            .report(|| self.progress(session.bytes_acknowledged(), session.chunks_acknowledged()));
        Ok(())
    }

    /// The server accepts chunks for a finished file and discards them, so the size of the file must be checked.
    fn refuse_another_file(&self, receipt: &Receipt) -> Result<()> {
        match receipt.size_original {
            Some(size) if size != 0 && size != self.size => {
                let message = format!("another file of {size} bytes has this ID already");
                Err(Error::new(ErrorKind::Conflict, message)
                    .with_hint("choose another ID or delete that file"))
            }
            _ => Ok(()),
        }
    }

    fn progress(&self, size_uploaded: u64, chunks_uploaded: u64) -> Progress {
        Progress {
            id: self.session.id().unwrap_or_default(),
            percent: percent(size_uploaded, self.size),
            size_uploaded,
            size_total: self.size,
            chunks_total: self.size.div_ceil(CHUNK),
            chunks_uploaded,
        }
    }

    /// Requests the file itself, as often as there are waits. `None` when it is not complete, or the API has no operation for it.
    async fn check(&self, waits: &[Duration]) -> Result<Option<Response>> {
        let upload = self.template.operation.upload;
        let Some(reader) = upload.and_then(|upload| upload.read_by) else { return Ok(None) };
        let Some(id) = self.session.id() else { return Ok(None) };
        let mut params = Params::new();
        for param in reader.params.iter().filter(|param| param.place == Place::Path) {
            let shared = self.template.operation.param(param.name);
            match shared.and_then(|_| self.params.get(param.name)) {
                Some(value) => params.set_raw(param.name, value.to_owned()),
                None => params.set(param.name, &id),
            };
        }
        for wait in waits {
            if !wait.is_zero() {
                self.client.settings().clock.0.sleep(*wait).await;
            }
            let mut request = self.client.prepare(reader, &params, &self.options.call)?;
            request.deadline = self.template.deadline;
            let response = self.send_whole(&request).await?;
            let receipt = Receipt::of(&response);
            self.refuse_another_file(&receipt)?;
            if receipt.state() != State::Unfinished {
                return Ok(Some(response));
            }
        }
        Ok(None)
    }
}
