//! A proxy that tunnels, over HTTP or SOCKS.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What the proxy speaks.
#[derive(Clone)]
pub(crate) enum Language {
    Http,
    /// HTTP within TLS.
    Https(TlsAcceptor),
    /// SOCKS 5 without a password.
    Socks,
}

/// A running proxy.
pub(crate) struct Proxy {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub(crate) async fn start(language: Language) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = asked.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, language.clone(), seen.clone()));
            }
        });
        Self { address, asked }
    }

    /// The head of every request for a tunnel; of SOCKS the host and port.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, language: Language, asked: Arc<Mutex<Vec<String>>>) {
    match language {
        Language::Http => tunnel(stream, &asked).await,
        Language::Https(tls) => tunnel(tls.accept(stream).await.unwrap(), &asked).await,
        Language::Socks => {
            let mut greeting = [0; 3];
            stream.read_exact(&mut greeting).await.unwrap();
            assert_eq!(greeting, [5, 1, 0]);
            stream.write_all(&[5, 0]).await.unwrap();
            let mut head = [0; 5];
            stream.read_exact(&mut head).await.unwrap();
            assert_eq!(head[..4], [5, 1, 0, 3], "a name, not looked up");
            let mut name = vec![0; usize::from(head[4])];
            stream.read_exact(&mut name).await.unwrap();
            let target = format!("{}:{}", String::from_utf8(name).unwrap(), stream.read_u16().await.unwrap());
            asked.lock().unwrap().push(target.clone());
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
            relay(stream, &target).await;
        }
    }
}

async fn tunnel(mut stream: impl AsyncRead + AsyncWrite + Unpin, asked: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    asked.lock().unwrap().push(head.clone());
    let target = head.strip_prefix("CONNECT ").unwrap().split(' ').next().unwrap();
    if target.starts_with("forbidden") {
        let refused = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
        return stream.write_all(refused).await.unwrap();
    }
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
    relay(stream, target).await;
}

async fn relay(mut stream: impl AsyncRead + AsyncWrite + Unpin, target: &str) {
    let mut server = TcpStream::connect(target).await.unwrap();
    let _ = copy_bidirectional(&mut stream, &mut server).await;
}
