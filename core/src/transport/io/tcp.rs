//! A TCP connection.

use std::fmt;
use std::io::{Error, ErrorKind, IoSlice, Read, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

/// Makes a write to a closed connection return EPIPE instead of raising SIGPIPE, which ends programs that do not ignore it:
/// those in Rust, Node.js and Python do, those in Swift do not. The standard library sets this for its plain writes, but not
/// for vectored ones. Apple's sockets have an option for it, which tokio sets.
#[cfg(any(target_os = "linux", target_os = "android"))]
const NO_SIGNAL: i32 = libc::MSG_NOSIGNAL;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const NO_SIGNAL: i32 = 0;

/// A connection to another machine.
pub(in crate::transport) struct Tcp {
    stream: TcpStream,
    liveness_check: LivenessCheck,
    /// The server should send plain HTTP, and has sent nothing yet.
    awaits_http: bool,
}

/// The other side sent a TLS alert in response to plain HTTP.
#[derive(Debug)]
pub(in crate::transport) struct SpeaksTls;

impl fmt::Display for SpeaksTls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the other side speaks TLS")
    }
}

impl std::error::Error for SpeaksTls {}

/// Forces the next read to read from the socket even if tokio does not think it ready.
///
/// Tokio learns that the server has closed a connection when it polls the system, which it may not have done between two calls.
/// A request on such a connection would be lost where repeating is not safe. The check costs a third of a microsecond.
#[derive(Clone, Default)]
pub(in crate::transport) struct LivenessCheck(Arc<AtomicBool>);

impl LivenessCheck {
    /// Forces the next read.
    pub(in crate::transport) fn request(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed) && self.0.swap(false, Ordering::Relaxed)
    }
}

impl Tcp {
    /// `plain_http`: the server is to send plain HTTP.
    pub(in crate::transport) fn new(stream: TcpStream, plain_http: bool) -> Self {
        Self { stream, liveness_check: LivenessCheck::default(), awaits_http: plain_http }
    }

    /// Forces a read of this connection.
    pub(in crate::transport) fn liveness_check(&self) -> LivenessCheck {
        self.liveness_check.clone()
    }

    fn stream(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }

    fn poll_bytes(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        if self.liveness_check.is_requested() {
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

impl AsyncRead for Tcp {
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

impl AsyncWrite for Tcp {
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
