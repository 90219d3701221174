//! A connection's bytes: plain, or within TLS, to the server or to a proxy before it.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::client::TlsStream;

use super::forwarder::Forwarder;
use super::network::{Look, Network};

/// A connection that HTTP can be spoken on.
pub(super) enum Stream {
    /// Without TLS.
    Plain(Wire),
    /// To a proxy that sends plain HTTP on, and must be told where to and perhaps a password.
    Forwarded(Wire, Forwarder),
    /// Within TLS.
    Tls(Box<TlsStream<Wire>>),
}

/// What TLS is spoken on.
pub(super) enum Wire {
    /// The network.
    Network(Network),
    /// A proxy, to which the way may itself be within TLS.
    Proxy(Box<Stream>),
}

trait Bytes: AsyncRead + AsyncWrite + Unpin {}
impl<T: AsyncRead + AsyncWrite + Unpin> Bytes for T {}

impl Stream {
    /// Whether the server chose HTTP/2.
    pub(super) fn is_http2(&self) -> bool {
        matches!(self, Stream::Tls(stream) if stream.get_ref().1.alpn_protocol() == Some(b"h2"))
    }

    /// Has the network asked; see there.
    pub(super) fn look(&self) -> Look {
        match self {
            Stream::Plain(wire) | Stream::Forwarded(wire, _) => wire.look(),
            Stream::Tls(stream) => stream.get_ref().0.look(),
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
    fn look(&self) -> Look {
        match self {
            Wire::Network(network) => network.look(),
            Wire::Proxy(stream) => stream.look(),
        }
    }

    fn inner(self: Pin<&mut Self>) -> Pin<&mut dyn Bytes> {
        match self.get_mut() {
            Wire::Network(network) => Pin::new(network),
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

                // Both the network and rustls can.
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
