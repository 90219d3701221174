//! Credentials: where they may appear, and where not.

use polywrite::{CallOptions, Change, Client, ClientConfig, Credential, ErrorKind, Params};

use crate::clock::{KEY, builder, client};
use crate::logs::Logs;
use crate::operations::LIST_NOTES;
use crate::server::{Act, Server, json, respond};

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
fn debug_shows_no_secret_in_a_wrong_place() {
    let bundle = "-----BEGIN PRIVATE KEY-----\nkeyvalue\n-----END PRIVATE KEY-----\n";
    let builder = Client::builder().ca_certificates(bundle).endpoint("https://user:keyvalue@example.com/v1");
    let text = format!("{builder:?} {builder:#?}");
    assert!(!text.contains("keyvalue"), "{text}");
    assert!(text.contains("[redacted]") && text.contains("example.com/v1"), "{text}");
}

#[test]
fn settings_that_cannot_be_read_are_not_quoted() {
    for (json, place) in [
        (r#"{"key": {"standard_hidden": 1}}"#, "`key`"),
        (r#"{"locale": "de", "retries": "standard_hidden"}"#, "`retries`"),
        (r#"{"keyy": "standard_hidden"}"#, "`keyy`"),
        (r#"{"key": "standard_hidden", "timeout": -1}"#, "`timeout`"),
        (r#"{"key": "standard_hidden", "retries": {"max": -1}}"#, "`retries.max`"),
        (r#"{"key": "standard_hidden""#, "line 1, column 25"),
        (r#""standard_hidden""#, "not an object"),
    ] {
        let error = ClientConfig::from_json(json).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
        assert!(error.message().contains(place), "{error:?} names {place}");
    }
}

#[test]
fn the_error_for_an_unknown_setting_suggests_the_nearest_one() {
    for (json, message) in [
        (r#"{"endPoint": "x"}"#, "`endPoint` is not a setting; did you mean `endpoint`?"),
        (r#"{"self_signed": true}"#, "`self_signed` is not a setting; did you mean `selfSigned`?"),
        (r#"{"sesion": "s"}"#, "`sesion` is not a setting; did you mean `session`?"),
        (r#"{"apikeys": "k"}"#, "`apikeys` is not a setting"),
        (r#"{"": 1}"#, "`` is not a setting"),
        (r#"{"timeout": "1 s"}"#, "the setting `timeout` must be a duration, 0 or more"),
        (r#"{"retries": {"maxx": 1}}"#, "`retries.maxx` is not a setting"),
    ] {
        assert_eq!(ClientConfig::from_json(json).unwrap_err().message(), message);
    }
}

#[tokio::test]
async fn errors_never_quote_the_key() {
    let echo = format!(r#"{{"message":"No project for {KEY}","code":401,"type":"user_unauthorized"}}"#);
    for act in [
        json("401 Unauthorized", &echo),
        respond("502 Bad Gateway", &[], KEY),
        json("200 OK", KEY),
        Act::RespondAndReset(Vec::new()),
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

#[tokio::test]
async fn no_error_quotes_a_secret_whatever_carried_it() {
    const SECRET: &str = "eyJhbGciOiJIUzI1NiJ9.topsecret.sig==";
    let echo = format!(r#"{{"message":"Not {SECRET}","code":401,"type":"user_jwt_invalid"}}"#);
    let server = Server::start([json("401 Unauthorized", &echo)]).await;
    let guest = || builder(&server).0.key("");
    let call = |client: Client, options: CallOptions| async move {
        client.execute(&LIST_NOTES, Params::new(), options).await.unwrap_err()
    };
    let none = CallOptions::new;
    let errors = [
        call(guest().jwt(SECRET).build().unwrap(), none()).await,
        call(guest().bearer(SECRET).build().unwrap(), none()).await,
        call(guest().cookie(format!("theme=dark; a_session_shop={SECRET}")).build().unwrap(), none()).await,
        call(guest().header("X-Appwrite-JWT", SECRET).build().unwrap(), none()).await,
        call(guest().build().unwrap(), none().header("Authorization", format!("Bearer {SECRET}"))).await,
    ];
    for error in errors {
        assert_eq!(error.message(), "Not [redacted]");
        let record = serde_json::to_string(&error.record()).unwrap();
        assert!(!format!("{error} {error:?} {record}").contains("topsecret"), "{error:?}");
    }
    // The user that an administrator impersonates is not a secret.
    let echo = json(
        "404 Not Found",
        r#"{"message":"No user ripley@example.com","code":404,"type":"user_not_found"}"#,
    );
    let server = Server::start([echo]).await;
    let client = builder(&server).0.impersonate_user_email("ripley@example.com").build().unwrap();
    assert_eq!(call(client, none()).await.message(), "No user ripley@example.com");
}

#[tokio::test]
async fn a_response_that_cannot_be_read_is_quoted_without_its_secrets() {
    let cut = b"HTTP/1.1 201 Created\r\n\r\n{\"$id\":\"s1\",\"secret\":\"topsecr".to_vec();
    let whole = json("201 Created", r#"{"total":"many","jwt":"topsecret"}"#);
    let (cut, whole) = (Server::start([Act::RespondAndClose(cut)]).await, Server::start([whole]).await);
    let options = CallOptions::new().retries(0);
    let cut = client(&cut).0.execute(&LIST_NOTES, Params::new(), options.clone()).await.unwrap_err();
    let whole = client(&whole).0.execute(&LIST_NOTES, Params::new(), options).await.unwrap();
    for error in [cut, whole.json::<Vec<u8>>().unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Decode);
        let record = serde_json::to_string(&error.record()).unwrap();
        let shown = format!("{error} {error:?} {record}");
        assert!(!shown.contains("topsecr") && shown.contains("[redacted]"), "{shown}");
    }
}

#[tokio::test]
async fn no_encoding_of_a_secret_brings_it_into_an_error() {
    // Text that is not JSON, an error object with more fields, and a page.
    let users = r#"{"total":"2","users":[{"$id":"a","password":"$argon2id$TOPSECRET","hash":"TOPSECRET"},
        {"$id":"b","se\u0063ret":"TOPSECRET","password":["TOPSECRET]","TOPSECRET"]}]}"#;
    let report = r#"{"message":"no secret=TOPSECRET","code":500,"type":"general_unknown",
        "trace":[{"args":[{"password":"TOPSECRET"},"{\"jwt\":\"TOPSECRET\"}"]}]}"#;
    let page =
        "<p>{'secret': 'TOPSECRET'} ?secret=TOPSECRET&amp;x=1 {&quot;secret&quot;:&quot;TOPSECRET&quot;}";
    for act in [
        json("200 OK", users),
        json("500 Internal Server Error", report),
        respond("500 Internal Server Error", &[], page),
        respond("500 Internal Server Error", &[], "failed at secret=TOPSECRET"),
        respond("200 OK", &[], page),
    ] {
        let server = Server::start([act]).await;
        let called = client(&server).0.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await;
        let error = called.and_then(|response| response.json::<Vec<u8>>()).unwrap_err();
        let record = serde_json::to_string(&error.record()).unwrap();
        let shown = format!("{error} {error:?} {record}");
        assert!(!shown.contains("TOPSECRET") && shown.contains("[redacted]"), "{shown}");
    }
}

#[tokio::test]
async fn a_servers_control_characters_stay_out_of_messages_types_hints_and_logs() {
    let (logs, _guard) = Logs::collect();
    let odd = r"a\u001b[31m\r\n2026-01-01 root logged in\u0000\u009b\u202e\u2028b";
    let report = format!(r#"{{"message":"{odd}","code":500,"type":"{odd}"}}"#);
    let plain = "a\u{1b}[31m\r\n2026-01-01 root logged in\0\u{9b}\u{202e}\u{2028}b";
    let warned = respond("200 OK", &["x-appwrite-warning: a\u{202e}\u{2028}b"], "{");
    for act in [
        json("500 Internal Server Error", &report),
        respond("503 Service Unavailable", &[], plain),
        respond("200 OK", &[], plain),
        respond("302 Found", &["location: http://b.test/\u{202e}"], ""),
        warned,
    ] {
        let server = Server::start([act]).await;
        let called = client(&server).0.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await;
        let error = called.unwrap_err();
        let mut texts = vec![error.to_string(), error.message().to_owned()];
        texts.extend(error.error_type().map(str::to_owned));
        texts.extend(error.hint().map(str::to_owned));
        texts.extend(error.attempts().iter().map(|attempt| attempt.message.clone()));
        for text in texts {
            let is_odd = |letter: char| letter.is_control() || "\u{202e}\u{2028}".contains(letter);
            assert!(!text.contains(is_odd), "{text:?}");
        }
        // For programs the body is as the server sent it.
        assert!(
            error.body().is_none_or(|body| !body.contains('a') || body.contains(['\u{1b}', '\\'])),
            "{error:?}"
        );
    }
    assert!(
        !logs.text().replace('\n', "").contains(|letter: char| letter.is_control() || letter == '\u{202e}')
    );
}

#[tokio::test]
async fn an_error_keeps_the_beginning_of_a_long_body() {
    let long = format!(r#"{{"total":"many","filler":"{}","secret":"TOPSECRET"}}"#, "x".repeat(70_000));
    let server = Server::start([json("200 OK", &long)]).await;
    let response = client(&server).0.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    let error = response.json::<Vec<u8>>().unwrap_err();
    assert_eq!(error.body().unwrap().len(), 65_536);
    assert!(error.message().contains(&format!("({} bytes)", long.len())), "{}", error.message());
}

#[tokio::test]
async fn a_session_quoted_with_escapes_is_not_shown() {
    let session = "eyJpZCI6IjEiLCJz/ZWNyZXQiOi+J0b3A=";
    for quoted in [session.replace('/', "\\/"), "eyJpZCI6IjEiLCJz%2FZWNyZXQiOi%2BJ0b3A%3D".to_owned()] {
        let server =
            Server::start([respond("500 Internal Server Error", &[], &format!("no {quoted}"))]).await;
        let client = builder(&server).0.key("").session(session).build().unwrap();
        let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
        assert_eq!((error.message(), error.body()), ("no [redacted]", Some("no [redacted]")));
    }
}

#[tokio::test]
async fn the_reason_why_a_response_cannot_be_read_quotes_no_secret() {
    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Codes {
        #[expect(dead_code, reason = "it cannot be read")]
        recovery_codes: Vec<String>,
    }
    let server = Server::start([json("200 OK", r#"{"recoveryCodes":"top\" secret"}"#)]).await;
    let response = client(&server).0.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    let error = response.json::<Codes>().unwrap_err();
    let cause = std::error::Error::source(&error);
    assert!(!format!("{error} {error:?} {cause:?}").contains("secret"), "{error:?}");
    assert!(error.message().starts_with("invalid type: string, expected a sequence at line 1"), "{error}");
}

#[tokio::test]
async fn no_level_of_logging_shows_a_credential() {
    let (logs, _guard) = Logs::collect();
    let echo = format!(r#"{{"message":"Not {KEY}","code":503,"type":"general_server_error"}}"#);
    let warned = respond("200 OK", &["x-appwrite-warning: mind the gap"], "{}");
    let server =
        Server::start([json("503 Service Unavailable", &echo), Act::RespondAndReset(Vec::new()), warned])
            .await;
    let client = builder(&server).0.cookie("a=topsecretkey").build().unwrap();
    let options = CallOptions::new().header("x-appwrite-jwt", "topsecretkey");
    client.execute(&LIST_NOTES, Params::new(), options.clone()).await.unwrap();
    client.execute(&LIST_NOTES, Params::new(), options).await.unwrap();
    let text = logs.text();
    assert!(text.contains("attempt 1: Not [redacted] in "), "{text}");
    // The server sends a warning with every response; one is enough.
    assert_eq!(text.matches("mind the gap").count(), 1, "{text}");
    assert!(!text.contains("topsecret"), "{text}");
}

#[tokio::test]
async fn a_query_is_not_quoted_when_the_network_fails() {
    let server = Server::start([Act::RespondAndReset(Vec::new())]).await;
    let (client, _) = client(&server);
    let params = Params::new().with("jwt", "topsecretjwt");
    let gone = client.request("GET", "/view", &[], params.clone()).await.unwrap_err();
    drop(server);
    tokio::task::yield_now().await;
    let closed = client.request("GET", "/view", &[], params).await.unwrap_err();
    for error in [gone, closed] {
        assert_eq!(error.kind(), ErrorKind::Network);
        let mut shown = format!("{error} {error:?} {}", serde_json::to_string(&error.record()).unwrap());
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            shown += &format!("{cause} {cause:?}");
            source = cause.source();
        }
        assert!(!shown.contains("topsecret"), "{shown}");
    }
}

#[tokio::test]
async fn a_type_that_quotes_a_credential_is_shown_without_it() {
    let echo = format!(r#"{{"message":"no","code":400,"type":"{KEY}"}}"#);
    let server = Server::start([json("400 Bad Request", &echo)]).await;
    let (client, _) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    let record = serde_json::to_string(&error.record()).unwrap();
    assert!(!format!("{error} {error:?} {record}").contains(KEY), "{record}");
    assert_eq!(error.error_type(), Some("[redacted]"));
}

#[tokio::test]
async fn key_and_session_together_are_an_error_however_they_are_set() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let patched = |json: &str| ClientConfig::from_json(json).unwrap();
    let with_key = || Client::builder().endpoint(server.endpoint()).key("k").build().unwrap();
    let with_session =
        || Client::builder().endpoint(server.endpoint()).project("p").session("s").build().unwrap();
    let header = |name: &str| CallOptions::new().header(name, "other");
    let list =
        |client: Client, options| async move { client.execute(&LIST_NOTES, Params::new(), options).await };
    let own = [("X-Appwrite-Session".to_owned(), "s".to_owned())];
    let errors = [
        Client::builder().key("k").session("s").build().unwrap_err(),
        Client::builder().key("k").header("X-Appwrite-Session", "s").build().unwrap_err(),
        Client::builder().header("x-appwrite-key", "k").session("s").build().unwrap_err(),
        Client::builder()
            .header("x-appwrite-key", "k")
            .header("x-appwrite-session", "s")
            .build()
            .unwrap_err(),
        with_key().configure(&patched(r#"{"session":"s"}"#)).unwrap_err(),
        with_session().configure(&patched(r#"{"key":"k"}"#)).unwrap_err(),
        with_key().configure(&patched(r#"{"headers":{"X-Appwrite-Session":"s"}}"#)).unwrap_err(),
        with_session().with_variables(|name| (name == "APPWRITE_API_KEY").then(|| "k".into())).unwrap_err(),
        list(with_key(), header("X-Appwrite-Session")).await.unwrap_err(),
        list(with_session(), header("x-appwrite-key")).await.unwrap_err(),
        with_key().request("GET", "/notes", &own, Params::new()).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("make two clients"), "{error}");
    }
    assert_eq!(server.connections(), 0);
    // One in place of the other is fine.
    with_key().with_session("s").unwrap().with_key("k").unwrap();
    let options = header("x-appwrite-session").header("x-appwrite-key", "");
    list(with_key(), options).await.unwrap();
    assert!(!server.requests()[0].contains("x-appwrite-key"), "{:?}", server.requests());
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
async fn an_emptied_credential_is_not_sent() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let full = builder(&server)
        .0
        .jwt("jwtvalue")
        .bearer("bearervalue")
        .cookie("cookievalue")
        .dev_key("devkeyvalue")
        .header("x-appwrite-session", " ")
        .build()
        .unwrap();
    let emptied = full
        .configure(
            &ClientConfig::from_json(r#"{"key":"","jwt":" ","bearer":null,"cookie":"\n","devKey":""}"#)
                .unwrap(),
        )
        .unwrap();
    emptied.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    for other in [
        full.with_key("").unwrap(),
        full.with_session(" ").unwrap(),
        full.with_jwt("").unwrap(),
        full.with_bearer("").unwrap(),
        full.with_cookie("").unwrap(),
        full.with_dev_key("").unwrap(),
    ] {
        other.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    }
    for request in server.requests() {
        for name in ["-key:", "-session:", "-jwt:", "authorization:", "cookie:"] {
            assert!(!request.contains(name), "{name} in {request}");
        }
    }
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
    for other in [full.with_session("s1").unwrap(), full.without_credentials().unwrap()] {
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
