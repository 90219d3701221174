//! A body that is taken up again where it broke off.

use std::ops::Range;

use bytes::{Buf, Bytes};
use http::StatusCode;
use http::header::{DATE, HeaderValue};

use super::age::Age;
use super::asking::{Asking, place_of};
use super::tail::Tail;
use super::version::{Part, Version, changed, length};
use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::host::Instant;
use crate::options::ByteRange;
use crate::transport::UnreadResponse;

/// A connection that has given so many bytes counts as good again, and earlier breaks are forgiven.
const FORGIVEN: u64 = 1024 * 1024;

/// A download's body, across as many connections as it takes.
pub(super) struct ResumingBody {
    pub(super) asking: Asking,
    pub(super) incoming: UnreadResponse,
    pub(super) version: Version,
    /// Whether it may be taken up again: a part that a header of the caller names is not.
    pub(super) resumable: bool,
    /// What is wanted of the file.
    wanted: ByteRange,
    /// Where in the file the next byte stands that is handed out.
    position: u64,
    /// How many bytes of the present response come before that one.
    skip: u64,
    /// Where in the file the present response ends, if it says so.
    pub(super) until: Option<u64>,
    /// What the beginning of a later response must agree with.
    tail: Tail,
    /// When the server sent the response that the first bytes came in.
    pub(super) date: Option<HeaderValue>,
    /// What shows at the end whether all of it was of one file; needed after a break, where no header says so.
    age: Option<Age>,
    breaks: Vec<Attempt>,
    since_break: u64,
    began: Instant,
}

impl ResumingBody {
    /// The body that begins with this response.
    ///
    /// # Errors
    /// `Argument` when the file has none of the bytes that are wanted, `Decode` when the response has others.
    pub(super) fn new(asking: Asking, incoming: UnreadResponse) -> Result<Self> {
        let mut version = Version::of(&incoming);
        let is_the_callers = asking.is_the_callers();
        if is_the_callers {
            // It ends where the part does, whatever the size of the whole file.
            version.size = length(&incoming);
        }
        let wanted = asking.options.range.unwrap_or_else(|| (0..).into());
        let (start, until) = match asking.options.range {
            None => (0, version.size),
            Some(_) => {
                place_of(&incoming, wanted).map_err(|error| error.with_operation(incoming.operation.id))?
            }
        };
        Ok(Self {
            resumable: asking.request.repeatable && !is_the_callers,
            asking,
            date: incoming.headers.get(DATE).cloned(),
            incoming,
            version,
            wanted,
            position: wanted.first,
            skip: wanted.first - start,
            until,
            tail: Tail::default(),
            age: None,
            breaks: Vec::new(),
            since_break: 0,
            began: Instant::now(),
        })
    }

    /// Where in the file what is wanted begins and ends, if the server said enough.
    pub(super) fn range(&self) -> Option<Range<u64>> {
        self.version.size.and(self.end()).map(|end| self.wanted.first..end)
    }

