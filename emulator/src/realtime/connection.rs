//! One connection: its handshake, who its user is, and the messages.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Request, Response, StatusCode, request::Parts},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::{SinkExt, StreamExt};
use hyper_util::rt::TokioIo;
use ring::digest;
use serde_json::{Value, json};
use tokio::sync::{Notify, mpsc};
use tokio_websockets::{Limits, Message, ServerBuilder, WebSocketStream};

use super::{
    hub::{Inner, Listener, WAITING},
    minute::Minute,
    presence,
    subscription::Subscription,
};
use crate::{
    auth::{Caller, identify::identify},
    http::{origin, query_string},
    random,
    state::{CONSOLE, State},
};

/// What a server appends to the client's key.
// RFC 6455, section 1.3.
const MAGIC: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/// What the server says in production instead of its reasons.
const UNSAID: &str = "Error: Server Error";

type Stream = WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>;

/// Whether a request wants a connection of realtime.
pub(crate) fn is_asked_for(request: &Request<Body>) -> bool {
    let upgrade = request.headers().get("upgrade").and_then(|value| value.to_str().ok());
    request.uri().path() == "/v1/realtime"
        && upgrade.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Switches to the WebSocket protocol, and serves the connection.
pub(crate) fn connect(state: Arc<State>, mut request: Request<Body>) -> Response<Body> {
    let key = request.headers().get("sec-websocket-key").cloned();
    let mut response = Response::new(Body::empty());
    let Some(key) = key else {
        *response.status_mut() = StatusCode::BAD_REQUEST;
        return response;
    };
    let accepted =
        digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &[key.as_bytes(), MAGIC.as_bytes()].concat());
    let accepted = HeaderValue::from_str(&STANDARD.encode(accepted)).unwrap_or(HeaderValue::from_static(""));
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert("upgrade", HeaderValue::from_static("websocket"));
    headers.insert("connection", HeaderValue::from_static("Upgrade"));
    headers.insert("sec-websocket-accept", accepted);
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(serve(state, request.into_parts().0, upgrade));
    response
}

async fn serve(state: Arc<State>, parts: Parts, upgrade: hyper::upgrade::OnUpgrade) {
    let Ok(upgraded) = upgrade.await else { return };
    let largest = state.schema.api.events.realtime.message_bytes;
    let limits = Limits::default().max_payload_len(Some(largest));
    let mut stream = ServerBuilder::new().limits(limits).serve(TokioIo::new(upgraded));
    let (sender, mut outgoing) = mpsc::channel(WAITING);
    let (listener, connected) = match open(&state, &parts, sender) {
        Ok(opened) => opened,
        Err((code, message)) => {
            send(&mut stream, &error(code, &message)).await;
            return;
        }
    };
    state.hub.add(listener.clone());
    tokio::select! {
        () = converse(&state, &listener, &mut stream, &connected, &mut outgoing) => {}
        // It ends in the middle of whatever its client does not read.
        () = listener.is_behind.notified() => {}
    }
    state.hub.remove(&listener);
}

/// Sends changes and answers messages until the client is gone.
async fn converse(
    state: &State,
    listener: &Listener,
    stream: &mut Stream,
    connected: &Value,
    outgoing: &mut mpsc::Receiver<Value>,
) {
    let mut messages = Minute::default();
    let mut is_open = send(stream, connected).await;
    while is_open {
        tokio::select! {
            change = outgoing.recv() => {
                let Some(change) = change else { return };
                is_open = send(stream, &change).await;
            }
            message = stream.next() => {
                let Some(Ok(message)) = message else { return };
                if message.is_close() {
                    return;
                }
                let Some(text) = message.as_text() else { continue };
                let response = respond(state, listener, text, &mut messages);
                is_open = send(stream, &response).await;
            }
        }
    }
}

async fn send(stream: &mut Stream, message: &Value) -> bool {
    stream.send(Message::text(message.to_string())).await.is_ok()
}

fn error(code: i64, message: &str) -> Value {
    json!({ "type": "error", "data": { "code": code, "message": message } })
}

type Refusal = (i64, String);

