//! Several connections that fill one file.

use std::ops::Range;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::future::{Either, select, try_join_all};
use http::StatusCode;
use http::header::HeaderValue;
use tokio::sync::Notify;

use super::age::Age;
use super::asking::Asking;
use super::progress::Tally;
use super::resume::ResumingBody;
use super::version::{Version, changed};
use super::writer::Writer;
use crate::error::{ErrorKind, Result};

/// How many bytes a part has: as many as Appwrite reads at once.
const PART: u64 = 10 * 1024 * 1024;

/// Reads a body into a file, a large one over as many connections as there are writers.
///
/// The response that has begun is read on, part after part, while the other connections take parts from the end of the file.
/// So a small file and a server that does not know ranges cost nothing more.
///
/// # Errors
/// Those of the connection that fails first.
pub(super) async fn fill(body: ResumingBody, mut writers: Vec<Writer<'_>>, tally: &Tally) -> Result<()> {
    let Some(first) = writers.pop() else { return Ok(()) };
    let whole = body.range().filter(|_| body.resumable && !writers.is_empty());
    let Some(parts) = whole.and_then(Parts::of) else { return copy(body, first, tally).await };
    let others = Others {
        asking: body.asking.clone(),
        version: body.version.clone(),
        date: body.date.clone(),
        parts: &parts,
        tally,
    };
    let front = pin!(read_on(body, first, &parts, tally));
    let behind = pin!(others.read(writers));
    match select(front, behind).await {
        Either::Left((read, behind)) => {
            read?;
            if parts.are_shared() {
                behind.await?;
            }
        }
        Either::Right((read, front)) => {
            read?;
            front.await?;
        }
    }
    if parts.are_shared() { others.expect_one_file().await } else { Ok(()) }
}

/// Reads a body to its end.
async fn copy(mut body: ResumingBody, mut writer: Writer<'_>, tally: &Tally) -> Result<()> {
    while let Some(piece) = body.next().await? {
        tally.add(piece.len());
        writer.take(piece).await?;
    }
    writer.flush().await
}

/// Reads a body until it comes to a part that another connection has taken.
async fn read_on(mut body: ResumingBody, mut writer: Writer<'_>, parts: &Parts, tally: &Tally) -> Result<()> {
    let (mut place, mut end) = (parts.whole.start, parts.whole.start);
    loop {
        if place == end {
            match parts.take_first() {
                Some(part) => end = part.end,
                None => break,
            }
        }
        let Some(mut piece) = body.next().await? else { break };
        while place + piece.len() as u64 > end {
            match parts.take_first() {
                Some(part) => end = part.end,
                None => piece.truncate((end - place) as usize),
            }
        }
        place += piece.len() as u64;
        tally.add(piece.len());
        writer.take(piece).await?;
    }
    if place == parts.whole.end {
        // Its end is read too, so that the connection can be used again.
        body.next().await?;
    }
    writer.flush().await
}

/// The connections that read parts from the end of the file.
struct Others<'a> {
    asking: Asking,
    version: Version,
    /// When the server sent the first response.
    date: Option<HeaderValue>,
    parts: &'a Parts,
    tally: &'a Tally,
}

impl Others<'_> {
    /// Reads parts until none is left. Does nothing where the server does not send parts: the file may come without them.
    async fn read(&self, writers: Vec<Writer<'_>>) -> Result<()> {
        let opening = pin!(self.open(self.parts.last()));
        let body = match select(pin!(self.parts.none_is_left()), opening).await {
            Either::Right((Ok(Some(body)), _)) => body,
            Either::Right((Err(error), _)) if error.kind() == ErrorKind::Conflict => return Err(error),
            Either::Left(_) | Either::Right(_) => return Ok(()),
        };
        let mut begun = self.parts.take_last().map(|part| (body, part));
        try_join_all(writers.into_iter().map(|writer| self.read_parts(begun.take(), writer))).await.map(drop)
    }

    async fn read_parts(
        &self,
        begun: Option<(ResumingBody, Range<u64>)>,
        mut writer: Writer<'_>,
    ) -> Result<()> {
        let mut begun = begun;
        loop {
            let (mut body, part) = match begun.take() {
                Some(begun) => begun,
                None => {
                    let Some(part) = self.parts.take_last() else { return Ok(()) };
                    let body = self.open(part.clone()).await?;
                    (body.ok_or_else(|| changed(self.asking.request.operation))?, part)
                }
            };
            writer.go_to(part.start - self.parts.whole.start)?;
            while let Some(piece) = body.next().await? {
                self.tally.add(piece.len());
                writer.take(piece).await?;
            }
            writer.flush().await?;
        }
    }

    /// Asks for a part; nothing comes of it where the server sends something else.
    async fn open(&self, part: Range<u64>) -> Result<Option<ResumingBody>> {
        let mut asking = self.asking.clone();
        asking.options.range = Some(part.into());
        let (incoming, _) = match asking.part(asking.options.range, self.version.strong_tag()).await {
            Err(error) if error.status() == Some(416) => return Ok(None),
            sent => sent?,
        };
        if self.version.differs(&Version::of(&incoming)) {
            return Err(changed(self.asking.request.operation));
        }
        match incoming.status {
            StatusCode::PARTIAL_CONTENT => ResumingBody::new(asking, incoming).map(Some),
            _ => Ok(None),
        }
    }

    /// Checks that all parts are of one file, where no header says so.
    async fn expect_one_file(&self) -> Result<()> {
        let Asking { client, request, params, options } = &self.asking;
        let age = Age::of(request.operation.dated_by, params, self.date.as_ref());
        match age.filter(|_| !self.version.is_told()) {
            Some(age) if age.is_younger(client, options, request.deadline).await => {
                Err(changed(request.operation))
            }
            _ => Ok(()),
        }
    }
}

/// The parts of a file, and which of them no connection has taken.
struct Parts {
    whole: Range<u64>,
    /// Their numbers.
    left: Mutex<Range<u64>>,
    /// Heard when the first connection takes the last of them.
    none: Notify,
}

impl Parts {
    /// The parts of these bytes, if they are more than one.
    fn of(whole: Range<u64>) -> Option<Self> {
        let count = (whole.end - whole.start).div_ceil(PART);
        (count > 1).then(|| Self { whole, left: Mutex::new(0..count), none: Notify::new() })
    }

    /// The next part from the beginning, if there is one.
    fn take_first(&self) -> Option<Range<u64>> {
        let mut left = self.left();
        let number = left.next()?;
        if left.is_empty() {
            self.none.notify_one();
        }
        Some(self.part(number))
    }

    /// Waits until the first connection has taken the last part.
    async fn none_is_left(&self) {
        self.none.notified().await;
    }

    /// The next part from the end, if there is one.
    fn take_last(&self) -> Option<Range<u64>> {
        self.left().next_back().map(|number| self.part(number))
    }

    /// The part at the end of the file, whether it is taken or not.
    fn last(&self) -> Range<u64> {
        self.part(self.count() - 1)
    }

    /// Whether one was taken from the end.
    fn are_shared(&self) -> bool {
        self.left().end < self.count()
    }

    fn left(&self) -> MutexGuard<'_, Range<u64>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self) -> u64 {
        (self.whole.end - self.whole.start).div_ceil(PART)
    }

    fn part(&self, number: u64) -> Range<u64> {
        let start = self.whole.start + number * PART;
        start..(start + PART).min(self.whole.end)
    }
}
