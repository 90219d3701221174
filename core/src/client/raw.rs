//! Calls of paths that the API definition does not have.

use http::header::{ACCEPT, CONTENT_TYPE};
use http::uri::PathAndQuery;

use super::Client;
use super::prepare::{JSON, secrets, write_own_headers};
use crate::encode;
use crate::error::{Error, Result};
use crate::http::Body;
use crate::observe::within;
use crate::operation::{Content, Method, Operation, Returns};
use crate::options::CallOptions;
use crate::params::Params;
use crate::response::Response;
use crate::settings::Place;
use crate::transport::{Deadline, Request};

/// The operation of a call that the API definition does not have: any response is right.
pub static RAW_CALL: Operation = Operation {
    id: "client.request",
    method: Method::Get,
    path: "",
    self_hosted_path: None,
    params: &[],
    content: Content::None,
    accept: "",
    headers: &[],
    returns: Returns::Bytes,
    upload: None,
    scopes: &[],
    list: None,
    dated_by: None,
    project_header: true,
    deprecated: None,
    available: None,
};

impl Client {
    /// Makes a call that the API definition does not have.
    ///
    /// `path` is below the endpoint, as in `/users`, or a whole URL of the same origin. Parameters go into the query of
    /// a GET or HEAD and into a JSON body otherwise. Redirects are followed within the same origin.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for an unknown method or a URL of another origin; otherwise
    /// as [`execute`](Self::execute).
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        params: Params,
    ) -> Result<Response> {
        self.send_raw(method, path, headers, params, true).await
    }

    /// Makes a call whose response is a redirect, which is not followed: [`Response::location`] returns its target. Otherwise
    /// as [`request`](Self::request).
    ///
    /// # Errors
    /// As [`request`](Self::request).
    pub async fn redirect(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        params: Params,
    ) -> Result<Response> {
        self.send_raw(method, path, headers, params, false).await
    }

    async fn send_raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        params: Params,
        follows: bool,
    ) -> Result<Response> {
        let request = self
            .require_no_transaction()
            .and_then(|()| self.raw_request(method, path, headers, &params))
            .map_err(|error| error.with_operation(RAW_CALL.id))?;
        let (request, options) = (Request { follows, ..request }, CallOptions::new());
        let call = self.send_whole(&request, &options);
        within(self.span(&RAW_CALL), Response::info, call).await
    }

    fn raw_request(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        params: &Params,
    ) -> Result<Request> {
        params.check()?;
        let method = Method::parse(method)
            .ok_or_else(|| Error::argument(format!("`{}` is not an HTTP method", method.escape_debug())))?;
        let mut own = self.settings.headers.clone();
        own.insert(ACCEPT, JSON);
        let in_query = matches!(method, Method::Get | Method::Head);
        let mut path = self.raw_path(path)?;
        let mut body = Body::Empty;
        if in_query {
            path = with_query(path, params)?;
        } else if !(method == Method::Delete && params.is_empty()) {
            own.insert(CONTENT_TYPE, JSON);
            body = Body::Whole(encode::json_object(params));
        }
        write_own_headers(&mut own, headers)?;
        Ok(Request {
            operation: &RAW_CALL,
            method,
            path,
            headers: own,
            body,
            secrets: secrets(params),
            repeatable: method.is_idempotent(),
            follows: false,
            progress: None,
            deadline: Deadline::from_now(self.settings.limits.deadline),
        })
    }

    fn raw_path(&self, path: &str) -> Result<PathAndQuery> {
        let endpoint = &self.settings.endpoint;
        let relative = format!("{}/{}", endpoint.path(), path.trim_start_matches('/'));
        let reference =
            if path.starts_with("http://") || path.starts_with("https://") { path } else { &relative };
        match endpoint.resolve(&PathAndQuery::from_static("/"), reference) {
            Some(Place::Here(path)) => Ok(path),
            Some(Place::Elsewhere(origin)) => {
                Err(Error::argument(format!("{origin} is not the endpoint's server"))
                    .with_hint("credentials stay with the endpoint; make a client for the other server"))
            }
            None => Err(Error::argument("not a valid path")),
        }
    }
}

fn with_query(path: PathAndQuery, params: &Params) -> Result<PathAndQuery> {
    let mut query = String::new();
    encode::write_fields(&mut query, params.iter())?;
    let Some(fresh) = query.strip_prefix('?') else { return Ok(path) };
    let whole = match path.query() {
        Some(present) if !present.is_empty() => format!("{}?{present}&{fresh}", path.path()),
        _ => format!("{}?{fresh}", path.path()),
    };
    whole.parse().map_err(|cause| Error::argument(format!("not a valid path: {cause}")))
}
