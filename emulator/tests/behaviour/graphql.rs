//! GraphQL: variables, aliases, many queries at once.

use reqwest::Method;
use serde_json::json;

use crate::caller::start;

#[tokio::test]
async fn graphql_has_variables() {
    let (_emulator, root) = start().await;
    let create = "mutation Create($id: String!, $name: String = \"Ada\", $email: String) { \
                  usersCreate(userId: $id, name: $name, email: $email) { _id name email } }";
    let variables = json!({"id": "ada", "email": "ada@example.com"});
    let response = root.post("/graphql", json!({"query": create, "variables": variables})).await;
    assert_eq!(
        response,
        json!({"data": {"usersCreate": {"_id": "ada", "name": "Ada", "email": "ada@example.com"}}})
    );
    let wrapped = json!({"query": {"query": create, "variables": {"id": "bob", "name": "Bob"}}});
    let response = root.post("/graphql/mutation", wrapped).await;
    assert_eq!(response["data"]["usersCreate"], json!({"_id": "bob", "name": "Bob", "email": ""}));

    let get = "query($id: String!) { one: usersGet(userId: $id) { name } }";
    let batch =
        json!([{"query": get, "variables": {"id": "ada"}}, {"query": get, "variables": {"id": "bob"}}]);
    let response = root.post("/graphql", batch).await;
    assert_eq!(response, json!([{"data": {"one": {"name": "Ada"}}}, {"data": {"one": {"name": "Bob"}}}]));
    let prefs = "mutation($prefs: Json!) { usersUpdatePrefs(userId: \"ada\", prefs: $prefs) { data } }";
    root.post("/graphql", json!({"query": prefs, "variables": {"prefs": {"theme": {"dark": true}}}})).await;
    assert_eq!(root.get("/users/ada/prefs").await.1, json!({"theme": {"dark": true}}));

    let path = "/graphql?query=query($id:String!){usersGet(userId:$id){name}}&variables={%22id%22:%22bob%22}";
    assert_eq!(root.get(path).await.1["data"]["usersGet"]["name"], "Bob");
    let (status, response) = root.send(Method::POST, "/graphql", json!({"query": get})).await;
    let message = "Variable \"$id\" of required type \"String!\" was not provided.";
    assert_eq!((status, &response["errors"][0]["message"]), (200, &json!(message)));
}
