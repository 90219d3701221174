//! Requests and changes as they come, as server-sent events.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{self, HeaderValue, header},
};
use futures_util::{Stream, StreamExt, stream};
use serde_json::Value;
use tokio::sync::{broadcast, watch};

use crate::{services, state::State};

/// Sends what the journal has after a number, and then what comes, one event a request with its number as ID.
pub(super) fn requests(state: Arc<State>, after: u64) -> http::Response<Body> {
    let newest = state.journal.newest();
    events(stream::unfold((state, newest, after), next_requests))
}

type Requests = (Arc<State>, watch::Receiver<u64>, u64);

async fn next_requests((state, mut newest, after): Requests) -> Option<(String, Requests)> {
    loop {
        newest.borrow_and_update();
        let scopes = |id: &str| state.schema.method(id).map(services::scopes).unwrap_or_default();
        let entries = state.journal.after(after, scopes);
        let Some(last) = entries.last().and_then(|entry| entry["number"].as_u64()) else {
            // It ends with the emulator.
            newest.changed().await.ok()?;
            continue;
        };
        let events = entries.iter().map(|entry| format!("id: {}\n{}", entry["number"], event(entry)));
        return Some((events.collect(), (state, newest, last)));
    }
}

/// Sends the changes that come, one event each.
pub(super) fn changes(state: &State) -> http::Response<Body> {
    events(stream::unfold(state.hub.watch(), next_change))
}

async fn next_change(
    mut changes: broadcast::Receiver<Value>,
) -> Option<(String, broadcast::Receiver<Value>)> {
    loop {
        match changes.recv().await {
            Ok(change) => return Some((event(&change), changes)),
            // A reader that slow misses some.
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return None,
        }
    }
}

fn event(data: &Value) -> String {
    format!("data: {data}\n\n")
}

/// A response that goes on. It begins with a comment: its reader sees that it is open, whatever comes.
fn events(events: impl Stream<Item = String> + Send + 'static) -> http::Response<Body> {
    let opened = stream::once(async { ": open\n\n".to_owned() });
    let pieces = opened.chain(events).map(|piece| Ok::<_, Infallible>(Bytes::from(piece)));
    let mut response = http::Response::new(Body::from_stream(pieces));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
