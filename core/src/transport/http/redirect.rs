//! Redirects: followed within the endpoint's origin only, because credentials must not leave it.

use http::StatusCode;
use http::header::LOCATION;
use http::uri::PathAndQuery;

use super::unread_response::UnreadResponse;
use crate::error::{Error, ErrorKind};
use crate::operation::Method;
use crate::settings::{Place, Settings};
use crate::transport::retry::failure::Failure;

/// What to do about a redirect.
pub(super) enum Next {
    /// Send the same request there.
    Follow(PathAndQuery),
    /// Fail.
    Refuse(Failure),
}

/// Decides what to do about a redirect.
pub(super) fn next(
    settings: &Settings,
    method: Method,
    path: &PathAndQuery,
    response: &UnreadResponse,
) -> Next {
    let status = response.status;
    let refuse = |error: Error| Next::Refuse(Failure::last(error.with_status(status.as_u16())));
    let location =
        response.headers.get(LOCATION).and_then(|location| std::str::from_utf8(location.as_bytes()).ok());
    let location = match location.and_then(|location| settings.endpoint.resolve(path, location)) {
        Some(Place::Here(location)) => location,
        Some(Place::Elsewhere(origin)) => {
            return refuse(
                Error::new(
                    ErrorKind::Api,
                    format!("the server redirects to {origin}, which was not followed"),
                )
                .with_hint(
                    "credentials stay with the endpoint; if that is the right server, set the endpoint to it",
                ),
            );
        }
        None => {
            return refuse(Error::new(
                ErrorKind::Api,
                "the server redirects without a valid Location header",
            ));
        }
    };
    // 307 and 308 keep the method; the others turn anything but a GET into a GET, which would be another call.
    let keeps_method = matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    if !keeps_method && !matches!(method, Method::Get | Method::Head) {
        let message = format!("the server redirects a {} request to {}", method.as_str(), location.path());
        return refuse(
            Error::new(ErrorKind::Api, message)
                .with_hint("check the endpoint's path, such as /v1 at its end"),
        );
    }
    Next::Follow(location)
}
