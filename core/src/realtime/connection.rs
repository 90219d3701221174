//! The task that keeps the connection: it opens it, subscribes, hands events to their readers, and begins anew when the
//! connection is lost.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::frame::{self, AROUND, Frame, SUBSCRIBE};
use super::generated::{MESSAGE_BYTES, PATH, SILENCE};
use super::pace::Pace;
use super::pause::{AT_ONCE, Pauses};
use super::table::{Entry, Running, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::host::timer::{Instant, sleep_until, timeout};
use crate::settings::Settings;
use crate::transport::{Message, Unopened, WebSocket, open_websocket};

/// The codes of errors in a message that another connection may not get: more messages or connections than the server
/// takes, and what it calls `Server Error`.
const TRY_LATER: i64 = 1013;
/// The code of a message that the server does not accept.
const UNACCEPTED: i64 = 1003;

/// The header that carries a session.
const SESSION: &str = "x-appwrite-session";

/// Runs until there are no subscriptions, or none can be served.
pub(super) async fn run(table: Running) {
    // A gap comes only to subscriptions that an earlier connection served.
    let mut known = BTreeSet::new();
    let (mut failures, mut has_connected) = (0, false);
    while !table.is_over() {
        let settings = table.client().settings();
        let lost = match open(&table, settings).await {
            Ok(socket) => {
                has_connected = true;
                let mut connection = Connection::new(socket, &mut known);
                let ending = connection.serve(&table).await;
                if connection.has_served {
                    failures = 0;
                }
                ending
            }
            Err(unopened) => Ending::Lost(unopened),
        };
        let unopened = match lost {
            Ending::Unused => continue,
            Ending::Lost(unopened) => unopened,
        };
        if unopened.lasts || !has_connected && failures >= settings.retry.max {
            return table.fail(|| copy(&unopened.error));
        }
        let pause = Instant::now() + settings.retry.backoff(failures);
        failures += 1;
        while !table.is_over() && Instant::now() < pause {
            tokio::select! {
                () = sleep_until(pause) => {}
                () = table.changed() => {}
            }
        }
    }
}

/// An error for each reader.
fn copy(error: &Error) -> Error {
    let copy = Error::new(error.kind(), error.message()).with_operation(SUBSCRIBE);
    let copy = error.status().into_iter().fold(copy, Error::with_status);
    error.hint().into_iter().fold(copy, |copy, hint| copy.with_hint(hint.to_owned()))
}

/// Opens the connection and waits until the server has accepted it.
async fn open(table: &Table, settings: &Settings) -> Result<WebSocket, Unopened> {
    let lasting = |error: Error| Unopened { error, lasts: true };
    let project = table.client().project().unwrap_or_default();
    let project = utf8_percent_encode(project, NON_ALPHANUMERIC);
    let path = format!("{}{PATH}?project={project}", settings.endpoint.path());
    let path = settings.endpoint.with_path(path).map_err(lasting)?;
    let mut socket = open_websocket(settings, path).await?;
    match timeout(settings.limits.timeout, accepted(&mut socket, settings)).await {
        Ok(Some(Frame::Connected { has_user: false })) if acts_as_user(settings) => {
            let message = "the server does not know the user of this session";
            let hint = "sign in again: the session has ended, or is one of another project";
            Err(lasting(Error::new(ErrorKind::Unauthorized, message).with_hint(hint)))
        }
        Ok(Some(Frame::Connected { .. })) => Ok(socket),
        Ok(Some(Frame::Failed { code, message })) => Err(refused(code, &message)),
        Ok(_) => Err(lost("the server closed the connection before it accepted it")),
        Err(_) => Err(lost("the server accepted the connection and sent nothing")),
    }
}

/// What the server says first. Where the WebSocket could not carry the session as a header, it goes in a message then.
async fn accepted(socket: &mut WebSocket, settings: &Settings) -> Option<Frame> {
    let first = next_frame(socket).await?;
    let session = settings.headers.get(SESSION).and_then(|session| session.to_str().ok());
    let (Frame::Connected { .. }, Some(session), false) = (&first, session, WebSocket::SENDS_HEADERS) else {
        return Some(first);
    };
    if !socket.send(frame::authentication(session)).await {
        return None;
    }
    loop {
        match next_frame(socket).await? {
            Frame::Response { to } if to == "authentication" => {
                return Some(Frame::Connected { has_user: true });
            }
            // It is not a session that the server knows.
            Frame::Failed { code: UNACCEPTED, .. } => return Some(Frame::Connected { has_user: false }),
            failed @ Frame::Failed { .. } => return Some(failed),
            _ => {}
        }
    }
}

fn acts_as_user(settings: &Settings) -> bool {
    [SESSION, "x-appwrite-jwt"].iter().any(|name| settings.headers.contains_key(*name))
}

fn refused(code: i64, message: &str) -> Unopened {
    let kind = match code {
        401 | 403 => ErrorKind::Unauthorized,
        404 => ErrorKind::NotFound,
        TRY_LATER => ErrorKind::RateLimited,
        _ => ErrorKind::Api,
    };
    let error = Error::new(kind, format!("the server refused the connection ({code}): {message}"));
    // 1008 is a policy that does not change, such as for the project.
    Unopened { error, lasts: matches!(code, 401 | 403 | 404 | 1008) }
}

fn lost(message: &str) -> Unopened {
    Unopened { error: Error::new(ErrorKind::Network, message), lasts: false }
}

/// The next message that is one of Appwrite's; none once the connection has ended.
async fn next_frame(socket: &mut WebSocket) -> Option<Frame> {
    loop {
        if let Message::Text(text) = socket.next().await? {
            return Some(Frame::read(&text));
        }
    }
}

/// How a connection ended.
enum Ending {
    /// There are no subscriptions any more.
    Unused,
    Lost(Unopened),
}

/// An open connection.
struct Connection<'known> {
    socket: WebSocket,
    pace: Pace,
    /// Whether a subscription was accepted.
    has_served: bool,
    pauses: Pauses,
    /// Subscriptions that earlier connections served.
    known: &'known mut BTreeSet<u64>,
    /// What was sent, by number; whether the server has accepted it.
    sent: BTreeMap<u64, (Arc<Entry>, bool)>,
    by_id: HashMap<String, u64>,
    /// Whose response is to come, in the message that was sent last.
    awaited: Vec<u64>,
    /// Those that go in messages of their own, because the server refused a message with several.
    alone: Vec<u64>,
    /// Subscriptions that ended and that the server still serves.
    removed: Vec<String>,
}

