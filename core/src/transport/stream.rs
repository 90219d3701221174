//! A connection's bytes: plain, or within TLS, to the server or to a proxy before it.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// A connection that HTTP can be spoken on.
pub(super) enum Stream {
    /// Without TLS.
    Plain(Wire),
    /// To a proxy that sends plain HTTP on, and must be told where to.
    Forwarded(Wire),
    /// Within TLS.
    Tls(Box<TlsStream<Wire>>),
}

/// What TLS is spoken on.
pub(super) enum Wire {
    /// The network.
    Tcp(TcpStream),
    /// A proxy, to which the way may itself be within TLS.
    Proxy(Box<Stream>),
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        let connected = Connected::new();
        match self {
            Stream::Plain(_) => connected,
            Stream::Forwarded(_) => connected.proxy(true),
            Stream::Tls(stream) if stream.get_ref().1.alpn_protocol() == Some(b"h2") => {
                connected.negotiated_h2()
            }
            Stream::Tls(_) => connected,
        }
    }
}

trait Bytes: AsyncRead + AsyncWrite + Unpin {}
impl<T: AsyncRead + AsyncWrite + Unpin> Bytes for T {}

impl Stream {
    fn inner(self: Pin<&mut Self>) -> Pin<&mut dyn Bytes> {
        match self.get_mut() {
            Stream::Plain(wire) | Stream::Forwarded(wire) => Pin::new(wire),
            Stream::Tls(stream) => Pin::new(&mut **stream),
        }
    }
}

impl Wire {
    fn inner(self: Pin<&mut Self>) -> Pin<&mut dyn Bytes> {
        match self.get_mut() {
            Wire::Tcp(stream) => Pin::new(stream),
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
