//! What a server that lacks a call says, and what we make of it.

use polywrite::{CallOptions, Client, Error, Params, operation};

use crate::clock::builder;
use crate::server::{Server, answer, json};

const NO_ROUTE: &str = r#"{"message": "Not Found", "code": 404, "type": "general_route_not_found"}"#;

async fn refused(client: &Client, id: &str, json: &str) -> Error {
    let operation = operation(id).unwrap();
    client.execute(operation, Params::from_json(json).unwrap(), CallOptions::new()).await.unwrap_err()
}

#[tokio::test]
async fn a_call_that_the_server_lacks_is_said_to_be_so_with_where_it_is() {
    let page = answer("404 Not Found", &["content-type: text/html"], "<!DOCTYPE html>");
    let server = Server::start([json("404 Not Found", NO_ROUTE), page.clone(), page.clone(), page]).await;
    let client = builder(&server).0.build().unwrap();
    let error = refused(&client, "account.listLogs", "{}").await;
    let hint = "this server does not have the call: Self-hosted Appwrite only, until 1.9";
    assert_eq!(error.hint(), Some(hint));
    let error = refused(&client, "backups.listPolicies", "{}").await;
    assert_eq!(error.hint(), Some("this server does not have the call: Appwrite Cloud only"));
    let error = refused(&client, "avatars.getPhoto", "{}").await;
    let hint = "this server does not have the call: On Appwrite Cloud, and self-hosted since 2.0";
    assert_eq!(error.hint(), Some(hint));
    // Every server has this one, so the endpoint must be wrong.
    let error = refused(&client, "users.list", "{}").await;
    assert!(error.hint().is_some_and(|hint| hint.contains("version at the end")), "{error}");
}

#[tokio::test]
async fn on_the_cloud_the_endpoint_is_what_may_be_wrong_with_the_clouds_own_calls() {
    let server = Server::start([json("404 Not Found", NO_ROUTE), json("404 Not Found", NO_ROUTE)]).await;
    let client = builder(&server).0.self_hosted(false).build().unwrap();
    let error = refused(&client, "backups.listPolicies", "{}").await;
    assert!(error.hint().is_some_and(|hint| hint.contains("version at the end")), "{error}");
    let error = refused(&client, "account.listLogs", "{}").await;
    assert!(error.hint().is_some_and(|hint| hint.contains("Self-hosted Appwrite only")), "{error}");
}

#[tokio::test]
async fn what_appwrite_2_refuses_comes_with_what_to_do_instead() {
    let denied = r#"{"message": "Denied", "code": 403, "type": "key_creation_denied"}"#;
    let gone = r#"{"message": "Gone", "code": 410, "type": "dev_key_gone"}"#;
    let server = Server::start([json("403 Forbidden", denied), json("410 Gone", gone)]).await;
    let client = builder(&server).0.build().unwrap();
    let key = r#"{"keyId": "a", "name": "A", "scopes": []}"#;
    let error = refused(&client, "project.createKey", key).await;
    assert!(error.hint().is_some_and(|hint| hint.contains("project.createEphemeralKey")), "{error}");
    let error = refused(&client, "users.list", "{}").await;
    assert!(error.hint().is_some_and(|hint| hint.contains("no development keys")), "{error}");
}
