//! HTTP clients that a program brings: what the core does above them, and middleware.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use polywrite::http::{HttpClient, HttpError, RequestBody, ResponseBody, Sending};
use polywrite::{CallOptions, Change, Client, ClientBuilder, ClientConfig, ErrorKind, Params};

use crate::clock::{KEY, TestClock};
use crate::operations::{CREATE_NOTE, GET_NOTE, LIST_NOTES};
use crate::server::{Act, Server, json};

/// Counts the requests that go out.
struct Counting<C> {
    inner: C,
    count: Arc<AtomicUsize>,
}

impl<C: HttpClient> HttpClient for Counting<C> {
    fn send<'a>(&'a self, request: Request<RequestBody>) -> Sending<'a> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.inner.send(request)
    }
}

/// Adds a header that is made of the method, the path and the body.
struct Signing<C>(C);

impl<C: HttpClient> HttpClient for Signing<C> {
    fn send<'a>(&'a self, mut request: Request<RequestBody>) -> Sending<'a> {
        let length = request.body().as_bytes().unwrap_or_default().len();
        let signature = format!("{} {} {length}", request.method(), request.uri().path());
        match signature.parse() {
            Ok(signature) => drop(request.headers_mut().insert("x-signature", signature)),
            Err(cause) => return Box::pin(async { Err(HttpError::not_sent(cause)) }),
        }
        self.0.send(request)
    }
}

/// Keeps the bodies of successful responses to GET requests.
struct Caching<C> {
    inner: C,
    kept: Mutex<HashMap<String, Bytes>>,
}

impl<C: HttpClient> HttpClient for Caching<C> {
    fn send<'a>(&'a self, request: Request<RequestBody>) -> Sending<'a> {
        Box::pin(async move {
            if request.method() != http::Method::GET {
                return self.inner.send(request).await;
            }
            let url = request.uri().to_string();
            if let Some(body) = self.kept.lock().unwrap().get(&url) {
                return Ok(Response::new(body.clone().into()));
            }
            let (head, body) = self.inner.send(request).await?.into_parts();
            let body = body.read(1 << 20).await.map_err(HttpError::perhaps_sent)?;
            // A compressed body must not be kept without its header.
            if head.status == StatusCode::OK && !head.headers.contains_key("content-encoding") {
                self.kept.lock().unwrap().insert(url, body.clone());
            }
            Ok(Response::from_parts(head, body.into()))
        })
    }
}

/// Makes every attempt come to the same end.
struct Failing<F>(F, Arc<AtomicUsize>);

impl<F: Fn() -> HttpError + Send + Sync + 'static> HttpClient for Failing<F> {
    fn send<'a>(&'a self, _: Request<RequestBody>) -> Sending<'a> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Err((self.0)()) })
    }
}

fn builder(endpoint: String) -> ClientBuilder {
    Client::builder().endpoint(endpoint).project("shop").key(KEY).clock(TestClock::default())
}

#[tokio::test]
async fn middleware_counts_every_attempt_and_signs_what_goes_out() {
    let server = Server::start([json("503 Service Unavailable", "{}"), json("201 Created", "{}")]).await;
    let count = Arc::new(AtomicUsize::new(0));
    let signing = Signing(Client::new().http_client());
    let client = builder(server.endpoint()).http_client(Counting { inner: signing, count: count.clone() });
    let params = Params::new().with("noteId", "a");
    let called = client.build().unwrap().execute(&LIST_NOTES, Params::new(), CallOptions::new()).await;
    assert_eq!(called.unwrap().text().unwrap(), "{}");
    assert_eq!(count.load(Ordering::Relaxed), 2);
    for request in server.requests() {
        assert!(request.contains("\r\nx-signature: GET /v1/notes 0\r\n"), "{request}");
    }
    let client =
        builder(server.endpoint()).http_client(Signing(Client::new().http_client())).build().unwrap();
    client.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap();
    let request = server.requests().remove(2);
    assert!(request.contains("x-signature: POST /v1/own/notes 14\r\n"), "{request}");
    assert!(request.ends_with("{\"noteId\":\"a\"}"), "{request}");
}

