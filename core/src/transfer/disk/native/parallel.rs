//! Several connections that fill one file.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::future::{try_join, try_join_all};
use http::StatusCode;
use http::header::HeaderValue;

use super::tally::Tally;
use super::writer::Writer;
use crate::error::Result;
use crate::transfer::age::Age;
use crate::transfer::asking::Asking;
use crate::transfer::resume::ResumingBody;
use crate::transfer::version::{Version, changed};

/// How many bytes a part has: as many as Appwrite reads at once.
const PART: u64 = 10 * 1024 * 1024;

/// Reads a body into a file, a large one over as many connections as there are writers.
///
/// The response that has begun is read on, part after part, while the other connections take parts from the end of the file.
/// A small file and one of a server that does not send parts need no further request.
///
/// # Errors
/// Those of the connection that fails first.
pub(super) async fn fill(body: ResumingBody, mut writers: Vec<Writer<'_>>, tally: &Tally) -> Result<()> {
    let Some(mut first) = writers.pop() else { return Ok(()) };
    let is_divided =
        body.resumable && body.incoming.status == StatusCode::PARTIAL_CONTENT && !writers.is_empty();
    let Some(parts) = body.range().filter(|_| is_divided).and_then(Parts::of) else {
        return copy(body, &mut first, tally).await;
    };
    let (asking, version, date) = (body.asking.clone(), body.version.clone(), body.date.clone());
    let source = Source { asking, version, date, parts, tally };
    let others = try_join_all(writers.into_iter().map(|writer| source.read_parts(writer)));
    try_join(source.read_on(body, first), others).await?;
    source.expect_one_file().await
}

/// Reads a body to its end.
async fn copy(mut body: ResumingBody, writer: &mut Writer<'_>, tally: &Tally) -> Result<()> {
    while let Some(piece) = body.next().await? {
        tally.add(piece.len());
        writer.take(piece).await?;
    }
    writer.flush().await
}

/// A file whose parts several connections bring.
struct Source<'a> {
    asking: Asking,
    version: Version,
    /// When the server sent the first response.
    date: Option<HeaderValue>,
    parts: Parts,
    tally: &'a Tally,
}

impl Source<'_> {
    /// Reads the first response until it ends or comes to a part that another connection has taken; then reads parts, too.
    async fn read_on(&self, mut body: ResumingBody, mut writer: Writer<'_>) -> Result<()> {
        let whole = &self.parts.whole;
        let (mut place, mut end) = (whole.start, self.parts.part(0).end);
        while place < whole.end {
            if place == end {
                // Appwrite's response ends with the first part.
                let part = if body.until == Some(place) { None } else { self.parts.take_first() };
                let Some(part) = part else { break };
                end = part.end;
            }
            let Some(mut piece) = body.next().await? else { break };
            while place + piece.len() as u64 > end {
                match self.parts.take_first() {
                    Some(part) => end = part.end,
                    None => piece.truncate((end - place) as usize),
                }
            }
            place += piece.len() as u64;
            self.tally.add(piece.len());
            writer.take(piece).await?;
        }
        if place == whole.end {
            // Its end is read too, so that the connection can be used again.
            body.next().await?;
        }
        drop(body);
        writer.flush().await?;
        self.read_parts(writer).await
    }

    /// Reads parts until none is left.
    async fn read_parts(&self, mut writer: Writer<'_>) -> Result<()> {
        while let Some(part) = self.parts.take_last() {
            writer.go_to(part.start - self.parts.whole.start)?;
            copy(self.open(part).await?, &mut writer, self.tally).await?;
        }
        Ok(())
    }

    /// Asks for a part.
    async fn open(&self, part: Range<u64>) -> Result<ResumingBody> {
        let mut asking = self.asking.clone();
        asking.options.range = Some(part.into());
        let sent = asking.part(asking.options.range, self.version.strong_tag()).await;
        let (incoming, _) = sent.map_err(|error| match error.status() {
            // It has become too short for the part.
            Some(416) => changed(asking.request.operation),
            _ => error,
        })?;
        if self.version.differs(&Version::of(&incoming)) {
            return Err(changed(asking.request.operation));
        }
        ResumingBody::new(asking, incoming)
    }

    /// Checks that the parts are of one file, where no header says so.
    async fn expect_one_file(&self) -> Result<()> {
        let Asking { client, request, params, options } = &self.asking;
        let is_known = self.version.is_told() || !self.parts.are_shared();
        let age = Age::of(request.operation.dated_by, params, self.date.as_ref());
        match age.filter(|_| !is_known) {
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
    /// Their numbers. The response that has begun has the first part.
    left: Mutex<Range<u64>>,
}

impl Parts {
    /// The parts of these bytes, if they are more than one.
    fn of(whole: Range<u64>) -> Option<Self> {
        let count = count(&whole);
        (count > 1).then(|| Self { whole, left: Mutex::new(1..count) })
    }

    /// The next part from the beginning, if there is one.
    fn take_first(&self) -> Option<Range<u64>> {
        self.left().next().map(|number| self.part(number))
    }

    /// The next part from the end, if there is one.
    fn take_last(&self) -> Option<Range<u64>> {
        self.left().next_back().map(|number| self.part(number))
    }

    /// Whether one was taken from the end.
    fn are_shared(&self) -> bool {
        self.left().end < count(&self.whole)
    }

    fn left(&self) -> MutexGuard<'_, Range<u64>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn part(&self, number: u64) -> Range<u64> {
        let start = self.whole.start + number * PART;
        start..(start + PART).min(self.whole.end)
    }
}

/// How many parts these bytes make.
fn count(whole: &Range<u64>) -> u64 {
    (whole.end - whole.start).div_ceil(PART)
}
