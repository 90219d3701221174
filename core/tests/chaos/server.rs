//! A server over HTTP/1.1 that misbehaves with a part of its calls, as servers, proxies and networks do.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::chance::Chance;

/// What may happen to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A reset instead of a response.
    ResetBefore,
    /// The end of the connection instead of a response.
    EndBefore,
    ResetInHead,
    EndInHead,
    ResetInBody,
    EndInBody,
    /// The response comes a while later.
    Late,
    /// The response comes in a few pieces.
    InPieces,
    /// The response comes in many small pieces.
    Slowly,
    /// The server shuts down its side, but reads for a while.
    HalfClosed,
    /// A while after the response another one comes, without a request.
    Twice,
    /// Meaningless bytes follow the response.
    Garbage,
    /// The server announces the end of the connection, and ends it.
    Closes,
    /// The server ends the connection after the response without announcing it.
    ClosesUnsaid,
    /// The announced length is shorter than the response.
    TooShort,
    /// Interim responses come first.
    Hints,
    /// The server rejects the call before it has all of it.
    RejectedEarly,
    /// The server resets the idle connection.
    ResetIdle,
}

/// The kinds that are drawn after a request has been read.
pub(crate) const KINDS: [Kind; 16] = [
    Kind::ResetBefore,
    Kind::EndBefore,
    Kind::ResetInHead,
    Kind::EndInHead,
    Kind::ResetInBody,
    Kind::EndInBody,
    Kind::Late,
    Kind::InPieces,
    Kind::Slowly,
    Kind::HalfClosed,
    Kind::Twice,
    Kind::Garbage,
    Kind::Closes,
    Kind::ClosesUnsaid,
    Kind::TooShort,
    Kind::Hints,
];

/// The server.
pub(crate) struct Chaos {
    /// One of this many calls goes wrong; 0 for none.
    one_of: u64,
    kinds: Vec<Kind>,
    chance: Chance,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    posts: BTreeMap<String, usize>,
    kinds: BTreeMap<String, usize>,
    connections: usize,
}

impl Chaos {
    /// Serves in a task; returns itself and its endpoint.
    pub(crate) async fn start(port: u16, one_of: u64, kinds: Vec<Kind>) -> (Arc<Self>, String) {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
        let chaos = Arc::new(Self { one_of, kinds, chance: Chance::new(7), seen: Mutex::default() });
        let server = chaos.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                server.seen.lock().unwrap().connections += 1;
                let server = server.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        (chaos, endpoint)
    }

    /// How often each POST arrived, by the ID of the user that it makes.
    pub(crate) fn posts(&self) -> BTreeMap<String, usize> {
        self.seen.lock().unwrap().posts.clone()
    }

    /// What happened, for the report.
    pub(crate) fn report(&self) -> Value {
        let seen = self.seen.lock().unwrap();
        json!({ "posts": seen.posts, "kinds": seen.kinds, "connections": seen.connections })
    }

    fn has(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// What happens to the next call; `None` for a good response.
    fn draw(&self) -> Option<Kind> {
        let goes_wrong = self.one_of > 0 && self.chance.below(self.one_of) == 0;
        let drawn: Vec<_> = KINDS.into_iter().filter(|kind| self.has(*kind)).collect();
        let kind = goes_wrong.then(|| drawn[self.chance.below(drawn.len() as u64) as usize]);
        kind.inspect(|kind| self.count(*kind))
    }

    /// Whether a kind that is rare and independent of the request happens now.
    fn rarely(&self, kind: Kind) -> bool {
        let happens = self.one_of > 0 && self.has(kind) && self.chance.below(self.one_of * 20) == 0;
        if happens {
            self.count(kind);
        }
        happens
    }

    fn count(&self, kind: Kind) {
        *self.seen.lock().unwrap().kinds.entry(format!("{kind:?}")).or_default() += 1;
    }

    async fn serve(&self, mut stream: TcpStream) {
        let mut buffer = Vec::new();
        // An error means that the client ended the connection.
        while let Ok(true) = self.serve_one(&mut stream, &mut buffer).await {}
    }

    /// Serves the next request; false when the connection is to end.
    async fn serve_one(&self, stream: &mut TcpStream, buffer: &mut Vec<u8>) -> std::io::Result<bool> {
        if self.rarely(Kind::ResetIdle) {
            sleep(Duration::from_millis(self.chance.below(10))).await;
            return reset(stream);
        }
        let end = loop {
            if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            if stream.read_buf(buffer).await? == 0 {
                return Ok(false);
            }
        };
        let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
        let mut line = head.split(' ');
        let (method, path) = (line.next().unwrap_or_default(), line.next().unwrap_or_default());
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
        });
        let length: usize = length.unwrap_or(0);
        if method == "POST" && self.rarely(Kind::RejectedEarly) {
            stream
                .write_all(b"HTTP/1.1 503 Busy\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
                .await?;
            return Ok(false);
        }
        while buffer.len() < end + length {
            if stream.read_buf(buffer).await? == 0 {
                return Ok(false);
            }
        }
        let body: Vec<u8> = buffer.drain(..end + length).skip(end).collect();
        if path.ends_with("/report") {
            stream.write_all(&response("200 OK", &self.report().to_string())).await?;
            return Ok(true);
        }
        let user = if method == "POST" {
            let body: Value = serde_json::from_slice(&body).unwrap();
            let user = body["userId"].as_str().unwrap().to_owned();
            *self.seen.lock().unwrap().posts.entry(user.clone()).or_default() += 1;
            user
        } else {
            path.rsplit('/').next().unwrap_or_default().to_owned()
        };
        self.respond(stream, &user).await
    }