impl<'known> Connection<'known> {
    fn new(socket: WebSocket, known: &'known mut BTreeSet<u64>) -> Self {
        Self {
            socket,
            pace: Pace::default(),
            has_served: false,
            pauses: Pauses::default(),
            known,
            sent: BTreeMap::new(),
            by_id: HashMap::new(),
            awaited: Vec::new(),
            alone: Vec::new(),
            removed: Vec::new(),
        }
    }

    async fn serve(&mut self, table: &Table) -> Ending {
        let broken = || Ending::Lost(lost("the connection broke"));
        let mut silence = Instant::now() + SILENCE;
        let (mut has_heard, mut is_tested) = (true, false);
        let mut is_changed = true;
        let mut wait = None;
        loop {
            if is_changed || wait.is_some_and(|until| until <= Instant::now()) {
                if table.is_over() {
                    self.socket.close().await;
                    return Ending::Unused;
                }
                match self.write(&table.entries()).await {
                    Some(until) => wait = until,
                    None => return broken(),
                }
                is_changed = false;
            }
            tokio::select! {
                message = self.socket.next() => {
                    (has_heard, is_tested) = (true, false);
                    match self.read_all(table, message).await {
                        Some(changed) => is_changed = changed,
                        None => return broken(),
                    }
                }
                () = table.changed() => is_changed = true,
                () = reached(wait) => is_changed = true,
                () = sleep_until(silence) => {
                    silence = Instant::now() + SILENCE;
                    if is_tested {
                        return Ending::Lost(lost("the server has fallen silent"));
                    }
                    if !std::mem::take(&mut has_heard) {
                        is_tested = true;
                        if !self.socket.ping().await {
                            return broken();
                        }
                    }
                }
            }
        }
    }

    /// Handles a message and those that have arrived with it. Says whether there may be something to send; none when the
    /// connection broke.
    async fn read_all(&mut self, table: &Table, first: Option<Message>) -> Option<bool> {
        let (mut next, mut is_changed, mut bytes) = (first, false, 0);
        loop {
            if let Message::Text(text) = next? {
                bytes += text.len();
                is_changed |= self.read(table, Frame::read(&text));
            }
            if bytes >= AT_ONCE {
                break;
            }
            match self.socket.next_at_once() {
                Some(message) => next = message,
                None => break,
            }
        }
        if let Some(pause) = self.pauses.after(Instant::now(), bytes) {
            sleep_until(pause).await;
        }
        self.pauses.go_on(Instant::now());
        Some(is_changed)
    }

