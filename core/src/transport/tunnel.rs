//! A way through a proxy to a server.

use std::error::Error;
use std::fmt;

use http::header::{HOST, HeaderValue, PROXY_AUTHORIZATION};
use http::uri::{Scheme, Uri};
use http::{Method, Request, StatusCode};
use hyper::client::conn::http1;
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use tokio_socks::tcp::Socks5Stream;

use super::connector::BoxError;
use super::stream::Stream;

/// A proxy's response to a request for a tunnel, when it is not one.
#[derive(Debug)]
pub(super) struct Refused(pub(super) StatusCode);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the proxy answered {}", self.0)
    }
}

impl Error for Refused {}

/// Has an HTTP proxy, which a connection leads to, connect it with the server.
// RFC 9110, section 9.3.6.
pub(super) async fn connect(
    proxy: Stream,
    password: Option<&HeaderValue>,
    server: &Uri,
) -> Result<Stream, BoxError> {
    let (host, port) = place(server);
    let authority = format!("{host}:{port}");
    // A text is the simplest of empty bodies.
    let mut request = Request::new(String::new());
    *request.method_mut() = Method::CONNECT;
    *request.uri_mut() = authority.parse()?;
    request.headers_mut().insert(HOST, authority.parse()?);
    if let Some(password) = password {
        request.headers_mut().insert(PROXY_AUTHORIZATION, password.clone());
    }
    let handshake = http1::Builder::new().title_case_headers(true).handshake(TokioIo::new(proxy));
    let (mut sender, connection) = handshake.await?;
    // Whoever waits for the response is told how the connection ended.
    tokio::spawn(async { drop(connection.with_upgrades().await) });
    let response = sender.send_request(request).await?;
    if !response.status().is_success() {
        return Err(Refused(response.status()).into());
    }
    let tunnel = hyper::upgrade::on(response).await?.downcast::<TokioIo<Stream>>();
    let tunnel = tunnel.map_err(|_| "the proxy's connection is not ours")?;
    match tunnel.read_buf.is_empty() {
        true => Ok(tunnel.io.into_inner()),
        false => Err("the proxy sent something before the server was asked".into()),
    }
}

/// Has a SOCKS proxy, which a connection leads to, connect it with the server. The proxy looks the server's name up,
/// also for `socks5`: it knows its network best.
// RFC 1928 and 1929.
pub(super) async fn socks(connection: Stream, proxy: &Intercept, server: &Uri) -> Result<Stream, BoxError> {
    let (host, port) = place(server);
    let server = (host.trim_start_matches('[').trim_end_matches(']'), port);
    let tunnel = match proxy.raw_auth() {
        // Offered beside none at all, which some proxies choose.
        Some((user, password)) => {
            Socks5Stream::connect_with_password_and_socket(connection, server, user, password).await?
        }
        None => Socks5Stream::connect_with_socket(connection, server).await?,
    };
    Ok(tunnel.into_inner())
}

fn place(server: &Uri) -> (&str, u16) {
    let default = if server.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    (server.host().unwrap_or_default(), server.port_u16().unwrap_or(default))
}
