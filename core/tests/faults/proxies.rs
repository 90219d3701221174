//! Proxies: what they see, and when the core uses them.

use std::process::Command;

use polywrite::{
    CallOptions, Client, ClientConfig, ErrorKind, Params, Realtime, RealtimeMessage, SubscribeOptions,
};

use crate::clock::{KEY, TestClock, builder};
use crate::operations::LIST_NOTES;
use crate::proxy::{Decisions, Language, Proxy};
use crate::realtime_server;
use crate::server::{Server, json, respond};
use crate::tls::identity;

async fn call(client: &Client) -> polywrite::Result<polywrite::Response> {
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await
}

#[tokio::test]
async fn tls_goes_through_a_tunnel() {
    for within_tls in [false, true] {
        let (tls, _) = identity(&["127.0.0.1"]);
        let server = Server::start_tls([json("200 OK", "{}")], tls.clone()).await;
        let (scheme, language) =
            if within_tls { ("https", Language::Https(tls)) } else { ("http", Language::Http) };
        let proxy = Proxy::start(language).await;
        let client = builder(&server)
            .0
            .self_signed(true)
            .proxy(format!("{scheme}://user:hunter2@{}", proxy.address))
            .build()
            .unwrap();
        call(&client).await.unwrap();
        let requests = proxy.requests();
        assert!(
            requests[0].starts_with(&format!("CONNECT {} HTTP/1.1\r\n", server.address())),
            "{}",
            requests[0]
        );
        assert!(
            requests[0].contains("\r\nProxy-Authorization: Basic dXNlcjpodW50ZXIy\r\n"),
            "{}",
            requests[0]
        );
        assert!(!requests[0].contains(KEY));
        assert_eq!(server.lines(), ["GET /v1/notes HTTP/1.1"]);
        assert!(!server.requests()[0].contains("proxy-authorization"));
    }
}

#[tokio::test]
async fn socks_goes_through_a_tunnel_and_resolves_names_there() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let proxy = Proxy::start(Language::Socks).await;
    let endpoint = server.endpoint().replace("127.0.0.1", "localhost");
    let client =
        Client::builder().endpoint(&*endpoint).proxy(format!("socks5://{}", proxy.address)).build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(proxy.requests(), [server.address().replace("127.0.0.1", "localhost")]);
    assert_eq!(server.lines(), ["GET /v1/notes HTTP/1.1"]);
}

#[tokio::test]
async fn realtime_goes_through_a_tunnel() {
    let server = realtime_server::Server::start().await;
    let proxy = Proxy::start(Language::Http).await;
    let config = format!(r#"{{"proxy":"http://user:hunter2@{}"}}"#, proxy.address);
    let client = server.client().configure(&ClientConfig::from_json(&config).unwrap()).unwrap();
    let rows = Realtime::new(&client).unwrap().subscribe(["rows"], SubscribeOptions::new()).unwrap();
    let mut connection = server.connected().await;
    assert_eq!(connection.subscribed().await.unwrap().len(), 1);
    connection.send(realtime_server::event(1, &["s1"])).await;
    let message = rows.next().await.unwrap().unwrap();
    assert!(matches!(message, RealtimeMessage::Event(event) if event.event().ends_with(".rows.r1.create")));
    let requests = proxy.requests();
    assert!(requests[0].starts_with("CONNECT 127.0.0.1:"), "{}", requests[0]);
    assert!(requests[0].contains("\r\nProxy-Authorization: Basic dXNlcjpodW50ZXIy\r\n"), "{}", requests[0]);
    // The proxy sees neither the session nor what is said.
    assert!(!requests[0].contains("s3cret"), "{}", requests[0]);
    assert_eq!(requests.len(), 1);
}

/// A client of a server that only a proxy knows.
fn client_by(endpoint: &str, proxy: &str) -> Client {
    let builder = Client::builder().endpoint(endpoint).key(KEY).proxy(proxy).clock(TestClock::default());
    builder.build().unwrap()
}

#[tokio::test]
async fn a_proxy_that_rejects_a_tunnel_is_named_with_its_status_and_retried_only_where_that_may_help() {
    for (response, status, requests, hint) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n",
            "407 Proxy Authentication Required",
            1,
            Some("check the user name and password in the proxy's address"),
        ),
        (
            "HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n<html>",
            "403 Forbidden",
            1,
            Some("the proxy must allow that server, or the server be excepted from it (`NO_PROXY`)"),
        ),
        ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", "502 Bad Gateway", 4, None),
    ] {
        let proxy = Proxy::start(Language::Fixed(response)).await;
        let client =
            client_by("https://appwrite.invalid/v1", &format!("http://user:hunter2@{}", proxy.address));
        let error = call(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Network, None));
        let expected = format!(
            "the proxy http://{} does not connect with https://appwrite.invalid: {status}",
            proxy.address
        );
        assert_eq!((error.message(), error.hint()), (&*expected, hint));
        assert_eq!(proxy.requests().len(), requests, "{status}");
        assert!(
            !format!("{error:?}").contains("hunter2") && !format!("{error:?}").contains("dXNlcjpodW50ZXIy")
        );
    }
}

#[tokio::test]
async fn a_proxys_own_response_to_a_forwarded_request_is_not_taken_for_appwrites() {
    for (response, says, requests) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 16\r\n\r\n{\"message\":\"no\"}",
            " responded 407 Proxy Authentication Required in place of Appwrite",
            1,
        ),
        (
            "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n",
            " or a gateway behind it responded 403 Forbidden in place of Appwrite",
            1,
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 6\r\n\r\n<html>",
            " or a gateway behind it responded 502 Bad Gateway in place of Appwrite",
            4,
        ),
        (
            "HTTP/1.1 404 Not Found\r\nx-squid-error: ERR_DNS_FAIL 0\r\ncontent-length: 0\r\n\r\n",
            " responded 404 Not Found in place of Appwrite",
            1,
        ),
    ] {
        let proxy = Proxy::start(Language::Fixed(response)).await;
        let client = client_by("http://appwrite.invalid/v1", &format!("http://{}", proxy.address));
        let error = call(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Network, None));
        assert_eq!(error.message(), format!("the proxy http://{}{says}", proxy.address));
        assert_eq!(proxy.requests().len(), requests, "{says}");
    }
}

