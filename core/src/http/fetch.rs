//! Sending requests with JavaScript's `fetch`.

mod aborting;
mod body;
mod failure;
mod headers;
mod js;

use std::future::poll_fn;
use std::pin::Pin;

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, COOKIE, HeaderMap};
use http::{Method, Request, Response, StatusCode};
use http_body::Body;
use js_sys::{Object, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::client::{HttpClient, Sending};
use super::error::HttpError;
use super::request_body::RequestBody;
use super::response_body::ResponseBody;
use aborting::Aborting;
use body::FetchedBody;
pub(crate) use failure::HiddenRedirect;

/// Sends requests with the `fetch` of the runtime: a browser's, a Worker's, Deno's, Bun's or Node's. There for wasm alone,
/// where it is the default.
///
/// The runtime opens the connections, and decompresses responses. A browser sends neither `cookie` nor `user-agent`, and
/// hides where redirects lead to: the calls that need one of them fail there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl HttpClient for Fetch {
    fn send<'a>(&'a self, request: Request<RequestBody>) -> Sending<'a> {
        // There is one thread, from which the values of JavaScript do not go away.
        Box::pin(SendWrapper::new(exchange(request)))
    }
}

async fn exchange(request: Request<RequestBody>) -> Result<Response<ResponseBody>, HttpError> {
    let (head, body) = request.into_parts();
    let mut aborting = Aborting::new();
    let options = Object::new();
    let set = |name: &str, value: &JsValue| {
        // Setting a property of an object that was made here does not fail.
        let _ = js_sys::Reflect::set(&options, &name.into(), value);
    };
    set("method", &head.method.as_str().into());
    set("headers", &headers::sent(&head.headers).map_err(not_sent)?.into());
    set("redirect", &"manual".into());
    set("signal", &aborting.signal());
    if js::has_request_property("cache") {
        set("cache", &"no-store".into());
    }
    if js::has_request_property("credentials") {
        set("credentials", &"omit".into());
    }
    if !body.is_empty() {
        set("body", &gathered(body).await?.into());
    }
    let request = js::Request::new(&head.uri.to_string(), &options).map_err(not_sent)?;
    if head.headers.contains_key(COOKIE) && !request.headers().has(COOKIE.as_str()) {
        return Err(HttpError::not_sent("this runtime does not let programs send the header `cookie`"));
    }
    let response = js::fetch(&request).map_err(not_sent)?;
    aborting.keep(request);
    let response = JsFuture::from(response).await.map_err(failure::read)?;
    let response: js::Response = response.into();
    if response.kind() == "opaqueredirect" {
        return Err(HttpError::perhaps_sent(HiddenRedirect));
    }
    let mut received = Response::new(());
    *received.status_mut() = StatusCode::from_u16(response.status()).map_err(HttpError::perhaps_sent)?;
    let headers = received.headers_mut();
    *headers = headers::received(&response.headers());
    let length = length(&head.method, headers);
    let body = FetchedBody::new(response.body(), length, aborting);
    Ok(received.map(|()| ResponseBody::new(body)))
}

/// The length of the body that the runtime hands over, if it is known. The headers must not describe a body that is
/// decompressed by now; some runtimes remove them, some do not.
fn length(method: &Method, headers: &mut HeaderMap) -> Option<u64> {
    let codings = [&b"gzip"[..], b"x-gzip", b"deflate", b"br", b"zstd"];
    let is_decompressed = |coding: &[u8]| codings.iter().any(|known| coding.eq_ignore_ascii_case(known));
    if headers.get(CONTENT_ENCODING).is_some_and(|coding| is_decompressed(coding.as_bytes())) {
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
    }
    let length = headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
    length.filter(|_| method != Method::HEAD)
}

/// A body as `fetch` takes it: not every runtime takes streams, and no body has more than one chunk of a file.
async fn gathered(mut body: RequestBody) -> Result<Uint8Array, HttpError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(Uint8Array::from(bytes));
    }
    let length = u32::try_from(body.len()).map_err(HttpError::not_sent)?;
    let whole = Uint8Array::new_with_length(length);
    let mut place = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        // Our bodies have no trailers, which would be the other kind of frame.
        let piece = frame.map_err(HttpError::not_sent)?.into_data().unwrap_or_default();
        let end = place + piece.len() as u32;
        if end > length {
            return Err(HttpError::not_sent("the body is longer than it says"));
        }
        whole.subarray(place, end).copy_from(&piece);
        place = end;
    }
    if place < length {
        return Err(HttpError::not_sent("the body is shorter than it says"));
    }
    Ok(whole)
}

/// What JavaScript threw before anything was sent.
fn not_sent(thrown: JsValue) -> HttpError {
    HttpError::not_sent(failure::text(&thrown))
}