#[tokio::test]
async fn middleware_returns_a_response_that_it_kept() {
    let server = Server::start([json("200 OK", r#"{"first":1}"#), json("200 OK", r#"{"second":2}"#)]).await;
    let caching = Caching { inner: Client::new().http_client(), kept: Mutex::default() };
    let client = builder(server.endpoint()).http_client(caching).build().unwrap();
    for (id, body) in [("a", r#"{"first":1}"#), ("a", r#"{"first":1}"#), ("b", r#"{"second":2}"#)] {
        let params = Params::new().with("noteId", id);
        let response = client.execute(&GET_NOTE, params, CallOptions::new()).await.unwrap();
        assert_eq!(response.text().unwrap(), body);
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn whether_a_request_was_sent_decides_whether_a_post_is_repeated() {
    let timed_out = || HttpError { timed_out: true, ..HttpError::perhaps_sent("too slow") };
    let open = || HttpError::not_sent("the circuit is open");
    let cases: [(fn() -> HttpError, _, _, _); 3] = [
        (open, 4, ErrorKind::Network, "the HTTP client did not send the request: the circuit is open"),
        (
            || HttpError::perhaps_sent("gone"),
            1,
            ErrorKind::Network,
            "the connection broke before a response: gone",
        ),
        (timed_out, 1, ErrorKind::Timeout, "a time limit of the HTTP client has passed"),
    ];
    for (failure, attempts, kind, message) in cases {
        let count = Arc::new(AtomicUsize::new(0));
        let client = builder("http://a.test/v1".into()).http_client(Failing(failure, count.clone()));
        let params = Params::new().with("noteId", "a");
        let called = client.build().unwrap().execute(&CREATE_NOTE, params, CallOptions::new()).await;
        let error = called.unwrap_err();
        assert_eq!((error.kind(), error.message()), (kind, message));
        assert_eq!((error.attempts().len(), count.load(Ordering::Relaxed)), (attempts, attempts), "{error}");
    }
}

#[tokio::test]
async fn time_in_the_queue_of_a_wrapped_pool_does_not_count() {
    const LIMIT: Duration = Duration::from_millis(400);
    // Each response takes less than the limit, all of them more.
    let slow = Act::Drip(vec![crate::server::response_bytes("200 OK", &[], "{}")], LIMIT / 2);
    let server = Server::start([slow]).await;
    let plain = builder(server.endpoint()).max_connections(1).build().unwrap();
    let client = builder(server.endpoint()).timeout(LIMIT).retries(0).http_client(plain.http_client());
    let client = client.build().unwrap();
    let call = || client.execute(&LIST_NOTES, Params::new(), CallOptions::new());
    let (one, two, three, four) = tokio::join!(call(), call(), call(), call());
    for called in [one, two, three, four] {
        called.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn settings_of_connections_are_errors_beside_an_http_client_of_ones_own() {
    let own = || Client::builder().http_client(Client::new().http_client());
    for (name, built) in [
        ("selfSigned", own().self_signed(true).build()),
        ("caCertificates", own().ca_certificates("…").build()),
        ("proxy", own().proxy("http://localhost:1").build()),
        ("http1Only", own().http1_only(true).build()),
        ("connectTimeout", own().connect_timeout(Duration::from_secs(1)).build()),
        ("maxConnections", own().max_connections(1u64).build()),
    ] {
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.message().starts_with(&format!("the setting `{name}` has no effect")), "{error}");
    }
    let later = ClientConfig { http1_only: Change::To(true), ..ClientConfig::new() };
    let error = own().build().unwrap().configure(&later).unwrap_err();
    assert!(error.message().contains("`http1Only`"), "{error}");
    own().timeout(Duration::from_secs(1)).build().unwrap();
}

#[test]
fn a_call_outside_a_runtime_is_an_error_over_every_client() {
    let client = Client::builder().http_client(Client::new().http_client()).build().unwrap();
    let mut call = std::pin::pin!(client.execute(&LIST_NOTES, Params::new(), CallOptions::new()));
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(called) = call.as_mut().poll(context) else { panic!("the call waits") };
    assert_eq!(called.unwrap_err().message(), "calls must be awaited inside a tokio runtime");
}

#[tokio::test]
async fn a_response_without_a_connection_is_read_like_any_other() {
    struct Fixed;
    impl HttpClient for Fixed {
        fn send<'a>(&'a self, _: Request<RequestBody>) -> Sending<'a> {
            Box::pin(async { Ok(Response::new(ResponseBody::from(Bytes::from_static(b"{\"total\":0}")))) })
        }
    }
    let client = builder("http://a.test/v1".into()).http_client(Fixed).build().unwrap();
    let call = |options| client.execute(&LIST_NOTES, Params::new(), options);
    assert_eq!(call(CallOptions::new()).await.unwrap().text().unwrap(), "{\"total\":0}");
    let error = call(CallOptions::new().max_response_bytes(5)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[cfg(feature = "reqwest")]
mod reqwest {
    use polywrite::http::Reqwest;

    use super::*;
    use crate::server::respond;

    #[tokio::test]
    async fn a_redirect_that_reqwest_followed_to_another_host_is_an_error_that_says_why() {
        let other = Server::start([json("200 OK", "{}")]).await;
        let location = format!("location: {}/notes", other.endpoint());
        let server = Server::start([respond("302 Found", &[&location], "")]).await;
        let client = crate::over::reqwest_builder().build().unwrap();
        let client = builder(server.endpoint()).http_client(Reqwest::trusting(client)).build().unwrap();
        let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Api, 1));
        let to = other.endpoint().replace("/v1", "");
        let message = format!("the HTTP client followed a redirect to {to} by itself");
        assert_eq!(error.message(), message);
        assert!(error.hint().unwrap().contains("`Reqwest::build`"), "{error}");
        assert!(!format!("{error:?}").contains(KEY));
    }

    #[tokio::test]
    async fn a_post_that_reqwest_redirected_is_an_error_and_a_get_within_the_server_is_not() {
        let moved = respond("302 Found", &["location: /v1/others"], "");
        let server = Server::start([moved.clone(), json("200 OK", "{}"), moved, json("200 OK", "{}")]).await;
        let client = crate::over::reqwest_builder().build().unwrap();
        let client = builder(server.endpoint()).http_client(Reqwest::trusting(client)).build().unwrap();
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
        let params = Params::new().with("noteId", "a");
        let error = client.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap_err();
        assert_eq!(error.message(), "the HTTP client followed a redirect to /v1/others by itself");
        assert_eq!(server.requests().len(), 4);
    }
}