#[tokio::test]
async fn an_error_of_appwrite_through_a_proxy_stays_appwrites() {
    let report = r#"{"message":"no","code":403,"type":"user_blocked"}"#;
    for (act, kind, status) in [
        (json("403 Forbidden", report), ErrorKind::Unauthorized, 403),
        (respond("503 Service Unavailable", &["server: Appwrite"], "<html>"), ErrorKind::Api, 503),
        (
            respond("404 Not Found", &["via: 1.1 proxy", "proxy-status: p"], "<html>"),
            ErrorKind::NotFound,
            404,
        ),
    ] {
        let server = Server::start([act]).await;
        let client = client_by("http://appwrite.invalid/v1", &format!("http://{}", server.address()));
        let error = call(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        assert!(
            server.lines()[0].starts_with("GET http://appwrite.invalid/v1/notes "),
            "{:?}",
            server.lines()
        );
    }
}

#[tokio::test]
async fn a_socks_proxy_that_needs_no_password_gets_none() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let endpoint = server.endpoint().replace("127.0.0.1", "localhost");
    let target = server.address().replace("127.0.0.1", "localhost");
    for (method, seen) in [
        (0, vec!["methods [0, 2]".to_owned(), target.clone()]),
        (2, vec!["methods [0, 2]".to_owned(), "user:hunter2".to_owned(), target]),
    ] {
        let proxy = Proxy::start(Language::SocksBy(Decisions { method, password: 0, code: 0 })).await;
        let client = client_by(&endpoint, &format!("socks5://user:hunter2@{}", proxy.address));
        call(&client).await.unwrap();
        assert_eq!(proxy.requests(), seen);
    }
}

#[tokio::test]
async fn a_socks_proxy_that_rejects_is_named_with_its_reason_and_retried_only_where_that_may_help() {
    for (decisions, user, reason, attempts) in [
        (
            Decisions { method: 2, password: 1, code: 0 },
            "user:hunter2@",
            "it does not accept the user name and password",
            1,
        ),
        (Decisions { method: 255, password: 0, code: 0 }, "", "it requires a user name and password", 1),
        (Decisions { method: 0, password: 0, code: 2 }, "", "its rules forbid that server", 1),
        (Decisions { method: 0, password: 0, code: 4 }, "", "it cannot reach the server", 4),
    ] {
        let proxy = Proxy::start(Language::SocksBy(decisions)).await;
        let client = client_by("https://appwrite.invalid/v1", &format!("socks5://{user}{}", proxy.address));
        let error = call(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Network, attempts));
        let expected = format!(
            "the proxy socks5://{} does not connect with https://appwrite.invalid: {reason}",
            proxy.address
        );
        assert_eq!(error.message(), expected);
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    for (endpoint, scheme) in [("http", "http"), ("https", "http"), ("https", "socks5")] {
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let client = Client::builder()
            .endpoint(format!("{endpoint}://appwrite.invalid/v1"))
            .proxy(format!("{scheme}://user:hunter2@{closed}"))
            .retries(0)
            .build()
            .unwrap();
        let error = call(&client).await.unwrap_err();
        let expected =
            format!("cannot connect to {endpoint}://appwrite.invalid by the proxy {scheme}://{closed}: ");
        assert!(error.message().starts_with(&expected), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[test]
fn an_unusable_proxy_is_an_error() {
    for proxy in ["http://", "ftp://proxy.test", "socks4://proxy.test", "http://a b", "http://u:hunter2@"] {
        let error = Client::builder().proxy(proxy).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{proxy}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    for proxy in ["proxy.test:8080", "http://proxy.test/", "https://proxy.test", "socks5h://proxy.test:1"] {
        assert!(Client::builder().proxy(proxy).build().is_ok(), "{proxy}");
    }
}

#[tokio::test]
async fn the_environment_names_proxies_and_exceptions() {
    let server = Server::start([json("200 OK", r#""direct""#)]).await;
    let proxy = Server::start([json("200 OK", r#""proxy""#)]).await;
    let here = server.address().to_owned();
    let cases = [
        ("", "proxy"),
        ("example.com", "proxy"),
        (here.as_str(), "direct"),
        ("127.0.0.1:1", "proxy"),
        ("127.0.0.0/8", "direct"),
        ("*", "direct"),
        ("example.com, *", "direct"),
    ];
    for (no_proxy, outcome) in cases {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "proxies::in_a_process_of_its_own", "--ignored", "--nocapture"]);
        for name in ["HTTP_PROXY", "ALL_PROXY", "all_proxy", "no_proxy", "REQUEST_METHOD"] {
            child.env_remove(name);
        }
        child.env("http_proxy", format!("http://{}", proxy.address())).env("NO_PROXY", no_proxy);
        child.env("APPWRITE_ENDPOINT", server.endpoint()).env("APPWRITE_PROJECT_ID", "p");
        let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains(&format!("outcome: \"{outcome}\"")), "{no_proxy}: {text}");
    }
}

#[tokio::test]
#[ignore = "the other test runs it"]
async fn in_a_process_of_its_own() {
    let response = call(&Client::from_env().unwrap()).await.unwrap();
    println!("\noutcome: {}", response.text().unwrap());
}
