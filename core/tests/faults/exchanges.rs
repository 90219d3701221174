//! Requests as the server sees them, and what it sends beside the response.

use std::sync::{Arc, Mutex};

use polywrite::{CallOptions, ErrorKind, Params};

use crate::clock::{builder, client};
use crate::operations::{CREATE_NOTE, DELETE_NOTE, DELETE_NOTES, GET_NOTE, LIST_NOTES, PING};
use crate::over;
use crate::server::{Act, Server, json, respond, response_bytes};

async fn seen(operation: &'static polywrite::Operation, json_text: &str) -> String {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let params = Params::from_json(json_text).unwrap();
    client.execute(operation, params, CallOptions::new()).await.unwrap();
    server.requests().remove(0)
}

#[tokio::test]
async fn queries_are_indexed_and_booleans_are_digits() {
    let request =
        seen(&LIST_NOTES, r#"{"total": false, "queries": ["{\"a\":1}", "b"], "filter": {"x": "y"}}"#).await;
    assert!(request.starts_with(
        "GET /v1/notes?queries%5B0%5D=%7B%22a%22%3A1%7D&queries%5B1%5D=b&total=0&filter%5Bx%5D=y HTTP/1.1\r\n"
    ));
    assert!(!request.contains("content-type"));
}

#[tokio::test]
async fn arguments_that_only_cloud_or_only_self_hosted_servers_need_are_accepted_for_both() {
    let events = polywrite::operation("activities.listEvents").unwrap();
    let list = seen(events, r#"{"queries": ["a"]}"#).await;
    assert!(list.starts_with("GET /v1/activities/events?queries%5B0%5D=a HTTP/1.1\r\n"), "{list}");
    let text = seen(events, r#"{"queries": "a"}"#).await;
    assert!(text.starts_with("GET /v1/activities/events?queries=a HTTP/1.1\r\n"), "{text}");
    let grant = polywrite::operation("oauth2.authorizePost").unwrap();
    for resource in [r#"["a"]"#, r#""a""#] {
        let request = seen(grant, &format!(r#"{{"client_id": "c", "resource": {resource}}}"#)).await;
        assert!(request.contains(&format!(r#""resource":{resource}"#)), "{request}");
    }
}

#[tokio::test]
async fn without_parameters_there_is_no_question_mark() {
    assert!(seen(&LIST_NOTES, "{}").await.starts_with("GET /v1/notes HTTP/1.1\r\n"));
}

#[tokio::test]
async fn a_lone_surrogate_is_an_error_where_a_text_is_written() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    for (operation, arguments, named) in [
        (&GET_NOTE, r#"{"noteId": "\ud800"}"#, "`noteId`"),
        (&LIST_NOTES, r#"{"queries": ["a", "b\udc00"]}"#, "`queries[1]`"),
        (&LIST_NOTES, r#"{"filter": {"x": "\ud83d "}}"#, "`filter.x`"),
        (&LIST_NOTES, r#"{"filter": {"\ud83d": "x"}}"#, "`filter`"),
        (&PING, r#"{"x-name": "\ud800"}"#, "`x-name`"),
    ] {
        let params = Params::from_json(arguments).unwrap();
        let error = client.execute(operation, params, CallOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{arguments}");
        assert!(error.message().starts_with(named), "{error}");
    }
    let params = Params::from_json(r#"{"search": "\ud800"}"#).unwrap();
    let error = client.request("GET", "/notes", &[], params).await.unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Argument, 0));
}

#[tokio::test]
async fn bodies_keep_order_numbers_and_null() {
    let json =
        r#"{"data": {"b": 9223372036854775807, "a": 1.10}, "default": null, "size": -5, "noteId": "é\n"}"#;
    let request = seen(&CREATE_NOTE, json).await;
    let body = request.split_once("\r\n\r\n").unwrap().1;
    assert_eq!(
        body,
        r#"{"noteId":"é\n","size":-5,"default":null,"data":{"b": 9223372036854775807, "a": 1.10}}"#
    );
    assert!(request.contains("\r\ncontent-type: application/json\r\n"));
    // Not Appwrite's cloud, so it must be self-hosted.
    assert!(request.starts_with("POST /v1/own/notes HTTP/1.1\r\n"));
}

#[tokio::test]
async fn deletes_have_a_body_only_with_parameters() {
    let bare = seen(&DELETE_NOTE, r#"{"noteId": "a"}"#).await;
    assert!(bare.ends_with("\r\n\r\n") && !bare.contains("content-type"), "{bare}");
    let many = seen(&DELETE_NOTES, r#"{"queries": ["a"]}"#).await;
    assert!(many.starts_with("DELETE /v1/notes HTTP/1.1\r\n"), "{many}");
    assert!(many.ends_with("\r\n\r\n{\"queries\":[\"a\"]}"), "{many}");
}

#[tokio::test]
async fn an_option_that_is_a_header_replaces_the_clients_for_one_call() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let client = builder(&server).0.forwarded_user_agent("Mozilla").build().unwrap();
    let own = CallOptions::new().header("X-Forwarded-User-Agent", "curl");
    for (options, sent) in [
        (CallOptions::new(), Some("Mozilla")),
        (CallOptions::new().forwarded_user_agent("Opera"), Some("Opera")),
        (CallOptions::new().forwarded_user_agent(""), None),
        (own.forwarded_user_agent("Opera"), Some("curl")),
    ] {
        client.execute(&LIST_NOTES, Params::new(), options).await.unwrap();
        let request = server.requests().pop().unwrap();
        let found = request.split("\r\n").find_map(|line| line.strip_prefix("x-forwarded-user-agent: "));
        assert_eq!(found, sent, "{request}");
    }
}

#[tokio::test]
async fn every_setting_is_its_header() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let client = builder(&server)
        .0
        .locale("de")
        .organization("acme")
        .forwarded_user_agent("Mozilla")
        .impersonate_user_email("a@example.com")
        .impersonate_user_phone("+15555550100")
        .response_format("1.6.0")
        .app_name("shop/1.0")
        .header("x-trace", "client")
        .build()
        .unwrap();
    let options = CallOptions::new().header("X-Trace", "call");
    client.execute(&LIST_NOTES, Params::new(), options).await.unwrap();
    let request = server.requests().remove(0);
    for header in [
        "x-appwrite-project: shop",
        "x-appwrite-locale: de",
        "x-appwrite-organization: acme",
        "x-forwarded-user-agent: Mozilla",
        "x-appwrite-impersonate-user-email: a@example.com",
        "x-appwrite-impersonate-user-phone: +15555550100",
        "x-appwrite-response-format: 1.6.0",
        "x-trace: call",
        "x-sdk-language: rust",
        "accept: application/json",
        "accept-encoding: gzip",
    ] {
        assert_eq!(request.matches(&format!("\r\n{header}\r\n")).count(), 1, "{header} in {request}");
    }
    assert!(request.contains("\r\nuser-agent: PolywriteRust/"));
    assert!(request.contains(" shop/1.0\r\n"));
    assert_eq!(request.to_lowercase().matches("x-trace").count(), 1);
}

#[tokio::test]
async fn the_format_is_the_newest_that_the_definition_describes() {
    let server = Server::start([json("200 OK", "{}")]).await;
    for self_hosted in [true, false] {
        let client = builder(&server).0.self_hosted(self_hosted).build().unwrap();
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    }
    let definition = concat!(env!("CARGO_MANIFEST_DIR"), "/../api/client.toml");
    let Ok(definition) = std::fs::read_to_string(definition) else { return };
    for (request, key) in server.requests().iter().zip(["self_hosted = ", "cloud = "]) {
        let line = definition.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        let header = format!("\r\nx-appwrite-response-format: {}\r\n", line.trim_matches('"'));
        assert!(request.contains(&header), "{header} in {request}");
    }
}

#[tokio::test]
async fn warnings_reach_the_hook() {
    let warned = respond("200 OK", &["X-Appwrite-Warning: first; second ;"], "{}");
    let server = Server::start([warned]).await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (client, _) = client(&server);
    let client = client.on_warning({
        let heard = heard.clone();
        move |warning| heard.lock().unwrap().push(warning.to_owned())
    });
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(*heard.lock().unwrap(), ["first", "second"]);
}

#[tokio::test]
async fn a_warning_that_is_repeated_is_new_once() {
    let warned = |text: &str| respond("200 OK", &[&format!("x-appwrite-warning: {text}")], "{}");
    let server = Server::start((0..6).map(|index| warned(&format!("repeated; number {}", index / 2)))).await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (client, _) = client(&server);
    let client = client.on_new_warning({
        let heard = heard.clone();
        move |warning| heard.lock().unwrap().push(warning.to_owned())
    });
    for _ in 0..6 {
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    }
    let heard = heard.lock().unwrap();
    assert_eq!(*heard, ["repeated", "number 0", "number 1", "number 2"]);
}

#[tokio::test]
async fn a_missing_scope_names_the_scopes_that_suffice() {
    let body = r#"{"message":"app (role: applications) missing scopes","code":401,"type":"general_unauthorized_scope"}"#;
    let server = Server::start([json("401 Unauthorized", body)]).await;
    let (with_key, _) = client(&server);
    let params = Params::new().with("noteId", "a");
    let error = with_key.execute(&GET_NOTE, params.clone(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingScope);
    assert_eq!(error.hint(), Some("the API key needs one of the scopes notes.read, notes.write"));

    // A key in a header counts as a key.
    let options = CallOptions::new().header("X-Appwrite-Key", "standard_other");
    let by_header = over::builder().endpoint(server.endpoint()).build().unwrap();
    let error = by_header.execute(&GET_NOTE, params.clone(), options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingScope);

    let guest = with_key.with_session("").unwrap();
    let error = guest.execute(&GET_NOTE, params, CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(error.hint(), Some("the client has no credentials"));
}

#[tokio::test]
async fn no_hint_asks_for_a_scope_that_no_key_can_have() {
    let body = r#"{"message":"app (role: applications) missing scopes","code":401,"type":"general_unauthorized_scope"}"#;
    let server = Server::start([json("401 Unauthorized", body)]).await;
    let account = polywrite::operation("account.get").unwrap();
    let error = client(&server).0.execute(account, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(error.hint(), Some("no API key can make this call: use a client with a user's session"));
}

#[tokio::test]
async fn a_key_that_the_server_does_not_know_has_a_hint() {
    let body = r#"{"message":"The current user is not authorized","code":401,"type":"user_unauthorized"}"#;
    let server = Server::start([json("401 Unauthorized", body)]).await;
    let (with_key, _) = client(&server);
    let error = with_key.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    let expected = format!("is the API key one of the project `shop` at {}?", server.endpoint());
    assert!(error.hint().unwrap().starts_with(&expected), "{error}");
    let guest = with_key.with_session("").unwrap();
    let error = guest.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.hint(), None);
}

#[tokio::test]
async fn a_reason_in_html_is_the_message() {
    let page = "<!DOCTYPE html><h1>Error 412</h1><p class=\"u-bold\">This provider is disabled.</p>";
    let server =
        Server::start([respond("412 Precondition Failed", &["content-type: text/html"], page)]).await;
    let error = client(&server).0.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.message(), "the server responded 412 Precondition Failed: This provider is disabled.");
}

#[tokio::test]
async fn an_expired_transaction_is_recognized_with_any_status() {
    for status in ["500 Internal Server Error", "410 Gone"] {
        let body = r#"{"message":"Transaction expired","code":500,"type":"transaction_expired"}"#;
        let server = Server::start([json(status, body)]).await;
        let error = client(&server).0.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await;
        assert!(error.unwrap_err().hint().unwrap().contains("begin a new transaction"));
    }
}

#[tokio::test]
async fn ping_and_raw_calls_reach_the_server() {
    let server = Server::start([respond("200 OK", &["content-type: text/plain"], "Pong!")]).await;
    let (client, _) = client(&server);
    assert_eq!(client.ping().await.unwrap(), "Pong!");
    let own = [("x-own".to_owned(), "1".to_owned())];
    client.request("get", "/a?b=1", &own, Params::new().with("c", &[true])).await.unwrap();
    client.request("PATCH", "a", &[], Params::new().with("odd \"name\"", &1)).await.unwrap();
    client.request("DELETE", &format!("{}/a", server.endpoint()), &[], Params::new()).await.unwrap();
    let requests = server.requests();
    assert!(requests[0].starts_with("GET /v1/ping HTTP/1.1\r\n"));
    assert!(requests[0].contains("\r\nx-appwrite-project: shop\r\n"));
    assert!(requests[1].starts_with("GET /v1/a?b=1&c%5B0%5D=1 HTTP/1.1\r\n"));
    assert!(requests[1].contains("\r\nx-own: 1\r\n"));
    assert!(requests[2].ends_with("\r\n\r\n{\"odd \\\"name\\\"\":1}"));
    assert!(requests[3].ends_with("\r\n\r\n"));

    let elsewhere = Server::start([json("200 OK", "{}")]).await;
    let error = client.request("GET", &elsewhere.endpoint(), &[], Params::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn repeated_and_binary_headers_do_no_harm() {
    let mut bytes = b"HTTP/1.1 200 OK\r\nx-appwrite-warning: \xff\xfe\r\nx-a: 1\r\nx-a: 2\r\n".to_vec();
    bytes.extend_from_slice(b"content-length: 2\r\n\r\n{}");
    let server = Server::start([Act::Respond(bytes)]).await;
    let (client, _) = client(&server);
    let response = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(response.header("X-A"), Some("1"));
}

#[tokio::test]
async fn interim_responses_are_skipped() {
    let early = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
    let whole = [early.as_bytes(), &response_bytes("200 OK", &[], "{}")].concat();
    let server = Server::start([Act::Respond(whole)]).await;
    let (client, _) = client(&server);
    let params = Params::new().with("noteId", "a");
    let response = client.execute(&CREATE_NOTE, params.clone(), CallOptions::new()).await.unwrap();
    assert_eq!((response.status(), response.text().unwrap(), response.header("link")), (200, "{}", None));
    client.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap();
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn an_error_response_leaves_its_connection_usable() {
    let not_found = r#"{"message":"No","code":404,"type":"document_not_found"}"#;
    let server = Server::start([json("404 Not Found", not_found), json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 1));
}

#[tokio::test]
async fn a_header_that_is_not_text_counts_as_absent() {
    let bytes = b"HTTP/1.1 200 OK\r\nx-odd: caf\xe9\r\nx-plain: yes\r\ncontent-length: 2\r\n\r\n{}".to_vec();
    let server = Server::start([Act::Respond(bytes)]).await;
    let (client, _) = client(&server);
    let response = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!((response.header("x-odd"), response.header("x-plain")), (None, Some("yes")));
    assert!(response.headers().all(|(name, _)| name != "x-odd"));
}