    /// The size in bytes of what is wanted, if the server said enough.
    pub(super) fn size(&self) -> Option<u64> {
        self.range().map(|range| range.end - range.start)
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>> {
        loop {
            if self.end() == Some(self.position) && self.until != Some(self.position) {
                // The response has more than is wanted.
                return self.finish().await;
            }
            match self.incoming.chunk().await {
                Ok(Some(mut piece)) => {
                    let known = self.skip.min(piece.len() as u64);
                    if !self.tail.agrees(self.skip, &piece[..known as usize]) {
                        return Err(self.changed());
                    }
                    self.skip -= known;
                    piece.advance(known as usize);
                    if let Some(end) = self.wanted.end {
                        piece.truncate(usize::try_from(end - self.position).unwrap_or(usize::MAX));
                    }
                    if !piece.is_empty() {
                        self.tail.push(piece.clone());
                        self.position += piece.len() as u64;
                        self.since_break += piece.len() as u64;
                        return Ok(Some(piece));
                    }
                }
                Ok(None) if self.skip == 0 && self.is_whole() => return self.finish().await,
                // The server sends less than it was asked for, as Appwrite does of a large part.
                Ok(None) if self.resumable && self.until == Some(self.position) => {
                    let short =
                        Error::new(ErrorKind::Network, "the server does not send the rest of the file");
                    self.ask(short).await?;
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

    /// The end of what is handed out, once it is sure that all of it was of one file.
    async fn finish(&mut self) -> Result<Option<Bytes>> {
        let Asking { client, options, request, .. } = &self.asking;
        let Some(age) = self.age.take() else { return Ok(None) };
        if age.is_younger(client, options, request.deadline).await {
            return Err(self.changed());
        }
        Ok(None)
    }

    /// Asks for the rest after a break, if it may be repeated.
    async fn resume(&mut self, mut error: Error) -> Result<()> {
        let settings = self.asking.client.settings();
        if self.since_break >= FORGIVEN {
            self.breaks.clear();
        }
        self.since_break = 0;
        let count = self.breaks.len() as u32;
        let may_repeat = self.resumable
            && matches!(error.kind(), ErrorKind::Network | ErrorKind::Timeout)
            && count < self.asking.options.retries.unwrap_or(settings.retry.max);
        let mut wait = may_repeat.then(|| settings.retry.backoff(count));
        if let Some(reason) = wait.and_then(|wait| self.asking.request.deadline.forbids(wait)) {
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
        self.ask(error).await
    }

    /// Asks for the bytes that are missing; the error is why, where the server does not continue.
    async fn ask(&mut self, error: Error) -> Result<()> {
        let is_begun = self.position > self.wanted.first;
        let rest = (is_begun || self.asking.options.range.is_some()).then(|| ByteRange {
            // Without a tag, only bytes that are known already show whether it is the same file. And without a size this
            // may have been the end, from where a range would be refused.
            first: self.tag().map_or(self.position - self.tail.length(), |_| self.position),
            end: self.wanted.end.and(self.end()),
        });
        let sent = self.asking.part(rest, self.tag()).await;
        (self.incoming, _) = sent.map_err(|error| match error.status() {
            // It has become too short for our range.
            Some(416) => self.changed(),
            _ => error,
        })?;
        let fresh = Version::of(&self.incoming);
        if self.version.differs(&fresh) {
            return Err(self.changed());
        }
        let Some(part) = self.continuation(&fresh) else {
            let error = self.give_up(error);
            return Err(error.with_hint("the server does not continue a download where it broke off"));
        };
        if !is_begun {
            self.date = self.incoming.headers.get(DATE).cloned();
        } else if !(self.version.is_told() && fresh.is_told()) {
            let dated_by = self.asking.request.operation.dated_by;
            self.age = Age::of(dated_by, &self.asking.params, self.date.as_ref());
        }
        self.skip = self.position - part.start;
        self.until = part.end;
        self.version.size = self.version.size.or(fresh.size);
        Ok(())
    }

    /// A tag of the file that may stand in a request for the rest; only a strong one (RFC 9110, section 13.1.5).
    fn tag(&self) -> Option<&HeaderValue> {
        self.version.strong_tag().filter(|_| self.version.size.is_some())
    }

    /// What of the file the new response has; `None` when it does not say, or what is missing is not in it.
    fn continuation(&self, fresh: &Version) -> Option<Part> {
        let part = Part::of(&self.incoming)?;
        let fits = if self.incoming.status == StatusCode::PARTIAL_CONTENT {
            let is_missing = |end| end > self.position || part.size == Some(self.position);
            part.start <= self.position && part.end.is_none_or(is_missing)
        } else {
            // The whole file again: the server does not know ranges. Only equal sizes speak for equal files.
            let is_begun = self.position > self.wanted.first;
            !is_begun || (fresh.size.is_some() && fresh.size == self.version.size)
        };
        fits.then_some(part)
    }

    /// What comes behind the last byte that is wanted, as far as that is known.
    fn end(&self) -> Option<u64> {
        let ends = [self.wanted.end, self.version.size];
        ends.into_iter().flatten().min()
    }

    fn is_whole(&self) -> bool {
        self.version.size.is_none() || self.end() == Some(self.position)
    }

    fn changed(&self) -> Error {
        changed(self.asking.request.operation)
    }

    fn give_up(&mut self, error: Error) -> Error {
        error.with_operation(self.asking.request.operation.id).with_attempts(std::mem::take(&mut self.breaks))
    }
}
