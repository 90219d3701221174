//! One attempt.

use std::time::Duration;

use reqwest::Url;

use super::failure::Failure;
use super::incoming::Incoming;
use super::redirect::{Next, next};
use super::request::Request;
use super::{pool, refusal, warning};
use crate::error::{Error, ErrorKind};
use crate::operation::Method;
use crate::options::CallOptions;
use crate::settings::Settings;

/// How slow an upload may be, in bytes a second, before it counts as stuck.
const SLOWEST_UPLOAD: f64 = 65_536.0;
/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// Sends a request once and returns the head of a successful answer.
pub(super) async fn exchange(
    settings: &Settings,
    request: &Request,
    options: &CallOptions,
) -> Result<Incoming, Failure> {
    let timeout = options.timeout.unwrap_or(settings.timeout);
    let limit = timeout + Duration::from_secs_f64(request.body.len() as f64 / SLOWEST_UPLOAD);
    let mut url = request.url.clone();
    for _ in 0..=REDIRECTS {
        let response = send(settings, request, url.clone(), limit).await?;
        warning::report(settings, response.headers());
        let status = response.status();
        let incoming = Incoming::new(request.operation, response, settings.idle_timeout);
        if status.is_success() {
            return Ok(incoming);
        }
        if !status.is_redirection() {
            return Err(refusal::read(settings, request, incoming).await);
        }
        if !request.follows {
            return Ok(incoming);
        }
        match next(settings, request.method, &url, &incoming) {
            Next::Follow(location) => url = location,
            Next::Refuse(failure) => return Err(failure),
        }
    }
    let message = format!("the server redirects in circles, at last to {}", url.path());
    Err(Failure::last(Error::new(ErrorKind::Api, message)))
}

async fn send(
    settings: &Settings,
    request: &Request,
    url: Url,
    limit: Duration,
) -> Result<reqwest::Response, Failure> {
    let client = pool::pool(&settings.connection).map_err(Failure::last)?;
    let mut outgoing = reqwest::Request::new(method(request.method), url);
    *outgoing.headers_mut() = request.headers.clone();
    *outgoing.body_mut() = request.body.clone().into_reqwest();
    match tokio::time::timeout(limit, client.execute(outgoing)).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(cause)) => Err(Failure::unanswered(cause, &request.url)),
        Err(_) => Err(Failure::no_answer(limit)),
    }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Head => reqwest::Method::HEAD,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}
