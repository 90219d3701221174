//! What goes over a connection that many calls share.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use crate::transport::io::stream::Stream;

/// When a connection was last read from, and how often it was written to.
pub(super) struct Activity {
    began: Instant,
    /// When bytes came last, in nanoseconds from then on.
    last_read: AtomicU64,
    /// How often bytes were written.
    writes: AtomicU64,
}

impl Activity {
    /// The activity of a connection that has just been opened.
    pub(super) fn new() -> Self {
        Self { began: Instant::now(), last_read: AtomicU64::default(), writes: AtomicU64::default() }
    }

    /// For how long nothing has come.
    pub(super) fn silence(&self) -> Duration {
        let last_read = Duration::from_nanos(self.last_read.load(Ordering::Relaxed));
        self.began.elapsed().saturating_sub(last_read)
    }

    /// A number that grows with everything that is written.
    pub(super) fn writes(&self) -> u64 {
        self.writes.load(Ordering::Acquire)
    }
}

/// A stream that records its activity.
///
/// A server that ends a connection may first say, in a GOAWAY, which requests it has not processed. Writing fails as soon as
/// the connection has ended, even where the GOAWAY has not been read yet. So a failed write counts as done, and reading finds
/// out how the connection ended.
pub(super) struct WatchedStream {
    stream: Stream,
    activity: Arc<Activity>,
    is_broken: bool,
}

impl WatchedStream {
    /// Records what goes over the stream.
    pub(super) fn new(stream: Stream, activity: Arc<Activity>) -> Self {
        Self { stream, activity, is_broken: false }
    }

    fn wrote(&mut self, written: Result<usize>, length: usize) -> Poll<Result<usize>> {
        if written.as_ref().is_ok_and(|length| *length > 0) {
            self.activity.writes.fetch_add(1, Ordering::Release);
        }
        self.is_broken |= written.is_err();
        Poll::Ready(written.or(Ok(length)))
    }
}

impl AsyncRead for WatchedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let read = ready!(Pin::new(&mut self.stream).poll_read(context, buffer));
        if buffer.filled().len() > before {
            let now = u64::try_from(self.activity.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.activity.last_read.store(now, Ordering::Relaxed);
        }
        Poll::Ready(read)
    }
}

impl AsyncWrite for WatchedStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        if self.is_broken {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, bytes));
        self.wrote(written, bytes.len())
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let length = pieces.iter().map(|piece| piece.len()).sum();
        if self.is_broken {
            return Poll::Ready(Ok(length));
        }
        let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(context, pieces));
        self.wrote(written, length)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        if !self.is_broken {
            let flushed = ready!(Pin::new(&mut self.stream).poll_flush(context));
            self.is_broken = flushed.is_err();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        if self.is_broken {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::transport::io::stream::Wire;
    use crate::transport::io::tcp::Tcp;

    #[tokio::test]
    async fn bytes_that_a_server_sent_before_it_broke_the_connection_are_read() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let mut server = listener.accept().await.unwrap().0;
        let activity = Arc::new(Activity::new());
        let mut watched =
            WatchedStream::new(Stream::Plain(Wire::Tcp(Tcp::new(stream, false))), activity.clone());
        watched.write_all(b"unread").await.unwrap();
        assert_eq!(activity.writes(), 1);
        server.write_all(b"bye").await.unwrap();
        // It has not read all, so this resets the connection.
        drop(server);
        watched.write_all(b"lost").await.unwrap();
        watched.write_all(b"lost").await.unwrap();
        watched.flush().await.unwrap();
        assert_eq!(activity.writes(), 1);
        let mut said = Vec::new();
        let _ = watched.read_to_end(&mut said).await;
        assert_eq!(said, b"bye");
    }
}