/// Checks a request, and makes the connection and the first message.
fn open(
    state: &State,
    parts: &Parts,
    outgoing: mpsc::Sender<Value>,
) -> Result<(Arc<Listener>, Value), Refusal> {
    if !state.hub.admits(state.schema.api.events.realtime.connections) {
        return Err((1013, UNSAID.to_owned()));
    }
    let query = query_string::read(parts.uri.query().unwrap_or_default());
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let project = header("x-appwrite-project").or_else(|| query.get("project").and_then(Value::as_str));
    let project = project.unwrap_or(CONSOLE).to_owned();
    if !state.has_project(&project) {
        return Err((1008, "Missing or unknown project ID".to_owned()));
    }
    if let Some(origin) = header("origin") {
        origin::require_known(state, &project, origin)
            .map_err(|failure| (1008, failure.said().to_owned()))?;
    }
    let user = user(state, &project, &parts.headers)?;
    let channels = match query.get("channels") {
        None => Vec::new(),
        Some(Value::Array(channels)) => {
            channels.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()
        }
        Some(_) => return Err((0, UNSAID.to_owned())),
    };
    let user_id = user.as_ref().and_then(|user| user["$id"].as_str()).map(str::to_owned);
    let channels = own(channels, user_id.as_deref());
    let mut inner = Inner { user: user_id, ..Inner::default() };
    let queries = in_query(parts.uri.query().unwrap_or_default());
    let of = |channel: &String, slot: usize| -> Option<Vec<Value>> {
        let name = channel.replace('.', "_");
        let found: Vec<_> = queries.iter().filter(|(known, ..)| *known == name).collect();
        match found.is_empty() {
            true => (slot == 0).then(Vec::new),
            false => {
                let texts: Vec<Value> =
                    found.iter().filter(|(_, at, _)| *at == slot).map(|(.., text)| text.clone()).collect();
                (!texts.is_empty()).then_some(texts)
            }
        }
    };
    // A client names them as it likes.
    let slots: BTreeSet<usize> = queries.iter().map(|(_, slot, _)| *slot).chain([0]).collect();
    for slot in slots {
        let mut here = Vec::new();
        let mut texts = Vec::new();
        for channel in &channels {
            if let Some(given) = of(channel, slot) {
                here.push(channel.clone());
                texts.extend(given);
            }
        }
        if !here.is_empty() {
            let subscription =
                Subscription::new(&state.schema, here, texts).map_err(|words| (1008, words))?;
            inner.subscriptions.insert(random::id(), subscription);
        }
    }
    let ids: Vec<&String> = inner.subscriptions.keys().collect();
    let connected = json!({ "channels": channels, "subscriptions": ids, "user": user });
    let listener =
        Arc::new(Listener { project, outgoing, is_behind: Notify::new(), inner: Mutex::new(inner) });
    Ok((listener, json!({ "type": "connected", "data": connected })))
}

/// The user of the headers; a key and a bearer token are not looked at.
fn user(state: &State, project: &str, headers: &HeaderMap) -> Result<Option<Value>, Refusal> {
    let mut headers = headers.clone();
    for ignored in [
        "x-appwrite-key",
        "authorization",
        "x-appwrite-impersonate-user-id",
        "x-appwrite-impersonate-user-email",
    ] {
        headers.remove(ignored);
    }
    match identify(state, project, &headers) {
        Ok(Caller::User { user, .. }) => Ok(Some(shown(*user))),
        Ok(_) => Ok(None),
        Err(failure) => Err((failure.status.into(), failure.said().to_owned())),
    }
}

/// A user without what the emulator keeps for itself, and without secrets.
fn shown(mut user: Value) -> Value {
    if let Some(fields) = user.as_object_mut() {
        fields.retain(|name, _| {
            !name.starts_with('_') && !["password", "hash", "hashOptions"].contains(&name.as_str())
        });
    }
    user
}

/// The channels that a user may have; `account` leads to the account's own.
fn own(channels: Vec<String>, user: Option<&str>) -> Vec<String> {
    let mut all = Vec::new();
    for channel in channels {
        let Some(rest) = channel.strip_prefix("account.") else {
            let is_account = channel == "account";
            all.push(channel);
            all.extend(user.filter(|_| is_account).map(|id| format!("account.{id}")));
            continue;
        };
        let is_action = ["create", "update", "upsert", "delete"].contains(&rest);
        if is_action || user.is_some_and(|id| rest == id || rest.starts_with(&format!("{id}."))) {
            all.push(channel);
        }
    }
    all
}