    async fn respond(&self, stream: &mut TcpStream, id: &str) -> std::io::Result<bool> {
        let whole = response("200 OK", &user(id));
        let head = whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
        let in_head = 1 + self.chance.below(head as u64 - 2) as usize;
        let in_body = head + 1 + self.chance.below((whole.len() - head) as u64 - 2) as usize;
        let Some(kind) = self.draw() else {
            stream.write_all(&whole).await?;
            return Ok(true);
        };
        match kind {
            Kind::ResetBefore => return reset(stream),
            Kind::EndBefore => return Ok(false),
            Kind::ResetInHead => {
                stream.write_all(&whole[..in_head]).await?;
                return reset(stream);
            }
            Kind::ResetInBody => {
                stream.write_all(&whole[..in_body]).await?;
                sleep(Duration::from_millis(1)).await;
                return reset(stream);
            }
            Kind::EndInHead => stream.write_all(&whole[..in_head]).await?,
            Kind::EndInBody => stream.write_all(&whole[..in_body]).await?,
            Kind::Late => {
                sleep(Duration::from_millis(self.chance.below(300))).await;
                stream.write_all(&whole).await?;
                return Ok(true);
            }
            Kind::InPieces | Kind::Slowly => {
                let size = if kind == Kind::Slowly { 25 } else { 150 };
                for piece in whole.chunks(size) {
                    stream.write_all(piece).await?;
                    sleep(Duration::from_millis(1)).await;
                }
                return Ok(true);
            }
            Kind::HalfClosed => {
                stream.write_all(&whole).await?;
                stream.shutdown().await?;
                sleep(Duration::from_millis(50)).await;
            }
            Kind::Twice => {
                stream.write_all(&whole).await?;
                // The pause is between nothing and a millisecond.
                let pause = self.chance.below(2000);
                if pause >= 1000 {
                    sleep(Duration::from_micros(pause - 1000)).await;
                } else {
                    tokio::task::yield_now().await;
                }
                stream.write_all(&response("200 OK", &user("another"))).await?;
                return Ok(true);
            }
            Kind::Garbage => {
                stream.write_all(&[&whole[..], b"\0garbage"].concat()).await?;
                return Ok(true);
            }
            Kind::Closes => {
                let said = String::from_utf8(whole).unwrap().replacen("\r\n", "\r\nconnection: close\r\n", 1);
                stream.write_all(said.as_bytes()).await?;
            }
            Kind::ClosesUnsaid => stream.write_all(&whole).await?,
            Kind::TooShort => {
                let said = String::from_utf8(whole).unwrap();
                let length = user(id).len();
                let short = said.replacen(&length.to_string(), &(length - 7).to_string(), 1);
                stream.write_all(short.as_bytes()).await?;
            }
            Kind::Hints | Kind::RejectedEarly | Kind::ResetIdle => {
                let hints = b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n";
                stream.write_all(hints).await?;
                sleep(Duration::from_millis(2)).await;
                stream.write_all(&whole).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn reset(stream: &TcpStream) -> std::io::Result<bool> {
    stream.set_zero_linger()?;
    Ok(false)
}

fn response(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// A user as the typed clients expect one.
fn user(id: &str) -> String {
    json!({
        "$id": id,
        "$createdAt": "2026-01-01T00:00:00.000+00:00",
        "$updatedAt": "2026-01-01T00:00:00.000+00:00",
        "name": "n".repeat(200),
        "registration": "2026-01-01T00:00:00.000+00:00",
        "status": true,
        "labels": [],
        "passwordUpdate": "",
        "email": "",
        "phone": "",
        "emailVerification": true,
        "phoneVerification": true,
        "mfa": false,
        "prefs": {},
        "targets": [],
        "accessedAt": "",
    })
    .to_string()
}
