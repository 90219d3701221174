use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::{Failure, Response};

/// An HTTP server that keeps every request and sends the response that it is set to.
pub struct Recorder {
    endpoint: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    response: Response,
    requests: Vec<Value>,
}

impl Recorder {
    /// Starts it on a free port; it ends with the program.
    ///
    /// # Errors
    /// When there is no port.
    pub fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let endpoint = format!("http://{}/v1", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                // The client reports a connection that breaks.
                std::thread::spawn(move || serve(stream, &state).ok());
            }
        });
        Ok(Self { endpoint, state })
    }

    /// Where to send requests.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Forgets the requests and responds to the next ones like this.
    pub fn expect(&self, response: Response) {
        if let Ok(mut state) = self.state.lock() {
            *state = State { response, requests: Vec::new() };
        }
    }

    /// The requests since the last `expect`.
    pub fn requests(&self) -> Vec<Value> {
        self.state.lock().map(|state| state.requests.clone()).unwrap_or_default()
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut output = stream.try_clone()?;
    let mut input = BufReader::new(stream);
    while let Some(request) = read(&mut input)? {
        let response = match state.lock() {
            Ok(mut state) => {
                state.requests.push(request);
                state.response.clone()
            }
            Err(_) => return Ok(()),
        };
        if response.hang {
            // Until the client gives up.
            input.read_line(&mut String::new())?;
            return Ok(());
        }
        let body = STANDARD.decode(&response.body).unwrap_or_default();
        let mut head = format!("HTTP/1.1 {} Recorded\r\n", response.status);
        for (name, value) in &response.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if response.status != 204 {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        output.write_all(&[head.as_bytes(), b"\r\n", &body].concat())?;
    }
    Ok(())
}

/// The next request; none when the client has closed the connection.
fn read(input: &mut BufReader<TcpStream>) -> std::io::Result<Option<Value>> {
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut parts = line.split_whitespace();
    let (method, target) =
        (parts.next().unwrap_or_default().to_owned(), parts.next().unwrap_or_default().to_owned());
    let mut headers: Vec<(String, String)> = Vec::new();
    loop {
        line.clear();
        input.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let header = |wanted: &str| {
        headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
    };
    let body = if header("transfer-encoding") == Some("chunked") {
        read_chunks(input)?
    } else {
        let length = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        input.read_exact(&mut body)?;
        body
    };
    Ok(Some(json!({ "method": method, "target": target, "headers": headers, "body": STANDARD.encode(body) })))
}

fn read_chunks(input: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        input.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
        let start = body.len();
        body.resize(start + length + 2, 0);
        input.read_exact(&mut body[start..])?;
        body.truncate(start + length);
        if length == 0 {
            return Ok(body);
        }
    }
}
