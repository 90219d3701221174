//! The way to a server: the network, a proxy where there is one, and TLS.

use std::error::Error;
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

use super::by_proxy::ByProxy;
use super::forwarder::Forwarder;
use super::network::Network;
use super::proxy::Proxies;
use super::stream::{Stream, Wire};
use super::tunnel;

pub(super) type BoxError = Box<dyn Error + Send + Sync>;

/// Where a SOCKS proxy listens that names no port.
// RFC 1928, section 3.
const SOCKS_PORT: u16 = 1080;
/// How often the system asks whether the other side of a silent connection is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const KEEP_ALIVE_RETRIES: u32 = 3;
/// How long sent bytes may go without the other side's receipt.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// Opens connections.
#[derive(Clone)]
pub(super) struct Connector {
    network: HttpConnector,
    tls: Arc<ClientConfig>,
    /// None on the way to a proxy, before which there is no other.
    proxies: Option<Arc<Proxies>>,
    time_limit: Duration,
}

impl Connector {
    /// `time_limit` is for everything until HTTP can be spoken.
    pub(super) fn new(tls: ClientConfig, proxies: Proxies, time_limit: Duration) -> Self {
        let mut network = HttpConnector::new();
        network.enforce_http(false);
        network.set_nodelay(true);
        network.set_keepalive(Some(KEEP_ALIVE));
        network.set_keepalive_interval(Some(KEEP_ALIVE));
        network.set_keepalive_retries(Some(KEEP_ALIVE_RETRIES));
        #[cfg(target_os = "linux")]
        network.set_tcp_user_timeout(Some(UNACKNOWLEDGED));
        // Shared out over the server's addresses, so that one that is silent leaves time for the next.
        network.set_connect_timeout(Some(time_limit));
        Self { network, tls: Arc::new(tls), proxies: Some(Arc::new(proxies)), time_limit }
    }

    /// Opens a connection to a server.
    pub(super) async fn open(&self, server: Uri) -> Result<Stream, BoxError> {
        let stream = tokio::time::timeout(self.time_limit, self.connect(server)).await;
        stream.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    async fn connect(&self, server: Uri) -> Result<Stream, BoxError> {
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.on_the_way_to(&server));
        let secure = server.scheme() == Some(&Scheme::HTTPS);
        let stream = match proxy {
            None => self.reach(server.clone(), !secure).await?,
            Some(proxy) => {
                let stream = Box::pin(self.connect_by(&proxy, &server)).await;
                stream.map_err(|cause| ByProxy::new(&proxy, cause))?
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

    /// Opens a connection over the network.
    async fn reach(&self, place: Uri, plain_http: bool) -> Result<Stream, BoxError> {
        let stream = self.network.clone().call(place).await?.into_inner();
        Ok(Stream::Plain(Wire::Network(Network::new(stream, plain_http))))
    }

    /// The way to a server, without the TLS that may be spoken with it.
    async fn connect_by(&self, proxy: &Intercept, server: &Uri) -> Result<Stream, BoxError> {
        match proxy.uri().scheme_str() {
            Some("socks5" | "socks5h") => {
                let (host, port) = (proxy.uri().host().unwrap_or_default(), proxy.uri().port_u16());
                let place = format!("http://{host}:{}", port.unwrap_or(SOCKS_PORT)).parse()?;
                tunnel::socks(self.reach(place, false).await?, proxy, server).await
            }
            Some("http" | "https") => {
                let to_proxy = self.to_proxy().connect(proxy.uri().clone()).await?;
                match server.scheme() == Some(&Scheme::HTTPS) {
                    true => tunnel::connect(to_proxy, proxy.basic_auth(), server).await,
                    false => Ok(Stream::Forwarded(Wire::Proxy(Box::new(to_proxy)), Forwarder::of(proxy))),
                }
            }
            _ => Err("of proxies only http, https and socks5 can be used".into()),
        }
    }

    /// A connector for the way to a proxy, where only HTTP/1.1 is spoken.
    fn to_proxy(&self) -> Self {
        let mut tls = (*self.tls).clone();
        tls.alpn_protocols.clear();
        Self { tls: Arc::new(tls), proxies: None, ..self.clone() }
    }
}
