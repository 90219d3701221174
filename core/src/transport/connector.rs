//! The way to a server: the network, a proxy where there is one, and TLS.

use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::uri::{Scheme, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::network::Network;
use super::proxy::Proxies;
use super::stream::{Stream, Wire};

pub(super) type BoxError = Box<dyn Error + Send + Sync>;

/// How often the system asks whether the other side of a silent connection is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const KEEP_ALIVE_RETRIES: u32 = 3;
/// How long sent bytes may go without the other side's receipt.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// A proxy could not be used.
#[derive(Debug)]
pub(super) struct ByProxy {
    /// Its scheme, host and port.
    pub(super) address: String,
    cause: BoxError,
}

impl ByProxy {
    fn new(proxy: &Uri, cause: BoxError) -> Self {
        let authority = proxy.authority().map_or("", |authority| authority.as_str());
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        Self { address: format!("{}://{host}", proxy.scheme_str().unwrap_or("http")), cause }
    }
}

impl fmt::Display for ByProxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the proxy {} cannot be used", self.address)
    }
}

impl Error for ByProxy {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}

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
        let stream = tokio::time::timeout(self.time_limit, self.clone().connect(server)).await;
        stream.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    async fn connect(mut self, server: Uri) -> Result<Stream, BoxError> {
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.on_the_way_to(&server));
        let stream = match proxy {
            None => Stream::Plain(Wire::Network(Network::new(
                self.network.call(server.clone()).await?.into_inner(),
            ))),
            Some(proxy) => {
                let stream = self.connect_by(&proxy, &server).await;
                stream.map_err(|cause| ByProxy::new(proxy.uri(), cause))?
            }
        };
        match stream {
            Stream::Plain(wire) if server.scheme() == Some(&Scheme::HTTPS) => {
                let host = server.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
                let name = ServerName::try_from(host.to_owned())?;
                Ok(Stream::Tls(Box::new(TlsConnector::from(self.tls).connect(name, wire).await?)))
            }
            plain => Ok(plain),
        }
    }

    /// The way to a server, without the TLS that may be spoken with it.
    async fn connect_by(&self, proxy: &Intercept, server: &Uri) -> Result<Stream, BoxError> {
        let secure = server.scheme() == Some(&Scheme::HTTPS);
        match proxy.uri().scheme_str() {
            Some("socks5" | "socks5h") => self.socks(proxy, server).await.map(Stream::Plain),
            Some("http" | "https") if secure => self.tunnel(proxy, server).await.map(Stream::Plain),
            Some("http" | "https") => {
                let stream = self.to_proxy().call(proxy.uri().clone()).await?.into_inner();
                Ok(Stream::Forwarded(Wire::Proxy(Box::new(stream)), proxy.basic_auth().cloned()))
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

    async fn tunnel(&self, proxy: &Intercept, server: &Uri) -> Result<Wire, BoxError> {
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.to_proxy());
        if let Some(password) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(password.clone());
        }
        Ok(Wire::Proxy(Box::new(tunnel.call(server.clone()).await?.into_inner())))
    }

    /// The proxy looks the server's name up, also for `socks5`: it knows its network best.
    async fn socks(&self, proxy: &Intercept, server: &Uri) -> Result<Wire, BoxError> {
        let address = |uri: &Uri, port: u16| {
            let host = uri.host().unwrap_or_default();
            format!("http://{host}:{}", uri.port_u16().unwrap_or(port)).parse::<Uri>()
        };
        let port = if server.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
        let mut socks = SocksV5::new(address(proxy.uri(), 1080)?, self.network.clone());
        if let Some((user, password)) = proxy.raw_auth() {
            socks = socks.with_auth(user.to_owned(), password.to_owned());
        }
        Ok(Wire::Network(Network::new(socks.call(address(server, port)?).await?.into_inner())))
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Stream>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move { connector.open(server).await.map(TokioIo::new) })
    }
}
