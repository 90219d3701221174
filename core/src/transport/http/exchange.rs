//! One attempt: a request, the redirects within its origin, and the response.

use std::pin::pin;
use std::time::Duration;

use http::uri::PathAndQuery;

use super::arriving_body::ArrivingBody;
use super::redirect::{Next, next};
use super::request::Request;
use super::unread_response::UnreadResponse;
use super::{error_response, warning};
use crate::error::{Error, ErrorKind};
use crate::http::{Queue, RequestBody, SendProgress};
use crate::observe::{Hooks, Level, headers, log};
use crate::operation::Method;
use crate::options::CallOptions;
use crate::settings::Settings;
use crate::transport::io::forward_proxy::ForwardProxy;
use crate::transport::pool::registry;
use crate::transport::retry::classify;
use crate::transport::retry::failure::Failure;

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// Sends a request once and returns the head of a successful response.
pub(in crate::transport) async fn exchange(
    settings: &Settings,
    hooks: Option<&Hooks>,
    request: &Request,
    options: &CallOptions,
) -> Result<UnreadResponse, Failure> {
    let limit = options.timeout.unwrap_or(settings.limits.timeout);
    let mut path = request.path.clone();
    for _ in 0..=REDIRECTS {
        let response = send(settings, hooks, request, path.clone(), limit).await?;
        warning::report(settings, response.headers());
        let status = response.status();
        log(hooks, Level::Trace, || {
            format!("{}: < {} {}", request.operation.id, status.as_u16(), headers(response.headers()))
        });
        let proxy = response.extensions().get::<ForwardProxy>().cloned();
        let unread = UnreadResponse::new(request, response, settings.limits.idle_timeout);
        if status.is_success() {
            return Ok(unread);
        }
        if !status.is_redirection() {
            return Err(error_response::read(settings, request, unread, proxy).await);
        }
        if !request.follows {
            return Ok(unread);
        }
        match next(settings, request.method, &path, &unread) {
            Next::Follow(location) => path = location,
            Next::Refuse(failure) => return Err(failure),
        }
    }
    let message = format!("more than {REDIRECTS} redirects; the last one led to {}", path.path());
    Err(Failure::last(Error::new(ErrorKind::Api, message)))
}

async fn send(
    settings: &Settings,
    hooks: Option<&Hooks>,
    request: &Request,
    path: PathAndQuery,
    limit: Duration,
) -> Result<http::Response<ArrivingBody>, Failure> {
    let server = settings.endpoint.origin();
    let progress = request.progress.clone().or_else(|| RequestBody::progress_of(&request.body));
    let new_request = || {
        let mut new = http::Request::new(RequestBody::new(&request.body, progress.clone()));
        *new.method_mut() = method(request.method);
        *new.uri_mut() = settings.endpoint.uri(path.clone());
        *new.headers_mut() = request.headers.clone();
        if let Some(hooks) = hooks {
            hooks.add_headers(new.headers_mut());
        }
        new
    };
    let sent = request.deadline.limit(async {
        if let Some(client) = &settings.http_client {
            registry::runtime().map_err(Failure::last)?;
            let queue = Queue::new(progress.clone().unwrap_or_else(SendProgress::new));
            let mut request = new_request();
            request.extensions_mut().insert(queue.clone());
            let response = queue.or_silence(limit, client.0.send(request).as_mut()).await;
            return Ok(response.map(|response| {
                let response = response.map_err(|error| classify::http_error(error, server))?;
                Ok(response.map(ArrivingBody::Other))
            }));
        }
        let pool = registry::pool(&settings.connection).map_err(Failure::last)?;
        // The time in the queue does not count as time that the server takes.
        let permit = pool.permit(&settings.endpoint).await;
        let response = pin!(pool.send(&settings.endpoint, permit, new_request, limit));
        let response = match &progress {
            None => tokio::time::timeout(limit, response).await.ok(),
            // While the body makes progress, the limit does not count.
            Some(progress) => progress.or_silence(limit, response).await,
        };
        Ok(response.map(|response| {
            let response = response.map_err(|error| classify::send_error(error, server))?;
            Ok(response.map(ArrivingBody::Pool))
        }))
    });
    match sent.await.map_err(Failure::last)?? {
        Some(Ok(response)) => {
            if let Some(shared) = &request.progress {
                shared.note();
            }
            Ok(response)
        }
        Some(Err(failure)) => Err(request.body.failure().map_or(failure, Failure::last)),
        None => Err(Failure::timed_out(limit)),
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
