//! A body that is taken up again where it broke off.

use std::time::Instant;

use bytes::{Buf, Bytes};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderValue, IF_RANGE, RANGE};

use crate::client::Client;
use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::options::CallOptions;
use crate::transport::{Incoming, Request, backoff};

/// A connection that has given so many bytes counts as good again, and earlier breaks are forgiven.
const FORGIVEN: u64 = 1024 * 1024;

/// A download's body, across as many connections as it takes.
pub(super) struct ResumingBody {
    client: Client,
    request: Request,
    options: CallOptions,
    incoming: Incoming,
    size: Option<u64>,
    /// A strong tag: only that tells two files of one size apart (RFC 9110, section 13.1.5).
    etag: Option<HeaderValue>,
    /// How many bytes have been handed out.
    position: u64,
    /// How many bytes of the present answer are known already.
    skip: u64,
    breaks: Vec<Attempt>,
    since_break: u64,
    began: Instant,
}

impl ResumingBody {
    pub(super) fn new(client: Client, request: Request, options: CallOptions, incoming: Incoming) -> Self {
        let size = length(&incoming);
        let etag = strong_tag(&incoming);
        Self {
            client,
            request,
            options,
            incoming,
            size,
            etag,
            position: 0,
            skip: 0,
            breaks: Vec::new(),
            since_break: 0,
            began: Instant::now(),
        }
    }

    /// The size of the whole body in bytes, if the server said it.
    pub(super) fn size(&self) -> Option<u64> {
        self.size
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>> {
        loop {
            match self.incoming.chunk().await {
                Ok(Some(mut piece)) => {
                    let known = self.skip.min(piece.len() as u64);
                    self.skip -= known;
                    piece.advance(known as usize);
                    if !piece.is_empty() {
                        self.position += piece.len() as u64;
                        self.since_break += piece.len() as u64;
                        return Ok(Some(piece));
                    }
                }
                Ok(None) if self.skip == 0 && self.size.is_none_or(|size| size == self.position) => {
                    return Ok(None);
                }
                Ok(None) => {
                    let short =
                        Error::new(ErrorKind::Network, "the answer ended before its announced length");
                    self.resume(short).await?;
                }
                Err(error) => self.resume(error).await?,
            }
        }
    }

    /// Asks for the rest.
    async fn resume(&mut self, error: Error) -> Result<()> {
        let settings = self.client.settings();
        if self.since_break >= FORGIVEN {
            self.breaks.clear();
        }
        self.since_break = 0;
        let count = self.breaks.len() as u32;
        let may_repeat = self.request.repeatable
            && matches!(error.kind(), ErrorKind::Network | ErrorKind::Timeout)
            && count < self.options.retries.unwrap_or(settings.retry.max);
        let wait = may_repeat.then(|| backoff(&settings.retry, count));
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
        // Without a size this may have been the end already, and a range from there on would be refused.
        let from = if self.size.is_some() { self.position } else { self.position.saturating_sub(1) };
        if self.position > 0 {
            let range = format!("bytes={from}-");
            self.request.headers.insert(RANGE, crate::settings::header_value("range", &range)?);
            if let Some(etag) = &self.etag {
                self.request.headers.insert(IF_RANGE, etag.clone());
            }
        }
        self.incoming = self.client.send(&self.request, &self.options).await?;
        self.skip = self.overlap(from)?;
        Ok(())
    }

    /// How many bytes at the beginning of the new answer are known already, when all after `from` was asked for.
    fn overlap(&mut self, from: u64) -> Result<u64> {
        let operation = self.request.operation.id;
        let changed = || {
            Error::new(ErrorKind::Conflict, "the file has changed while it was downloaded")
                .with_operation(operation)
        };
        if self.etag.is_some() && strong_tag(&self.incoming) != self.etag {
            return Err(changed());
        }
        if self.incoming.status == StatusCode::PARTIAL_CONTENT {
            let (start, size) = content_range(&self.incoming).ok_or_else(changed)?;
            let same = self.size.is_none_or(|known| size.is_none_or(|size| size == known));
            if !same || start != from {
                return Err(changed());
            }
            self.size = self.size.or(size);
            return Ok(self.position - start);
        }
        // The whole file again: the server doesn't know ranges. Only equal sizes speak for equal files.
        if self.position == 0 || (self.size.is_some() && length(&self.incoming) == self.size) {
            Ok(self.position)
        } else {
            Err(changed())
        }
    }

    fn give_up(&mut self, error: Error) -> Error {
        error.with_operation(self.request.operation.id).with_attempts(std::mem::take(&mut self.breaks))
    }
}

fn length(incoming: &Incoming) -> Option<u64> {
    incoming.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn strong_tag(incoming: &Incoming) -> Option<HeaderValue> {
    incoming.headers.get(ETAG).filter(|tag| !tag.as_bytes().starts_with(b"W/")).cloned()
}

/// The start and, unless it is `*`, the whole size of `bytes 5-9/10`.
fn content_range(incoming: &Incoming) -> Option<(u64, Option<u64>)> {
    let value = incoming.headers.get(CONTENT_RANGE)?.to_str().ok()?;
    let (range, size) = value.strip_prefix("bytes ")?.split_once('/')?;
    Some((range.split_once('-')?.0.parse().ok()?, size.parse().ok()))
}