    /// Handles a message. Says whether there may be something to send.
    fn read(&mut self, table: &Table, frame: Frame) -> bool {
        match frame {
            Frame::Event { subscriptions, event } => {
                for id in subscriptions {
                    let Some(number) = self.by_id.get(&id).copied() else { continue };
                    self.accept(number);
                    if let Some((entry, _)) = self.sent.get(&number) {
                        entry.buffer().push(event.clone());
                    }
                }
                false
            }
            Frame::Response { to } if to == "subscribe" => {
                for number in std::mem::take(&mut self.awaited) {
                    self.accept(number);
                }
                true
            }
            Frame::Failed { code: TRY_LATER, .. } => {
                self.pace.exhaust(Instant::now());
                self.forget_awaited();
                true
            }
            Frame::Failed { code, message } if !self.awaited.is_empty() => {
                if let [number] = self.awaited[..] {
                    self.fail(table, number, code, &message);
                } else {
                    self.alone.extend(&self.awaited);
                }
                self.forget_awaited();
                true
            }
            _ => false,
        }
    }

    /// The server has a subscription: events may have been missed since the last connection.
    fn accept(&mut self, number: u64) {
        let Some((entry, is_accepted)) = self.sent.get_mut(&number) else { return };
        if std::mem::replace(is_accepted, true) {
            return;
        }
        self.has_served = true;
        if !self.known.insert(number) {
            entry.buffer().push_gap();
        }
    }

    fn fail(&self, table: &Table, number: u64, code: i64, message: &str) {
        let Some((entry, _)) = self.sent.get(&number) else { return };
        let kind = if code == UNACCEPTED { ErrorKind::Argument } else { ErrorKind::Api };
        let message =
            format!("the server refused the subscription to {} ({code}): {message}", entry.channels);
        let error = Error::new(kind, message).with_operation(SUBSCRIBE);
        table.remove(number);
        entry.buffer().end(Some(error));
    }

    /// What awaits its response is to be sent again.
    fn forget_awaited(&mut self) {
        for number in std::mem::take(&mut self.awaited) {
            if let Some((entry, _)) = self.sent.remove(&number) {
                self.by_id.remove(&entry.id);
            }
        }
    }

    /// Sends what is to be sent, as far as the server takes it now. Returns when to go on, none when the connection broke.
    async fn write(&mut self, entries: &BTreeMap<u64, Arc<Entry>>) -> Option<Option<Instant>> {
        let gone: Vec<u64> =
            self.sent.keys().copied().filter(|number| !entries.contains_key(number)).collect();
        for number in gone {
            if let Some((entry, _)) = self.sent.remove(&number) {
                self.by_id.remove(&entry.id);
                self.removed.push(entry.id.clone());
            }
            self.known.remove(&number);
        }
        loop {
            let wait = self.pace.wait_until(Instant::now());
            if wait.is_some() || !self.has_something_to_send(entries) {
                return Some(wait.filter(|_| self.has_something_to_send(entries)));
            }
            let (text, numbers) = self.next_message(entries);
            self.pace.sent(Instant::now());
            self.note_sent(entries, &numbers);
            if !self.socket.send(text).await {
                return None;
            }
        }
    }

    fn has_something_to_send(&self, entries: &BTreeMap<u64, Arc<Entry>>) -> bool {
        let subscribes =
            || self.awaited.is_empty() && entries.keys().any(|number| !self.sent.contains_key(number));
        !self.removed.is_empty() || subscribes()
    }

    /// The next message, and whom it subscribes.
    fn next_message(&mut self, entries: &BTreeMap<u64, Arc<Entry>>) -> (String, Vec<u64>) {
        if self.awaited.is_empty() {
            let mut size = AROUND;
            let mut chosen: Vec<u64> = Vec::new();
            for (number, entry) in entries.iter().filter(|(number, _)| !self.sent.contains_key(number)) {
                let is_alone = self.alone.contains(number);
                size += entry.request.len() + 1;
                if !chosen.is_empty() && (is_alone || size > MESSAGE_BYTES) {
                    break;
                }
                chosen.push(*number);
                if is_alone {
                    break;
                }
            }
            if !chosen.is_empty() {
                let requests = chosen.iter().filter_map(|number| entries.get(number));
                let text = frame::message("subscribe", requests.map(|entry| entry.request.as_str()));
                return (text, chosen);
            }
        }
        let removed = std::mem::take(&mut self.removed);
        let items: Vec<String> = removed.iter().map(|id| format!(r#"{{"subscriptionId":"{id}"}}"#)).collect();
        (frame::message("unsubscribe", items.iter().map(String::as_str)), Vec::new())
    }

    fn note_sent(&mut self, entries: &BTreeMap<u64, Arc<Entry>>, numbers: &[u64]) {
        for number in numbers {
            if let Some(entry) = entries.get(number) {
                self.by_id.insert(entry.id.clone(), *number);
                self.sent.insert(*number, (Arc::clone(entry), false));
                self.awaited.push(*number);
            }
        }
    }
}

/// Waits until a time; without one for ever.
async fn reached(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
