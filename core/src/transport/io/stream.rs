//! The byte stream of a connection: plain or TLS, to the server or to a proxy.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::client::TlsStream;

use super::forward_proxy::ForwardProxy;
use super::tcp::{LivenessCheck, Tcp};

/// A connection that HTTP can use.
pub(in crate::transport) enum Stream {
    /// Without TLS.
    Plain(Wire),
    /// To a proxy that forwards plain HTTP: requests need the whole URL and perhaps a password.
    Forwarded(Wire, ForwardProxy),
    /// TLS.
    Tls(Box<TlsStream<Wire>>),
}

/// What carries TLS.
pub(in crate::transport) enum Wire {
    /// TCP.
    Tcp(Tcp),
    /// A proxy, whose own connection may be TLS.
    Proxy(Box<Stream>),
}

trait Bytes: AsyncRead + AsyncWrite + Unpin {}
impl<T: AsyncRead + AsyncWrite + Unpin> Bytes for T {}

impl Stream {
    /// Whether the server chose HTTP/2.
    pub(in crate::transport) fn is_http2(&self) -> bool {
        matches!(self, Stream::Tls(stream) if stream.get_ref().1.alpn_protocol() == Some(b"h2"))
    }

    /// Forces a read of the connection; see [`LivenessCheck`].
    pub(in crate::transport) fn liveness_check(&self) -> LivenessCheck {
        match self {
            Stream::Plain(wire) | Stream::Forwarded(wire, _) => wire.liveness_check(),
            Stream::Tls(stream) => stream.get_ref().0.liveness_check(),
        }
    }

    fn inner(self: Pin<&mut Self>) -> Pin<&mut dyn Bytes> {
        match self.get_mut() {
            Stream::Plain(wire) | Stream::Forwarded(wire, _) => Pin::new(wire),
            Stream::Tls(stream) => Pin::new(&mut **stream),
        }
    }
}

impl Wire {
    fn liveness_check(&self) -> LivenessCheck {
        match self {
            Wire::Tcp(tcp) => tcp.liveness_check(),
            Wire::Proxy(stream) => stream.liveness_check(),
        }
    }

    fn inner(self: Pin<&mut Self>) -> Pin<&mut dyn Bytes> {
        match self.get_mut() {
            Wire::Tcp(tcp) => Pin::new(tcp),
            Wire::Proxy(stream) => Pin::new(&mut **stream),
        }
    }
}

/// Reads and writes go to the variant's own stream.
macro_rules! passes_on {
    ($($name:ty)*) => {
        $(
            impl AsyncRead for $name {
                fn poll_read(
                    self: Pin<&mut Self>,
                    context: &mut Context<'_>,
                    buffer: &mut ReadBuf<'_>,
                ) -> Poll<Result<()>> {
                    self.inner().poll_read(context, buffer)
                }
            }

            impl AsyncWrite for $name {
                fn poll_write(
                    self: Pin<&mut Self>,
                    context: &mut Context<'_>,
                    bytes: &[u8],
                ) -> Poll<Result<usize>> {
                    self.inner().poll_write(context, bytes)
                }

                fn poll_write_vectored(
                    self: Pin<&mut Self>,
                    context: &mut Context<'_>,
                    pieces: &[IoSlice<'_>],
                ) -> Poll<Result<usize>> {
                    self.inner().poll_write_vectored(context, pieces)
                }

                // Both TCP and rustls can.
                fn is_write_vectored(&self) -> bool {
                    true
                }

                fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
                    self.inner().poll_flush(context)
                }

                fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
                    self.inner().poll_shutdown(context)
                }
            }
        )*
    };
}

passes_on! { Stream Wire }
