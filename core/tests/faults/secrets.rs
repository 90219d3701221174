//! Credentials: where they may be seen, and where not.

use polywrite::{CallOptions, Change, Client, ClientConfig, Credential, ErrorKind, Params};

use crate::clock::{KEY, builder, client};
use crate::operations::LIST_NOTES;
use crate::server::{Act, Server, answer, json};

#[test]
fn debug_shows_no_secret() {
    let secrets =
        ["keyvalue", "jwtvalue", "bearervalue", "cookievalue", "devkeyvalue", "proxyvalue", "headervalue"];
    let builder = Client::builder()
        .key("keyvalue")
        .jwt("jwtvalue")
        .bearer("bearervalue")
        .cookie("cookievalue")
        .dev_key("devkeyvalue")
        .proxy("http://user:proxyvalue@localhost:1")
        .header("x-own-secret", "headervalue");
    let mut text = format!("{builder:?}");
    let client = builder.build().unwrap();
    text += &format!("{client:?} {client:#?} {:?}", client.with_session("sessionvalue").unwrap());
    text += &format!("{:?}", Credential::Key("keyvalue".into()));
    text += &format!("{:?}", CallOptions::new().header("x-own-secret", "headervalue"));
    text +=
        &format!("{:?}", ClientConfig { session: Change::To("sessionvalue".into()), ..ClientConfig::new() });
    for secret in secrets.iter().chain(&["sessionvalue"]) {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert!(text.contains("[redacted]"));
}

#[test]
fn settings_that_cannot_be_read_are_not_quoted() {
    for json in [
        r#"{"key": {"standard_hidden": 1}}"#,
        r#"{"retries": "standard_hidden"}"#,
        r#"{"keyy": "standard_hidden"}"#,
    ] {
        let error = ClientConfig::from_json(json).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
    }
}

#[tokio::test]
async fn errors_never_quote_the_key() {
    let echo = format!(r#"{{"message":"No project for {KEY}","code":401,"type":"user_unauthorized"}}"#);
    for act in [
        json("401 Unauthorized", &echo),
        answer("502 Bad Gateway", &[], KEY),
        json("200 OK", KEY),
        Act::AnswerAndReset(Vec::new()),
    ] {
        let server = Server::start([act]).await;
        let (client, _) = client(&server);
        let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
        let mut shown = format!("{error} {error:?} {}", serde_json::to_string(&error.record()).unwrap());
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            shown += &format!("{cause} {cause:?}");
            source = cause.source();
        }
        assert!(!shown.contains(KEY), "{shown}");
    }
}

#[test]
fn key_and_session_are_refused_together() {
    let both = [
        Client::builder().key("k").session("s").build(),
        Client::builder()
            .key("k")
            .build()
            .unwrap()
            .configure(&ClientConfig::from_json(r#"{"session":"s"}"#).unwrap()),
    ];
    for built in both {
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("make two clients"), "{error}");
    }
}

#[test]
fn an_empty_credential_means_none() {
    for empty in ["", " ", "\n"] {
        Client::builder().key(empty).session("s").build().unwrap();
    }
    let client = Client::builder().key("k").build().unwrap();
    let patch = ClientConfig::from_json(r#"{"key": null, "session": "s"}"#).unwrap();
    client.configure(&patch).unwrap();
    client.configure(&ClientConfig::from_json(r#"{"key": "", "session": "s"}"#).unwrap()).unwrap();
}

#[tokio::test]
async fn another_credential_replaces_every_other() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let full = builder(&server)
        .0
        .jwt("jwtvalue")
        .bearer("bearervalue")
        .cookie("cookievalue")
        .dev_key("devkeyvalue")
        .impersonate_user_id("someone")
        .header("X-Appwrite-JWT", "jwtvalue2")
        .header("x-trace", "kept")
        .locale("de")
        .build()
        .unwrap();
    full.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    for other in [full.with_session("s1").unwrap(), full.with_credential(Credential::None).unwrap()] {
        other.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    }
    let requests = server.requests();
    for name in [
        "x-appwrite-key",
        "authorization: Bearer ",
        "cookie",
        "x-appwrite-dev-key",
        "x-appwrite-jwt: jwtvalue2",
        "x-appwrite-impersonate-user-id",
    ] {
        assert!(requests[0].contains(name), "{name}");
        assert!(!requests[1].contains(name) && !requests[2].contains(name), "{name}");
    }
    assert!(requests[1].contains("x-appwrite-session: s1\r\n"));
    assert!(!requests[2].contains("x-appwrite-session"));
    for request in &requests {
        assert!(request.contains("x-trace: kept\r\n") && request.contains("x-appwrite-locale: de\r\n"));
        assert!(request.contains("x-appwrite-project: shop\r\n"));
    }
    assert_eq!(server.connections(), 1);
}
