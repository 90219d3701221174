//! Proxies: what they see, and when they are used.

use std::process::Command;

use polywrite::{CallOptions, Client, ErrorKind, Params};

use crate::clock::{KEY, TestClock, builder};
use crate::operations::LIST_NOTES;
use crate::proxy::{Language, Proxy};
use crate::server::{Server, json};
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
        let asked = proxy.asked();
        assert!(asked[0].starts_with(&format!("CONNECT {} HTTP/1.1\r\n", server.address())), "{}", asked[0]);
        assert!(asked[0].contains("\r\nProxy-Authorization: Basic dXNlcjpodW50ZXIy\r\n"), "{}", asked[0]);
        assert!(!asked[0].contains(KEY));
        assert_eq!(server.lines(), ["GET /v1/notes HTTP/1.1"]);
        assert!(!server.requests()[0].contains("proxy-authorization"));
    }
}

#[tokio::test]
async fn socks_goes_through_a_tunnel_and_looks_names_up_there() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let proxy = Proxy::start(Language::Socks).await;
    let endpoint = server.endpoint().replace("127.0.0.1", "localhost");
    let client =
        Client::builder().endpoint(&*endpoint).proxy(format!("socks5://{}", proxy.address)).build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(proxy.asked(), [server.address().replace("127.0.0.1", "localhost")]);
    assert_eq!(server.lines(), ["GET /v1/notes HTTP/1.1"]);
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_as_the_reason() {
    let proxy = Proxy::start(Language::Http).await;
    let client = Client::builder()
        .endpoint("https://forbidden.invalid/v1")
        .proxy(format!("http://user:hunter2@{}", proxy.address))
        .clock(TestClock::default())
        .build()
        .unwrap();
    let error = call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert!(error.message().contains("proxy authorization required"), "{error}");
    assert!(!format!("{error:?}").contains("hunter2") && !format!("{error:?}").contains("dXNlcjpodW50ZXIy"));
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
fn what_is_no_usable_proxy_is_refused() {
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
    let cases = [
        ("", "proxy"),
        ("example.com", "proxy"),
        ("127.0.0.0/8", "direct"),
        ("*", "direct"),
        ("example.com, *", "direct"),
    ];
    for (no_proxy, answered) in cases {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "proxies::in_a_process_of_its_own", "--ignored", "--nocapture"]);
        for name in ["HTTP_PROXY", "ALL_PROXY", "all_proxy", "no_proxy", "REQUEST_METHOD"] {
            child.env_remove(name);
        }
        child.env("http_proxy", format!("http://{}", proxy.address())).env("NO_PROXY", no_proxy);
        child.env("APPWRITE_ENDPOINT", server.endpoint());
        let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains(&format!("answered: \"{answered}\"")), "{no_proxy}: {text}");
    }
}

#[tokio::test]
#[ignore = "the other test runs it"]
async fn in_a_process_of_its_own() {
    let response = call(&Client::from_env().unwrap()).await.unwrap();
    println!("\nanswered: {}", response.text().unwrap());
}
