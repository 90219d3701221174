//! One attempt.

use std::pin::pin;
use std::time::Duration;

use http::uri::PathAndQuery;

use super::arriving::Arriving;
use super::failure::Failure;
use super::forwarder::Forwarder;
use super::incoming::Incoming;
use super::outgoing::Outgoing;
use super::redirect::{Next, next};
use super::request::Request;
use super::{pool, refusal, warning};
use crate::error::{Error, ErrorKind};
use crate::operation::Method;
use crate::options::CallOptions;
use crate::settings::Settings;

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// Sends a request once and returns the head of a successful answer.
pub(super) async fn exchange(
    settings: &Settings,
    request: &Request,
    options: &CallOptions,
) -> Result<Incoming, Failure> {
    let limit = options.timeout.unwrap_or(settings.limits.timeout);
    let mut path = request.path.clone();
    for _ in 0..=REDIRECTS {
        let response = send(settings, request, path.clone(), limit).await?;
        warning::report(settings, response.headers());
        let status = response.status();
        let forwarder = response.extensions().get::<Forwarder>().cloned();
        let incoming = Incoming::new(request, response, settings.limits.idle_timeout);
        if status.is_success() {
            return Ok(incoming);
        }
        if !status.is_redirection() {
            return Err(refusal::read(settings, request, incoming, forwarder).await);
        }
        if !request.follows {
            return Ok(incoming);
        }
        match next(settings, request.method, &path, &incoming) {
            Next::Follow(location) => path = location,
            Next::Refuse(failure) => return Err(failure),
        }
    }
    let message = format!("the server redirects in circles, at last to {}", path.path());
    Err(Failure::last(Error::new(ErrorKind::Api, message)))
}

async fn send(
    settings: &Settings,
    request: &Request,
    path: PathAndQuery,
    limit: Duration,
) -> Result<http::Response<Arriving>, Failure> {
    let pool = pool::pool(&settings.connection).map_err(Failure::last)?;
    let answered = request.deadline.limit(async {
        // Waiting in the queue is not waiting for the server.
        let place = pool.place(&settings.endpoint).await;
        let movement = request.movement.clone().or_else(|| Outgoing::movement_of(&request.body));
        let outgoing = || {
            let mut outgoing = http::Request::new(Outgoing::new(&request.body, movement.clone()));
            *outgoing.method_mut() = method(request.method);
            *outgoing.uri_mut() = settings.endpoint.uri(path.clone());
            *outgoing.headers_mut() = request.headers.clone();
            outgoing
        };
        let answer = pin!(pool.send(&settings.endpoint, place, outgoing, limit));
        match &movement {
            None => tokio::time::timeout(limit, answer).await.ok(),
            // As long as the body gets further nobody is stuck.
            Some(movement) => movement.or_silence(limit, answer).await,
        }
    });
    match answered.await.map_err(Failure::last)? {
        Some(Ok(response)) => {
            if let Some(shared) = &request.movement {
                shared.note();
            }
            Ok(response)
        }
        Some(Err(cause)) => Err(match request.body.failure() {
            Some(error) => Failure::last(error),
            None => Failure::unanswered(cause, settings.endpoint.origin()),
        }),
        None => Err(Failure::no_answer(limit)),
    }
}

fn method(method: Method) -> http::Method {
    match method {
        Method::Get => http::Method::GET,
        Method::Head => http::Method::HEAD,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
    }
}
