//! One request's part of a file, between the two ends of its form.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::task::JoinHandle;

use super::buffers::{BUFFER_SIZE, BufferPool};
use super::file::SourceFile;
use crate::encode::multipart::Form;
use crate::error::Error;
use crate::http::{Body, OpenBody, Streamed};
use crate::transfer::reading::failed;

/// Makes request bodies of ranges of a file.
#[derive(Default)]
pub(in crate::transfer) struct FileBodies {
    buffers: BufferPool,
    failure: ReadFailure,
}

impl FileBodies {
    /// The body around a range of a file.
    pub(in crate::transfer) fn body(
        &self,
        form: &Form,
        file: &Arc<SourceFile>,
        start: u64,
        length: u64,
    ) -> Body {
        Body::Streamed(Arc::new(FileChunk {
            form: form.clone(),
            file: file.clone(),
            start,
            length,
            buffers: self.buffers.clone(),
            failure: self.failure.clone(),
        }))
    }
}

/// A range of a file on disk, read while it is sent.
#[derive(Clone)]
struct FileChunk {
    form: Form,
    file: Arc<SourceFile>,
    start: u64,
    length: u64,
    buffers: BufferPool,
    failure: ReadFailure,
}

/// Why the file could not be read: the connection's error would hide it.
#[derive(Clone, Debug, Default)]
struct ReadFailure(Arc<Mutex<Option<String>>>);

impl ReadFailure {
    fn set(&self, cause: &io::Error) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(cause.to_string());
    }

    /// The cause, if there was one.
    fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Streamed for FileChunk {
    fn length(&self) -> u64 {
        self.form.length_with(self.length)
    }

    fn open(&self) -> OpenBody {
        Box::pin(ChunkBody {
            position: self.start,
            end: self.start + self.length,
            left: self.length(),
            stage: Stage::Before,
            chunk: self.clone(),
        })
    }

    fn failure(&self) -> Option<Error> {
        self.failure.take().map(failed)
    }
}

struct ChunkBody {
    chunk: FileChunk,
    /// Where the next read begins and the last one ends.
    position: u64,
    end: u64,
    /// Bytes of the body that have not been handed out.
    left: u64,
    stage: Stage,
}

enum Stage {
    Before,
    /// The next piece is being read while the one before is sent.
    File(JoinHandle<io::Result<Bytes>>),
    After,
    End,
}

impl ChunkBody {
    /// The stage that follows a piece: another read, or the end of the form.
    fn advance(&mut self) -> Stage {
        if self.position == self.end {
            return Stage::After;
        }
        let offset = self.position;
        let length = (self.end - offset).min(BUFFER_SIZE as u64) as usize;
        self.position += length as u64;
        let is_last = self.position == self.end;
        let (file, buffers) = (self.chunk.file.clone(), self.chunk.buffers.clone());
        Stage::File(tokio::task::spawn_blocking(move || {
            let mut buffer = buffers.take();
            file.read_exact_at(&mut buffer[..length], offset)?;
            if is_last {
                // Before the server has all of this request, so that it does not store a file of mixed bytes.
                file.expect_unchanged()?;
            }
            Ok(buffers.freeze(buffer, length))
        }))
    }
}

impl http_body::Body for ChunkBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = match &mut self.stage {
            Stage::Before => {
                self.stage = self.advance();
                self.chunk.form.before.clone()
            }
            Stage::File(read) => {
                let piece = match ready!(Pin::new(read).poll(context)) {
                    Ok(Ok(piece)) => piece,
                    Ok(Err(cause)) => {
                        self.chunk.failure.set(&cause);
                        self.stage = Stage::End;
                        return Poll::Ready(Some(Err(cause)));
                    }
                    Err(cause) => return Poll::Ready(Some(Err(io::Error::other(cause)))),
                };
                self.stage = self.advance();
                piece
            }
            Stage::After => {
                self.stage = Stage::End;
                self.chunk.form.after.clone()
            }
            Stage::End => return Poll::Ready(None),
        };
        self.left -= piece.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
