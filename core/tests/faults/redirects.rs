//! Redirects: never with credentials to another server.

use polywrite::{CallOptions, ErrorKind, Params};

use crate::clock::{KEY, client};
use crate::operations::{CREATE_NOTE, LIST_NOTES, SIGN_IN};
use crate::server::{Server, json, respond};

const GOOD: &str = r#"{"total":3}"#;

#[tokio::test]
async fn another_origin_receives_nothing() {
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let other = Server::start([json("200 OK", GOOD)]).await;
        let location = format!("location: {}/notes", other.endpoint());
        let server = Server::start([respond(status, &[&location], "")]).await;
        let (client, _) = client(&server);
        let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
        assert!(error.message().contains(other.address()), "{error}");
        assert!(!format!("{error} {error:?}").contains(KEY));
        assert_eq!((other.requests().len(), other.connections()), (0, 0));
    }
}

#[tokio::test]
async fn the_same_origin_is_followed() {
    let server = Server::start([
        respond("301 Moved Permanently", &["location: /v1/moved?a=1"], ""),
        respond("307 Temporary Redirect", &["location: again"], ""),
        json("200 OK", GOOD),
    ])
    .await;
    let (client, _) = client(&server);
    let response = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), GOOD);
    assert_eq!(
        server.lines(),
        ["GET /v1/notes HTTP/1.1", "GET /v1/moved?a=1 HTTP/1.1", "GET /v1/again HTTP/1.1"]
    );
}

#[tokio::test]
async fn a_post_keeps_its_body_or_is_not_followed() {
    let server = Server::start([
        respond("308 Permanent Redirect", &["location: /v1/moved"], ""),
        json("201 Created", GOOD),
    ])
    .await;
    let (kept, _) = client(&server);
    let params = Params::new().with("noteId", "a");
    kept.execute(&CREATE_NOTE, params.clone(), CallOptions::new()).await.unwrap();
    assert_eq!(server.lines()[1], "POST /v1/moved HTTP/1.1");
    assert!(server.requests()[1].ends_with("\r\n\r\n{\"noteId\":\"a\"}"));

    let server = Server::start([respond("302 Found", &["location: /v1/login"], "")]).await;
    let (redirected, _) = client(&server);
    let error = redirected.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(302)));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn redirects_end_after_five() {
    let server = Server::start([respond("302 Found", &["location: /v1/notes"], "")]).await;
    let (client, _) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert!(error.message().contains("more than 5 redirects"), "{error}");
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn a_redirect_without_a_location_is_an_error() {
    let server = Server::start([respond("302 Found", &[], "")]).await;
    let (client, _) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
}

#[tokio::test]
async fn a_redirect_operation_returns_the_location_and_follows_nothing() {
    let other = Server::start([json("200 OK", GOOD)]).await;
    let target = format!("http://{}/login?state=1", other.address());
    let server =
        Server::start([respond("301 Moved Permanently", &[&format!("Location: {target}")], "")]).await;
    let (client, _) = client(&server);
    let params = Params::new().with("provider", "github");
    let response = client.execute(&SIGN_IN, params, CallOptions::new()).await.unwrap();
    assert_eq!(response.location().unwrap(), target);
    assert_eq!(server.lines(), ["GET /v1/oauth/shop/github HTTP/1.1"]);
    assert!(!server.requests()[0].contains("x-appwrite-project"));
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn raw_calls_follow_redirects_unless_they_ask_for_the_location() {
    let moved = || respond("302 Found", &["location: /v1/moved"], "");
    let server = Server::start([moved(), json("200 OK", GOOD), moved()]).await;
    let (client, _) = client(&server);
    let followed = client.request("GET", "/notes", &[], Params::new()).await.unwrap();
    assert_eq!(followed.text().unwrap(), GOOD);
    let place = client.redirect("GET", "/notes", &[], Params::new()).await.unwrap();
    assert_eq!(place.location().unwrap(), "/v1/moved");
    assert_eq!(
        server.lines(),
        ["GET /v1/notes HTTP/1.1", "GET /v1/moved HTTP/1.1", "GET /v1/notes HTTP/1.1"]
    );

    let other = Server::start([json("200 OK", GOOD)]).await;
    let elsewhere = respond("302 Found", &[&format!("location: {}/notes", other.endpoint())], "");
    let server = Server::start([elsewhere]).await;
    let error = self::client(&server).0.request("GET", "/notes", &[], Params::new()).await.unwrap_err();
    assert_eq!((error.kind(), other.connections()), (ErrorKind::Api, 0));
}

#[tokio::test]
async fn a_redirect_operation_does_not_hide_the_servers_error() {
    let disabled = r#"{"message":"Provider is disabled","code":412,"type":"project_provider_disabled"}"#;
    let server = Server::start([json("412 Precondition Failed", disabled)]).await;
    let (client, _) = client(&server);
    let params = Params::new().with("provider", "github");
    let error = client.execute(&SIGN_IN, params.clone(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.error_type(), Some("project_provider_disabled"));

    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = crate::clock::client(&server);
    let error = client.execute(&SIGN_IN, params, CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}
