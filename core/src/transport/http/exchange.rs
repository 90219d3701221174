//! One attempt: a request, the redirects within its origin, and the response.

use std::time::Duration;

use http::uri::PathAndQuery;

use super::arriving_body::ArrivingBody;
use super::over::over;
use super::redirect::{Next, next};
use super::request::Request;
use super::unread_response::UnreadResponse;
use super::{error_response, warning};
use crate::error::{Error, ErrorKind};
use crate::host;
use crate::http::RequestBody;
use crate::observe::{Hooks, Level, headers, log};
use crate::operation::Method;
use crate::options::CallOptions;
use crate::settings::Settings;
use crate::transport::network::{self, ForwardProxy};
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
        Ok(match &settings.http_client {
            None => {
                let sent = network::send(settings, new_request, progress.as_ref(), limit).await?;
                sent.map(|response| response.map(ArrivingBody::Own))
            }
            Some(client) => {
                host::tasks().map_err(Failure::last)?;
                let sent = over(&*client.0, new_request(), progress.as_ref(), limit, server).await?;
                sent.map(|response| response.map(ArrivingBody::Other))
            }
        })
    });
    match sent.await.map_err(Failure::last)? {
        Ok(Some(response)) => {
            if let Some(shared) = &request.progress {
                shared.note();
            }
            Ok(response)
        }
        Ok(None) => Err(Failure::timed_out(limit)),
        Err(failure) => Err(request.body.failure().map_or(failure, Failure::last)),
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
