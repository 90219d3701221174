//! Responses of a server that lacks an operation, and the hints that follow.

use polywrite::{CallOptions, Client, Error, Params, operation};

use crate::clock::builder;
use crate::server::{Server, json, respond};

const NO_ROUTE: &str = r#"{"message": "Not Found", "code": 404, "type": "general_route_not_found"}"#;

async fn error_of(client: &Client, id: &str, json: &str) -> Error {
    let operation = operation(id).unwrap();
    client.execute(operation, Params::from_json(json).unwrap(), CallOptions::new()).await.unwrap_err()
}

#[tokio::test]
async fn the_error_for_an_operation_that_the_server_lacks_says_which_servers_have_it() {
    let page = respond("404 Not Found", &["content-type: text/html"], "<!DOCTYPE html>");
    let server = Server::start([json("404 Not Found", NO_ROUTE), page.clone(), page.clone(), page]).await;
    let client = builder(&server).0.build().unwrap();
    let error = error_of(&client, "account.listLogs", "{}").await;
    let hint = "this server does not have the call: Self-hosted Appwrite only, until 1.9";
    assert_eq!(error.hint(), Some(hint));
    let error = error_of(&client, "backups.listPolicies", "{}").await;
    assert_eq!(error.hint(), Some("this server does not have the call: Appwrite Cloud only"));
    let error = error_of(&client, "avatars.getPhoto", "{}").await;
    let hint = "this server does not have the call: On Appwrite Cloud, and self-hosted since 2.0";
    assert_eq!(error.hint(), Some(hint));
    // Every server has this one, so the endpoint must be wrong.
    let error = error_of(&client, "users.list", "{}").await;
    assert!(error.hint().is_some_and(|hint| hint.contains("version at the end")), "{error}");
}

#[tokio::test]
async fn on_the_cloud_a_missing_operation_of_the_cloud_points_to_the_endpoint() {
    let server = Server::start([json("404 Not Found", NO_ROUTE), json("404 Not Found", NO_ROUTE)]).await;
    let client = builder(&server).0.self_hosted(false).build().unwrap();
    let error = error_of(&client, "backups.listPolicies", "{}").await;
    assert!(error.hint().is_some_and(|hint| hint.contains("version at the end")), "{error}");
    let error = error_of(&client, "account.listLogs", "{}").await;
    assert!(error.hint().is_some_and(|hint| hint.contains("Self-hosted Appwrite only")), "{error}");
}

#[tokio::test]
async fn errors_that_appwrite_2_introduced_say_what_to_do_instead() {
    let denied = r#"{"message": "Denied", "code": 403, "type": "key_creation_denied"}"#;
    let gone = r#"{"message": "Gone", "code": 410, "type": "dev_key_gone"}"#;
    let server = Server::start([json("403 Forbidden", denied), json("410 Gone", gone)]).await;
    let client = builder(&server).0.build().unwrap();
    let key = r#"{"keyId": "a", "name": "A", "scopes": []}"#;
    let error = error_of(&client, "project.createKey", key).await;
    assert!(error.hint().is_some_and(|hint| hint.contains("project.createEphemeralKey")), "{error}");
    let error = error_of(&client, "users.list", "{}").await;
    assert!(error.hint().is_some_and(|hint| hint.contains("no development keys")), "{error}");
}
