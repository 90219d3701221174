//! Successful responses that are not what their operation returns.

use polywrite::{CallOptions, Error, ErrorKind, Operation, Params, Response};

use crate::clock::client;
use crate::operations::{DELETE_NOTE, GET_ANYTHING, GET_NOTE, GET_PREFS, GET_ZONE};
use crate::server::{Server, json};

const PAGE: &str = "<!DOCTYPE html><html><title>Proxy</title></html>";

async fn call(operation: &'static Operation, body: &str) -> Result<Response, Error> {
    let server = Server::start([json("200 OK", body)]).await;
    let (client, _) = client(&server);
    let params = match operation.params {
        [] => Params::new(),
        _ => Params::new().with("noteId", "a"),
    };
    let response = client.execute(operation, params, CallOptions::new()).await;
    assert_eq!(server.requests().len(), 1, "another try would change nothing");
    response
}

#[tokio::test]
async fn anything_but_an_object_is_an_error_where_an_object_is_due() {
    for (body, found) in [
        ("null", "null"),
        ("[]", "a list"),
        (" [ {} ] ", "a list"),
        ("5", "a number"),
        ("-0.5", "a number"),
        (r#""text""#, "a text"),
        ("true", "true or false"),
        ("nonsense", "something else"),
        ("", "nothing"),
        (PAGE, "a web page"),
    ] {
        let error = call(&GET_NOTE, body).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)), "{body}");
        assert_eq!(error.operation(), Some("notes.get"));
        assert!(error.message().starts_with(&format!("not an object but {found}; ")), "{error}");
    }
    for body in ["{}", " {\"a\":1}\n"] {
        assert_eq!(call(&GET_NOTE, body).await.unwrap().text().unwrap(), body);
    }
}

#[tokio::test]
async fn an_empty_list_is_an_empty_object_of_the_users_own_keys() {
    for body in ["{}", "[]", "[ ]", r#"{"theme":"dark"}"#] {
        assert_eq!(call(&GET_PREFS, body).await.unwrap().text().unwrap(), body);
    }
    for body in ["[1]", "null", "0", ""] {
        assert_eq!(call(&GET_PREFS, body).await.unwrap_err().kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn any_json_is_fine_where_any_is_due() {
    for body in ["null", "[]", "5", r#""text""#, "{}"] {
        assert_eq!(call(&GET_ANYTHING, body).await.unwrap().text().unwrap(), body);
    }
}

#[tokio::test]
async fn a_page_is_an_error_where_nothing_is_due() {
    for body in [PAGE, "OK"] {
        let error = call(&DELETE_NOTE, body).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)), "{body}");
        assert!(error.message().starts_with("not nothing, or JSON but "), "{error}");
    }
    for body in ["", " ", "null", "{}", "[]"] {
        assert_eq!(call(&DELETE_NOTE, body).await.unwrap().status(), 200, "{body}");
    }
}

#[tokio::test]
async fn a_page_is_not_plain_text() {
    let error = call(&GET_ZONE, PAGE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.hint().unwrap().contains("proxy"), "{error}");
    assert_eq!(call(&GET_ZONE, "$ORIGIN example.com.").await.unwrap().status(), 200);
}
