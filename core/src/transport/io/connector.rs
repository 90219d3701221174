//! Opening connections: TCP, a proxy where there is one, and TLS.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use http::uri::{Scheme, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::proxy::matcher::Intercept;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::forward_proxy::ForwardProxy;
use super::proxy::Proxies;
use super::proxy_error::ProxyError;
use super::stream::{Stream, Wire};
use super::tcp::Tcp;
use super::tunnel;
use crate::http::BoxError;

/// The port of a SOCKS proxy whose address has none.
// RFC 1928, section 3.
const SOCKS_PORT: u16 = 1080;
/// How often the system probes whether the other side of a silent connection is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const KEEP_ALIVE_RETRIES: u32 = 3;
/// How long sent bytes may stay unacknowledged.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// Opens connections.
#[derive(Clone)]
pub(in crate::transport) struct Connector {
    network: HttpConnector,
    tls: Arc<ClientConfig>,
    /// None when connecting to a proxy: no other proxy stands before it.
    proxies: Option<Arc<Proxies>>,
    time_limit: Duration,
}

impl Connector {
    /// `time_limit` covers everything until HTTP can start.
    pub(in crate::transport) fn new(tls: ClientConfig, proxies: Proxies, time_limit: Duration) -> Self {
        let mut network = HttpConnector::new();
        network.enforce_http(false);
        network.set_nodelay(true);
        network.set_keepalive(Some(KEEP_ALIVE));
        network.set_keepalive_interval(Some(KEEP_ALIVE));
        network.set_keepalive_retries(Some(KEEP_ALIVE_RETRIES));
        #[cfg(target_os = "linux")]
        network.set_tcp_user_timeout(Some(UNACKNOWLEDGED));
        // hyper-util divides it among the server's addresses, so that a silent address leaves time for the next.
        network.set_connect_timeout(Some(time_limit));
        Self { network, tls: Arc::new(tls), proxies: Some(Arc::new(proxies)), time_limit }
    }

    /// Opens a connection to a server.
    pub(in crate::transport) async fn open(&self, server: Uri) -> Result<Stream, BoxError> {
        let stream = tokio::time::timeout(self.time_limit, self.connect(server)).await;
        stream.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    async fn connect(&self, server: Uri) -> Result<Stream, BoxError> {
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.for_server(&server));
        let secure = server.scheme() == Some(&Scheme::HTTPS);
        let stream = match proxy {
            None => self.connect_tcp(server.clone(), !secure).await?,
            Some(proxy) => {
                let stream = Box::pin(self.connect_through(&proxy, &server)).await;
                stream.map_err(|cause| ProxyError::new(&proxy, cause))?
            }
        };
        if !secure {
            return Ok(stream);
        }
        let wire = match stream {
            Stream::Plain(wire) => wire,
            to_proxy => Wire::Proxy(Box::new(to_proxy)),
        };
        let host = server.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned())?;
        Ok(Stream::Tls(Box::new(TlsConnector::from(self.tls.clone()).connect(name, wire).await?)))
    }

    /// Opens a TCP connection.
    async fn connect_tcp(&self, address: Uri, plain_http: bool) -> Result<Stream, BoxError> {
        let stream = self.network.clone().call(address).await?.into_inner();
        Ok(Stream::Plain(Wire::Tcp(Tcp::new(stream, plain_http))))
    }

    /// Connects to a server through a proxy, without TLS to the server.
    async fn connect_through(&self, proxy: &Intercept, server: &Uri) -> Result<Stream, BoxError> {
        match proxy.uri().scheme_str() {
            Some("socks5" | "socks5h") => {
                let (host, port) = (proxy.uri().host().unwrap_or_default(), proxy.uri().port_u16());
                let address = format!("http://{host}:{}", port.unwrap_or(SOCKS_PORT)).parse()?;
                tunnel::socks(self.connect_tcp(address, false).await?, proxy, server).await
            }
            Some("http" | "https") => {
                let to_proxy = self.to_proxy().connect(proxy.uri().clone()).await?;
                match server.scheme() == Some(&Scheme::HTTPS) {
                    true => tunnel::connect(to_proxy, proxy.basic_auth(), server).await,
                    false => Ok(Stream::Forwarded(Wire::Proxy(Box::new(to_proxy)), ForwardProxy::of(proxy))),
                }
            }
            _ => Err("the client can use http, https and socks5 proxies only".into()),
        }
    }

    /// A connector to a proxy, which is used with HTTP/1.1 only.
    fn to_proxy(&self) -> Self {
        let mut tls = (*self.tls).clone();
        tls.alpn_protocols.clear();
        Self { tls: Arc::new(tls), proxies: None, ..self.clone() }
    }
}