/// The queries of a URL, `rows[1][]=…`, by channel and subscription.
fn in_query(raw: &str) -> Vec<(String, usize, Value)> {
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
    };
    let pairs = raw.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .filter_map(|(name, value)| {
            let name = decode(name);
            let (channel, rest) = name.split_once('[')?;
            let (slot, _) = rest.split_once("][")?;
            Some((channel.to_owned(), slot.parse().ok()?, Value::from(decode(value))))
        })
        .collect()
}

fn respond(state: &State, listener: &Listener, text: &str, messages: &mut Minute) -> Value {
    if !messages.admits(state.schema.api.events.realtime.messages as usize) {
        return error(1013, UNSAID);
    }
    let message: Value = text.parse().unwrap_or_default();
    let data = &message["data"];
    let answered = match message["type"].as_str() {
        Some("ping") => return json!({ "type": "pong" }),
        Some("subscribe") => subscribe(state, listener, data),
        Some("unsubscribe") => unsubscribe(listener, data),
        Some("authentication") => authenticate(state, listener, data),
        Some("presence") => presence(state, listener, data),
        _ => Err((1003, UNSAID.to_owned())),
    };
    match answered {
        Ok(data) => json!({ "type": "response", "data": data }),
        Err((code, message)) => error(code, &message),
    }
}

fn unaccepted<T>() -> Result<T, Refusal> {
    Err((1003, UNSAID.to_owned()))
}

fn subscribe(state: &State, listener: &Listener, data: &Value) -> Result<Value, Refusal> {
    let Some(items) = data.as_array() else { return unaccepted() };
    let mut inner = listener.inner();
    let mut made = Vec::new();
    for item in items {
        let Some(channels) = item["channels"].as_array() else { return unaccepted() };
        let channels = channels.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
        let channels = own(channels, inner.user.as_deref());
        let queries = item["queries"].as_array().cloned().unwrap_or_default();
        let subscription = Subscription::new(&state.schema, channels, queries).or_else(|_| unaccepted())?;
        made.push((item["subscriptionId"].as_str().map_or_else(random::id, str::to_owned), subscription));
    }
    let mut shown = Vec::new();
    for (id, subscription) in made {
        let Subscription { channels, texts, .. } = &subscription;
        shown.push(json!({ "subscriptionId": id, "channels": channels, "queries": texts }));
        match inner.subscriptions.get_mut(&id) {
            // The same ID adds channels.
            Some(known) => known.channels.extend(subscription.channels),
            None => drop(inner.subscriptions.insert(id, subscription)),
        }
    }
    Ok(json!({ "to": "subscribe", "success": true, "subscriptions": shown }))
}

fn unsubscribe(listener: &Listener, data: &Value) -> Result<Value, Refusal> {
    let Some(items) = data.as_array() else { return unaccepted() };
    let ids: Option<Vec<&str>> = items.iter().map(|item| item["subscriptionId"].as_str()).collect();
    let Some(ids) = ids else { return unaccepted() };
    let mut inner = listener.inner();
    let removed: Vec<Value> = ids
        .into_iter()
        .map(|id| {
            let is_removed = inner.subscriptions.shift_remove(id).is_some();
            json!({ "subscriptionId": id, "removed": is_removed })
        })
        .collect();
    Ok(json!({ "to": "unsubscribe", "success": true, "subscriptions": removed }))
}

/// The user is there, says a message.
fn presence(state: &State, listener: &Listener, data: &Value) -> Result<Value, Refusal> {
    let user = listener.inner().user.clone();
    let user = user.ok_or_else(|| (401, "User must be authorized".to_owned()))?;
    let presence = presence::keep(state, &listener.project, &user, data);
    let presence = presence.map_err(|failure| (failure.status.into(), failure.said().to_owned()))?;
    Ok(json!({ "to": "presence", "presence": presence }))
}

/// Another user from now on; subscriptions to the account are those to the new one's.
fn authenticate(state: &State, listener: &Listener, data: &Value) -> Result<Value, Refusal> {
    let mut headers = HeaderMap::new();
    let session = data["session"].as_str().and_then(|session| HeaderValue::from_str(session).ok());
    let Some(session) = session else { return unaccepted() };
    headers.insert("x-appwrite-session", session);
    let Some(user) = user(state, &listener.project, &headers)? else { return unaccepted() };
    listener.inner().user = user["$id"].as_str().map(str::to_owned);
    Ok(json!({ "to": "authentication", "success": true, "user": user }))
}
