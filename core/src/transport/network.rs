//! The network's side of a connection.

use std::fmt;
use std::io::{Error, ErrorKind, IoSlice, Read, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

/// Has writing to a closed connection fail, and nothing else. By default the system ends the program then, unless
/// it ignores `SIGPIPE`: programs in Rust, Node.js and Python do, those in Swift do not. The standard library sees to
/// that in its plain writes, but not where several pieces are written at once. Apple's sockets are set so when they
/// are made.
#[cfg(any(target_os = "linux", target_os = "android"))]
const NO_SIGNAL: i32 = libc::MSG_NOSIGNAL;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const NO_SIGNAL: i32 = 0;

/// A connection to another machine.
pub(super) struct Network {
    stream: TcpStream,
    look: Look,
    /// Plain HTTP is expected, and nothing has come yet.
    awaits_http: bool,
}

/// The other side of a connection for plain HTTP refuses it by an alert of TLS.
#[derive(Debug)]
pub(super) struct SpeaksTls;

impl fmt::Display for SpeaksTls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the other side speaks TLS")
    }
}

impl std::error::Error for SpeaksTls {}

/// Has the next read ask the system, whatever the runtime knows of it.
///
/// A runtime learns that the server has closed the connection when it waits, and between two calls it may not have waited. A call on
/// such a connection would be lost where repeating is not safe. Asking costs a third of a microsecond.
#[derive(Clone, Default)]
pub(super) struct Look(Arc<AtomicBool>);

impl Look {
    /// The next read asks.
    pub(super) fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed) && self.0.swap(false, Ordering::Relaxed)
    }
}

impl Network {
    /// `plain_http` tells that nothing else will be spoken.
    pub(super) fn new(stream: TcpStream, plain_http: bool) -> Self {
        Self { stream, look: Look::default(), awaits_http: plain_http }
    }

    pub(super) fn look(&self) -> Look {
        self.look.clone()
    }

    fn stream(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }

    fn poll_bytes(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        if self.look.is_asked() {
            let mut piece = [0; 1024];
            let room = piece.len().min(buffer.remaining());
            match (&*SockRef::from(&self.stream)).read(&mut piece[..room]) {
                Ok(length) => {
                    buffer.put_slice(&piece[..length]);
                    return Poll::Ready(Ok(()));
                }
                Err(nothing) if nothing.kind() == ErrorKind::WouldBlock => {}
                Err(cause) => return Poll::Ready(Err(cause)),
            }
        }
        self.stream().poll_read(context, buffer)
    }
}

impl AsyncRead for Network {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        ready!(self.as_mut().poll_bytes(context, buffer))?;
        // The content type of an alert and the first byte of every version: RFC 8446, section 5.1.
        if std::mem::take(&mut self.awaits_http) && buffer.filled()[before..].starts_with(&[21, 3]) {
            return Poll::Ready(Err(Error::new(ErrorKind::InvalidData, SpeaksTls)));
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Network {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        self.stream().poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let stream = &self.stream;
        loop {
            ready!(stream.poll_write_ready(context))?;
            let write = || SockRef::from(stream).send_vectored_with_flags(pieces, NO_SIGNAL);
            match stream.try_io(Interest::WRITABLE, write) {
                Err(full) if full.kind() == ErrorKind::WouldBlock => {}
                written => return Poll::Ready(written),
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.stream().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.stream().poll_shutdown(context)
    }
}
