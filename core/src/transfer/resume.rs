//! A body that is taken up again where it broke off.

use std::time::Instant;

use bytes::{Buf, Bytes};
use http::StatusCode;
use http::header::{DATE, HeaderValue, IF_RANGE, RANGE};

use super::age::Age;
use super::tail::Tail;
use super::version::{Version, length, part};
use crate::client::Client;
use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::options::CallOptions;
use crate::params::Params;
use crate::transport::{Request, UnreadResponse};

/// A connection that has given so many bytes counts as good again, and earlier breaks are forgiven.
const FORGIVEN: u64 = 1024 * 1024;

/// A download's body, across as many connections as it takes.
pub(super) struct ResumingBody {
    client: Client,
    request: Request,
    options: CallOptions,
    incoming: UnreadResponse,
    version: Version,
    /// Whether it may be taken up again: a part that the caller asked for is not.
    resumable: bool,
    /// How many bytes have been handed out.
    position: u64,
    /// How many bytes of the present response are known already.
    skip: u64,
    /// What the beginning of such an response must agree with.
    tail: Tail,
    params: Params,
    /// When the server sent the response that the first bytes came in.
    date: Option<HeaderValue>,
    /// What shows at the end whether all of it was of one file; needed after a break, where no header says so.
    age: Option<Age>,
    breaks: Vec<Attempt>,
    since_break: u64,
    began: Instant,
}

impl ResumingBody {
    pub(super) fn new(
        client: Client,
        request: Request,
        params: Params,
        options: CallOptions,
        incoming: UnreadResponse,
    ) -> Self {
        let mut version = Version::of(&incoming);
        let is_part = request.headers.contains_key(RANGE);
        if is_part {
            // It ends where the part does, whatever the size of the whole file.
            version.size = length(&incoming);
        }
        let resumable = request.repeatable && !is_part;
        Self {
            client,
            request,
            options,
            date: incoming.headers.get(DATE).cloned(),
            incoming,
            version,
            resumable,
            position: 0,
            skip: 0,
            tail: Tail::default(),
            params,
            age: None,
            breaks: Vec::new(),
            since_break: 0,
            began: Instant::now(),
        }
    }

    /// The size of the whole body in bytes, if the server said it.
    pub(super) fn size(&self) -> Option<u64> {
        self.version.size
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>> {
        loop {
            match self.incoming.chunk().await {
                Ok(Some(mut piece)) => {
                    let known = self.skip.min(piece.len() as u64);
                    if !self.tail.agrees(self.skip, &piece[..known as usize]) {
                        return Err(self.changed());
                    }
                    self.skip -= known;
                    piece.advance(known as usize);
                    if !piece.is_empty() {
                        self.tail.push(piece.clone());
                        self.position += piece.len() as u64;
                        self.since_break += piece.len() as u64;
                        return Ok(Some(piece));
                    }
                }
                Ok(None) if self.skip == 0 && self.is_whole() => {
                    if let Some(age) = self.age.take()
                        && age.is_younger(&self.client, &self.options, self.request.deadline).await
                    {
                        return Err(self.changed());
                    }
                    return Ok(None);
                }
                Ok(None) => {
                    let short =
                        Error::new(ErrorKind::Network, "the response ended before its announced length");
                    self.resume(short).await?;
                }
                Err(error) => self.resume(error).await?,
            }
        }
    }

    /// Asks for the rest.
    async fn resume(&mut self, mut error: Error) -> Result<()> {
        let settings = self.client.settings();
        if self.since_break >= FORGIVEN {
            self.breaks.clear();
        }
        self.since_break = 0;
        let count = self.breaks.len() as u32;
        let may_repeat = self.resumable
            && matches!(error.kind(), ErrorKind::Network | ErrorKind::Timeout)
            && count < self.options.retries.unwrap_or(settings.retry.max);
        let mut wait = may_repeat.then(|| settings.retry.backoff(count));
        if let Some(reason) = wait.and_then(|wait| self.request.deadline.forbids(wait)) {
            wait = None;
            error = error.with_further_hint(reason);
        }
        self.breaks.push(Attempt {
            kind: error.kind(),
            status: error.status(),
            message: error.message().to_owned(),
            elapsed: self.began.elapsed(),
            wait,
        });
        let Some(wait) = wait else { return Err(self.give_up(error)) };
        settings.clock.0.sleep(wait).await;
        self.began = Instant::now();
        if self.position > 0 {
            let from = match self.version.strong_tag() {
                // Only a strong tag may stand here (RFC 9110, section 13.1.5).
                Some(tag) if self.size().is_some() => {
                    self.request.headers.insert(IF_RANGE, tag.clone());
                    self.position
                }
                // Without a tag, only bytes that are known already show whether it is the same file. And without a size
                // this may have been the end, from where a range would be refused.
                _ => self.position - self.tail.length(),
            };
            let range = format!("bytes={from}-");
            self.request.headers.insert(RANGE, crate::settings::header_value("range", &range)?);
        }
        let sent = self.client.send(&self.request, &self.options).await;
        (self.incoming, _) = sent.map_err(|error| match error.status() {
            // It has become too short for our range.
            Some(416) => self.changed(),
            _ => error,
        })?;
        let fresh = Version::of(&self.incoming);
        if self.version.differs(&fresh) {
            return Err(self.changed());
        }
        match self.start_of(&fresh) {
            Some(start) => {
                if self.position == 0 {
                    self.date = self.incoming.headers.get(DATE).cloned();
                } else if !(self.version.is_told() && fresh.is_told()) {
                    let dated_by = self.request.operation.dated_by;
                    self.age = Age::of(dated_by, &self.params, self.date.as_ref());
                }
                self.skip = self.position - start;
                self.version.size = self.version.size.or(fresh.size);
                Ok(())
            }
            None => Err(self
                .give_up(error)
                .with_hint("the server does not continue a download where it broke off")),
        }
    }

    /// Where in the file the new response begins; `None` when the response does not say, or what is missing isn't in it.
    fn start_of(&self, fresh: &Version) -> Option<u64> {
        if self.incoming.status == StatusCode::PARTIAL_CONTENT {
            return part(&self.incoming).map(|(start, _)| start).filter(|start| *start <= self.position);
        }
        // The whole file again: the server doesn't know ranges. Only equal sizes speak for equal files.
        let is_same = self.position == 0 || (fresh.size.is_some() && fresh.size == self.version.size);
        is_same.then_some(0)
    }

    fn is_whole(&self) -> bool {
        self.size().is_none_or(|size| size == self.position)
    }

    fn changed(&self) -> Error {
        Error::new(ErrorKind::Conflict, "the file has changed while it was downloaded")
            .with_operation(self.request.operation.id)
    }

    fn give_up(&mut self, error: Error) -> Error {
        error.with_operation(self.request.operation.id).with_attempts(std::mem::take(&mut self.breaks))
    }
}
