//! Files whose bytes a language hands over piece by piece.

use std::io;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::lock::lock;

/// A file whose bytes come piece by piece: the language has this, the upload its [`PieceReader`].
pub struct Pieces {
    sender: Sender<io::Result<Bytes>>,
    /// Until the upload takes it.
    receiver: Mutex<Option<Receiver<io::Result<Bytes>>>>,
    asks: bool,
}

/// The file that the pieces make together.
pub(crate) struct PieceReader {
    pieces: Receiver<io::Result<Bytes>>,
    /// What is left of the last piece.
    piece: Bytes,
    ask: Option<Box<dyn FnMut() + Send>>,
    /// A piece was asked for and has not come yet.
    asked: bool,
    ended: bool,
}

impl Pieces {
    /// A file whose pieces the language hands over when it likes; at most `room` of them wait to be read.
    pub fn new(room: usize) -> Self {
        let (sender, receiver) = channel(room);
        Self { sender, receiver: Mutex::new(Some(receiver)), asks: false }
    }

    /// A file whose pieces the language is asked for, one at a time.
    pub fn asked_for() -> Self {
        Self { asks: true, ..Self::new(1) }
    }

    /// What the upload reads; it calls `ask` for each piece that is to be asked for. There is one reader: another finds
    /// the end of the file too early.
    pub(crate) fn reader(&self, ask: impl FnMut() + Send + 'static) -> PieceReader {
        let pieces = lock(&self.receiver).take().unwrap_or_else(|| channel(1).1);
        let ask = self.asks.then(|| Box::new(ask) as Box<dyn FnMut() + Send>);
        PieceReader { pieces, piece: Bytes::new(), ask, asked: false, ended: false }
    }

    /// Waits for room and hands a piece over; an empty one is the end of the file, an error that of the upload. Says
    /// whether the upload wants more.
    pub fn put(&self, piece: io::Result<Bytes>) -> impl Future<Output = bool> + Send + 'static {
        let sender = self.sender.clone();
        let goes_on = piece.as_ref().is_ok_and(|piece| !piece.is_empty());
        async move { sender.send(piece).await.is_ok() && goes_on }
    }

    /// Hands over the piece that was asked for; an empty one is the end of the file.
    pub fn give(&self, piece: Bytes) {
        // There is room for what was asked for, unless the upload is over.
        let _ = self.sender.try_send(Ok(piece));
    }
}

impl AsyncRead for PieceReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.piece.is_empty() && !this.ended {
            if !std::mem::replace(&mut this.asked, true)
                && let Some(ask) = &mut this.ask
            {
                ask();
            }
            match ready!(this.pieces.poll_recv(context)) {
                Some(piece) => this.piece = piece?,
                None => return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
            }
            this.asked = false;
            this.ended = this.piece.is_empty();
        }
        let length = this.piece.len().min(buffer.remaining());
        buffer.put_slice(&this.piece[..length]);
        this.piece.advance(length);
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::io::AsyncReadExt;

    use super::Pieces;

    fn run<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    #[test]
    fn each_piece_is_asked_for_once_and_an_empty_one_ends_the_file() {
        let pieces = Arc::new(Pieces::asked_for());
        let asked = Arc::new(AtomicU32::new(0));
        let (feeder, counter) = (Arc::clone(&pieces), Arc::clone(&asked));
        let ask = move || {
            let number = counter.fetch_add(1, Ordering::Relaxed);
            feeder.give(if number < 2 { b"abc".as_slice().into() } else { Default::default() });
        };
        let mut reader = pieces.reader(ask);
        let mut text = String::new();
        run(async {
            reader.read_to_string(&mut text).await.unwrap();
            assert_eq!(reader.read_u8().await.unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof);
        });
        assert_eq!((text.as_str(), asked.load(Ordering::Relaxed)), ("abcabc", 3));
        let again = run(async { pieces.reader(|| ()).read_u8().await });
        assert_eq!(again.unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof, "the pieces come once");
    }

    #[test]
    fn an_upload_that_is_over_wants_no_more() {
        let pieces = Pieces::new(1);
        drop(pieces.reader(|| ()));
        assert!(!run(pieces.put(Ok(b"abc".as_slice().into()))));
    }
}
