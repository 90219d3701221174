//! Tunnels through proxies to servers.

use std::error::Error;
use std::fmt;

use http::header::{HOST, HeaderValue, PROXY_AUTHORIZATION};
use http::uri::{Scheme, Uri};
use http::{Method, Request, StatusCode};
use hyper::client::conn::http1;
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use tokio_socks::tcp::Socks5Stream;

use super::stream::Stream;
use crate::http::BoxError;

/// The status with which a proxy refused a tunnel.
#[derive(Debug)]
pub(in crate::transport) struct Refused(pub(in crate::transport) StatusCode);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the proxy responded {}", self.0)
    }
}

impl Error for Refused {}

/// Asks an HTTP proxy, to which `proxy` is connected, for a tunnel to the server.
// RFC 9110, section 9.3.6.
pub(in crate::transport) async fn connect(
    proxy: Stream,
    password: Option<&HeaderValue>,
    server: &Uri,
) -> Result<Stream, BoxError> {
    let (host, port) = address(server);
    let authority = format!("{host}:{port}");
    // A `String` is the simplest empty body.
    let mut request = Request::new(String::new());
    *request.method_mut() = Method::CONNECT;
    *request.uri_mut() = authority.parse()?;
    request.headers_mut().insert(HOST, authority.parse()?);
    if let Some(password) = password {
        request.headers_mut().insert(PROXY_AUTHORIZATION, password.clone());
    }
    let handshake = http1::Builder::new().title_case_headers(true).handshake(TokioIo::new(proxy));
    let (mut sender, connection) = handshake.await?;
    // Hyper passes the error on to the request in progress.
    tokio::spawn(async { drop(connection.with_upgrades().await) });
    let response = sender.send_request(request).await?;
    if !response.status().is_success() {
        return Err(Refused(response.status()).into());
    }
    let tunnel = hyper::upgrade::on(response).await?.downcast::<TokioIo<Stream>>();
    let tunnel = tunnel.map_err(|_| "the proxy's connection is not ours")?;
    match tunnel.read_buf.is_empty() {
        true => Ok(tunnel.io.into_inner()),
        false => Err("the proxy sent bytes before the client did".into()),
    }
}

/// Asks a SOCKS proxy, to which `connection` leads, for a tunnel to the server. The proxy resolves the server's name, also
/// for `socks5`: it knows its network best.
// RFC 1928 and 1929.
pub(super) async fn socks(connection: Stream, proxy: &Intercept, server: &Uri) -> Result<Stream, BoxError> {
    let (host, port) = address(server);
    let server = (host.trim_start_matches('[').trim_end_matches(']'), port);
    let tunnel = match proxy.raw_auth() {
        // Offered beside no authentication, which some proxies choose.
        Some((user, password)) => {
            Socks5Stream::connect_with_password_and_socket(connection, server, user, password).await?
        }
        None => Socks5Stream::connect_with_socket(connection, server).await?,
    };
    Ok(tunnel.into_inner())
}

fn address(server: &Uri) -> (&str, u16) {
    let default = if server.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    (server.host().unwrap_or_default(), server.port_u16().unwrap_or(default))
}
