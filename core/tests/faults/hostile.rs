//! Values that try to be more than values.

use polywrite::{CallOptions, Client, ErrorKind, Params, SdkIdentity};

use crate::clock::{builder, client};
use crate::operations::{CREATE_NOTE, GET_NOTE, LIST_NOTES};
use crate::server::{Server, json};

#[tokio::test]
async fn ids_stay_inside_their_segment() {
    for (id, line) in [
        ("a/b?x=1#y", "GET /v1/notes/a%2Fb%3Fx%3D1%23y HTTP/1.1"),
        ("../databases", "GET /v1/notes/..%2Fdatabases HTTP/1.1"),
        ("%2e%2e", "GET /v1/notes/%252e%252e HTTP/1.1"),
        ("...", "GET /v1/notes/... HTTP/1.1"),
        ("a\\..\\b", "GET /v1/notes/a%5C..%5Cb HTTP/1.1"),
        ("a\r\nx-appwrite-key: stolen", "GET /v1/notes/a%0D%0Ax-appwrite-key%3A%20stolen HTTP/1.1"),
        ("zoë 🦀", "GET /v1/notes/zo%C3%AB%20%F0%9F%A6%80 HTTP/1.1"),
        ("{noteId}", "GET /v1/notes/%7BnoteId%7D HTTP/1.1"),
    ] {
        let server = Server::start([json("200 OK", "{}")]).await;
        let (client, _) = client(&server);
        let params = Params::new().with("noteId", id);
        client.execute(&GET_NOTE, params, CallOptions::new()).await.unwrap();
        assert_eq!(server.lines(), [line]);
        assert_eq!(server.requests()[0].matches("x-appwrite-key:").count(), 1);
    }
}

#[tokio::test]
async fn ids_that_no_encoding_can_hold_fail_before_sending() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    for (id, message) in [
        ("", "`noteId` must not be empty"),
        (".", "`noteId` must not be `.`"),
        ("..", "`noteId` must not be `..`"),
    ] {
        let params = Params::new().with("noteId", id);
        let error = client.execute(&GET_NOTE, params, CallOptions::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Argument, message));
        assert_eq!(error.operation(), Some("notes.get"));
    }
    let error = client.execute(&GET_NOTE, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.to_string(), "notes.get: `noteId` is missing");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn wrong_arguments_fail_before_sending() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    for json in
        [r#"{"noteId": 1}"#, r#"{"noteId": "a", "size": 2.0}"#, r#"{"noteId": null}"#, r#"{"id": "a"}"#]
    {
        let params = Params::from_json(json).unwrap();
        let error = client.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{json}");
    }
    assert_eq!(Params::from_json("[1]").unwrap_err().kind(), ErrorKind::Argument);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn line_breaks_in_credentials_are_errors_that_do_not_show_them() {
    let inside = "standard_hidden\r\nx-evil: 1";
    let build = [
        Client::builder().key(inside).build(),
        Client::builder().session(inside).build(),
        Client::builder().jwt(inside).build(),
        Client::builder().bearer(inside).build(),
        Client::builder().cookie(inside).build(),
        Client::builder().dev_key(inside).build(),
        Client::builder().header("x-own", inside).build(),
        Client::builder().header("X-Appwrite-Key", inside).build(),
        Client::builder().project(inside).build(),
        Client::builder().organization(inside).build(),
        Client::builder().locale(inside).build(),
        Client::builder().forwarded_user_agent(inside).build(),
        Client::builder().impersonate_user_id(inside).build(),
        Client::builder().impersonate_user_email(inside).build(),
        Client::builder().impersonate_user_phone(inside).build(),
        Client::builder().response_format(inside).build(),
        Client::builder().app_name(inside).build(),
        Client::builder().sdk(SdkIdentity { name: inside.into(), ..SdkIdentity::default() }).build(),
        Client::builder().sdk(SdkIdentity { version: inside.into(), ..SdkIdentity::default() }).build(),
        Client::new().with_key(inside),
        Client::new().with_session(inside),
        Client::new().with_jwt(inside),
        Client::new().with_bearer(inside),
        Client::new().with_cookie(inside),
        Client::new().with_dev_key(inside),
    ];
    for built in build {
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.message().contains("line break"), "{error}");
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
    }
    assert!(Client::builder().header("x evil\r\n", "1").build().is_err());
}

#[tokio::test]
async fn a_line_break_at_the_end_of_a_key_is_trimmed() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let client = builder(&server).0.key("standard_1\r\n").build().unwrap();
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert!(server.requests()[0].contains("\r\nx-appwrite-key: standard_1\r\n"));
}

#[tokio::test]
async fn line_breaks_in_the_headers_of_a_call_are_errors() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    for options in [CallOptions::new().header("x-a", "1\nx-b: 2"), CallOptions::new().header("x-a\n", "1")] {
        let error = client.execute(&LIST_NOTES, Params::new(), options).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn headers_of_the_caller_cannot_change_the_length_of_a_request() {
    let framing = [
        ("Content-Length", "3"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
        ("Keep-Alive", "timeout=1"),
        ("Proxy-Connection", "close"),
        ("TE", "trailers"),
        ("Trailer", "x-late"),
        ("Upgrade", "h2c"),
    ];
    let server = Server::start([json("200 OK", "{}")]).await;
    let (mut builder, mut options) = (builder(&server).0, CallOptions::new());
    let mut own = Vec::new();
    for (name, value) in framing {
        builder = builder.header(name, value);
        options = options.header(name, value);
        own.push((name.to_owned(), value.to_owned()));
    }
    let client = builder.build().unwrap();
    let params = || Params::new().with("noteId", "abc");
    client.execute(&CREATE_NOTE, params(), options).await.unwrap();
    client.request("POST", "/notes", &own, params()).await.unwrap();
    assert_eq!(server.connections(), 1);
    for request in server.requests() {
        assert!(request.ends_with("\r\n\r\n{\"noteId\":\"abc\"}"), "{request}");
        for (name, _) in framing.iter().skip(1) {
            assert!(
                !request.to_lowercase().contains(&format!("\r\n{}:", name.to_lowercase())),
                "{name} in {request}"
            );
        }
    }
}

#[tokio::test]
async fn endpoints_that_cannot_work_are_errors() {
    for endpoint in [
        "",
        "appwrite.example.com/v1",
        "ftp://example.com",
        "http://",
        "https://user:hunter2@example.com/v1",
        "https://example.com/v1?x=1",
        "https://example.com/v1#x",
        "http://exa mple.com/v1",
        "http://[fe80::1%25lo]:80/v1",
        "http://[fe80::1%lo]/v1",
    ] {
        let error = Client::builder().endpoint(endpoint).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{endpoint}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    let zone = Client::builder().endpoint("http://[fe80::1%25lo]:80").build().unwrap_err();
    assert!(zone.message().contains("IPv6 zone"), "{zone}");
}

#[cfg(feature = "services")]
#[tokio::test]
async fn an_error_names_a_parameter_as_the_method_does() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let error = polywrite::services::Users::new(&client).get("").await.unwrap_err();
    assert_eq!(error.to_string(), "users.get: `user_id` must not be empty");
    let bytes = polywrite::services::Storage::new(&client).get_file_download("", "f").bytes().await;
    assert_eq!(bytes.unwrap_err().to_string(), "storage.getFileDownload: `bucket_id` must not be empty");
    assert_eq!(server.connections(), 0);
}
