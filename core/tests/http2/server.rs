//! Servers that speak HTTP/2, or HTTP/1.1 behind the same TLS.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use polywrite::{Client, ClientBuilder};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

pub(crate) const H2: &[u8] = b"h2";

/// A server that responds with the version of HTTP that was spoken.
pub(crate) struct Server {
    endpoint: String,
    pub(crate) connections: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) async fn start(offered: &[&[u8]]) -> Self {
        Self::start_after(0, offered).await
    }

    /// A server that never sends a byte on its first connections.
    pub(crate) async fn start_after(silent: usize, offered: &[&[u8]]) -> Self {
        let tls = acceptor(offered);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("https://{}/v1", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = connections.clone();
        tokio::spawn(async move {
            let mut kept = Vec::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                if counter.fetch_add(1, Ordering::SeqCst) < silent {
                    kept.push(stream);
                } else {
                    tokio::spawn(serve(tls.clone(), stream));
                }
            }
        });
        Self { endpoint, connections }
    }

    pub(crate) fn client(&self) -> ClientBuilder {
        Client::builder().endpoint(&*self.endpoint).self_signed(true)
    }
}

/// A server's side of TLS, for these versions of HTTP.
pub(crate) fn acceptor(offered: &[&[u8]]) -> TlsAcceptor {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], PrivateKeyDer::Pkcs8(signing_key.serialize_der().into()))
        .unwrap();
    config.alpn_protocols = offered.iter().map(|name| name.to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

pub(crate) async fn serve(tls: TlsAcceptor, stream: TcpStream) {
    let stream = tls.accept(stream).await.unwrap();
    match stream.get_ref().1.alpn_protocol() {
        Some(H2) => serve_http2(stream).await,
        _ => serve_http1(stream).await,
    }
}

async fn serve_http2(stream: TlsStream<TcpStream>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    let mut is_first = true;
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        if std::mem::take(&mut is_first) && request.uri().path().ends_with("/busy") {
            respond.send_reset(h2::Reason::REFUSED_STREAM);
            continue;
        }
        // The whole URL, as HTTP/2 requires it.
        let text = match request.uri().authority() {
            Some(_) => Bytes::from_static(b"HTTP/2"),
            None => Bytes::from_static(b"HTTP/2 without a host"),
        };
        let mut body = respond.send_response(http::Response::new(()), false).unwrap();
        body.send_data(text, true).unwrap();
    }
}

async fn serve_http1(mut stream: TlsStream<TcpStream>) {
    let mut seen = Vec::new();
    while respond_http1(&mut stream, &mut seen).await {}
}

/// Responds to the next request; false when there is none.
pub(crate) async fn respond_http1(stream: &mut TlsStream<TcpStream>, seen: &mut Vec<u8>) -> bool {
    while stream.read_buf(seen).await.is_ok_and(|length| length > 0) {
        if seen.ends_with(b"\r\n\r\n") {
            seen.clear();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nHTTP/1.1").await.unwrap();
            return true;
        }
    }
    false
}
