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
    /// SOCKS 5, and how the proxy decides.
    SocksBy(Decisions),
    /// Sends this response to every request.
    Fixed(&'static str),
}

/// What a SOCKS proxy chooses and sends, in the numbers of RFC 1928 and 1929.
#[derive(Clone, Copy)]
pub(crate) struct Decisions {
    /// 0 for no password, 2 for a user name and password, 255 for none that was offered.
    pub(crate) method: u8,
    /// 0 when the password is right.
    pub(crate) password: u8,
    /// 0 when it connects.
    pub(crate) code: u8,
}

/// A running proxy.
pub(crate) struct Proxy {
    pub(crate) address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub(crate) async fn start(language: Language) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, language.clone(), seen.clone()));
            }
        });
        Self { address, requests }
    }

    /// The head of every request for a tunnel; of SOCKS the host and port.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, language: Language, requests: Arc<Mutex<Vec<String>>>) {
    match language {
        Language::Http => tunnel(stream, &requests).await,
        Language::Https(tls) => tunnel(tls.accept(stream).await.unwrap(), &requests).await,
        Language::Socks => {
            let mut greeting = [0; 3];
            stream.read_exact(&mut greeting).await.unwrap();
            assert_eq!(greeting, [5, 1, 0]);
            stream.write_all(&[5, 0]).await.unwrap();
            socks(stream, 0, &requests).await;
        }
        Language::SocksBy(decisions) => {
            let offered = stream.read_u16().await.unwrap() & 0xff;
            let mut methods = vec![0; usize::from(offered)];
            stream.read_exact(&mut methods).await.unwrap();
            requests.lock().unwrap().push(format!("methods {methods:?}"));
            stream.write_all(&[5, decisions.method]).await.unwrap();
            if decisions.method == 255 {
                return;
            }
            if decisions.method == 2 {
                let mut texts = Vec::new();
                assert_eq!(stream.read_u8().await.unwrap(), 1);
                for _ in 0..2 {
                    let mut text = vec![0; usize::from(stream.read_u8().await.unwrap())];
                    stream.read_exact(&mut text).await.unwrap();
                    texts.push(String::from_utf8(text).unwrap());
                }
                requests.lock().unwrap().push(texts.join(":"));
                stream.write_all(&[1, decisions.password]).await.unwrap();
                if decisions.password != 0 {
                    return;
                }
            }
            socks(stream, decisions.code, &requests).await;
        }
        Language::Fixed(response) => {
            let head = read_head(&mut stream).await;
            requests.lock().unwrap().push(head);
            let _ = stream.write_all(response.as_bytes()).await;
        }
    }
}

async fn socks(mut stream: TcpStream, code: u8, requests: &Mutex<Vec<String>>) {
    let mut head = [0; 5];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(head[..4], [5, 1, 0, 3], "a name, not resolved");
    let mut name = vec![0; usize::from(head[4])];
    stream.read_exact(&mut name).await.unwrap();
    let target = format!("{}:{}", String::from_utf8(name).unwrap(), stream.read_u16().await.unwrap());
    requests.lock().unwrap().push(target.clone());
    stream.write_all(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
    if code == 0 {
        relay(stream, &target).await;
    }
}

async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

async fn tunnel(mut stream: impl AsyncRead + AsyncWrite + Unpin, requests: &Mutex<Vec<String>>) {
    let head = read_head(&mut stream).await;
    requests.lock().unwrap().push(head.clone());
    let target = head.strip_prefix("CONNECT ").unwrap().split(' ').next().unwrap();
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
    relay(stream, target).await;
}

async fn relay(mut stream: impl AsyncRead + AsyncWrite + Unpin, target: &str) {
    let mut server = TcpStream::connect(target).await.unwrap();
    let _ = copy_bidirectional(&mut stream, &mut server).await;
}
