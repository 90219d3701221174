//! Keys, accounts and teams, where programs depend on the details.

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, start};

#[tokio::test]
async fn a_key_expires_when_it_says() {
    let (_emulator, root) = start().await;
    let path = "/project/keys";
    let key = |expire: Value| json!({"keyId": "k", "name": "K", "scopes": ["users.read"], "expire": expire});
    assert_eq!(
        root.error_of(path, key(json!("nonsense"))).await,
        (400, "general_argument_invalid".to_owned())
    );
    let secret = root.post(path, key(json!("2020-01-01T00:00:00.000+00:00"))).await["secret"].clone();
    let caller = root.with("x-appwrite-key", &secret);
    assert_eq!(caller.get("/users").await.1["type"], "project_key_expired");
    let (_, updated) = root.send(Method::PUT, "/project/keys/k", key(Value::Null)).await;
    assert_eq!(updated["expire"], "", "null means never");
    assert_eq!(caller.get("/users").await.0, 200);
}

async fn sign_in(root: &Caller, password: &str) -> Caller {
    let login = json!({"email": "ada@example.com", "password": password});
    let (status, session) = root.send(Method::POST, "/account/sessions/email", login).await;
    assert_eq!(status, 201, "{session}");
    root.with("x-appwrite-session", &session["secret"])
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let (_emulator, root) = start().await;
    let ada = json!({"userId": "ada", "email": "ada@example.com", "password": "password1"});
    root.post("/users", ada).await;
    let (own, other) = (sign_in(&root, "password1").await, sign_in(&root, "password1").await);
    let change = json!({"oldPassword": "password1", "password": "password2"});
    assert_eq!(own.patch("/account/password", change).await.0, 200);
    assert_eq!((own.get("/account").await.0, other.get("/account").await.0), (200, 401));
    assert_eq!(root.patch("/users/ada/password", json!({"password": "password3"})).await.0, 200);
    assert_eq!(own.get("/account").await.0, 401);

    let policy = "/project/policies/session-invalidation";
    assert_eq!(root.patch(policy, json!({"enabled": false})).await.0, 200);
    let own = sign_in(&root, "password3").await;
    root.patch("/users/ada/password", json!({"password": "password4"})).await;
    assert_eq!(own.get("/account").await.0, 200);
}

#[tokio::test]
async fn addresses_and_labels_are_checked() {
    let (_emulator, root) = start().await;
    let nameless = json!({"userId": "a", "email": "", "password": "password1"});
    assert_eq!(root.error_of("/account", nameless).await, (400, "general_argument_invalid".to_owned()));
    root.post("/users", json!({"userId": "ada", "email": "ada@example.com"})).await;
    assert_eq!(root.patch("/users/ada/email", json!({"email": ""})).await.0, 200, "a key may take it away");
    let (_, user) = root.send(Method::PUT, "/users/ada/labels", json!({"labels": ["vip", "vip"]})).await;
    assert_eq!(user["labels"], json!(["vip"]));
}

#[tokio::test]
async fn a_key_confirms_what_a_user_began() {
    let (_emulator, root) = start().await;
    for name in ["ada", "bob"] {
        root.post("/users", json!({"userId": name, "email": format!("{name}@example.com")})).await;
    }
    let session = root.post("/users/ada/sessions", json!({})).await;
    let ada = root.with("x-appwrite-session", &session["secret"]);
    ada.post("/teams", json!({"teamId": "t", "name": "T"})).await;
    let invitation = json!({"email": "bob@example.com", "roles": ["reader"]});
    assert_eq!(ada.error_of("/teams/t/memberships", invitation).await.0, 400, "an invitation has a link");
    let invitation = json!({"email": "bob@example.com", "roles": ["reader"], "url": "http://localhost/join"});
    assert_eq!(ada.post("/teams/t/memberships", invitation).await["confirm"], false);
    let added = root.post("/teams/t/memberships", json!({"userId": "bob", "roles": ["reader"]})).await;
    assert_eq!(added["confirm"], true);
}

#[tokio::test]
async fn only_keys_manage_the_sessions_of_others() {
    let (_emulator, root) = start().await;
    for name in ["ada", "bob"] {
        root.post("/users", json!({"userId": name})).await;
    }
    let session = root.post("/users/ada/sessions", json!({})).await;
    let (ada, guest) =
        (root.with("x-appwrite-session", &session["secret"]), root.with("x-guest", &json!("")));
    for caller in [&ada, &guest] {
        let (path, query) =
            ("/users/bob/sessions", "mutation { usersCreateSession(userId: \"bob\") { _id } }");
        assert_eq!(caller.error_of(path, json!({})).await, (401, "general_unauthorized_scope".to_owned()));
        assert_eq!(caller.delete("/users/ada/sessions", Value::Null).await, 401);
        let response = caller.post("/graphql", json!({"query": query})).await;
        assert!(response["errors"][0]["message"].as_str().unwrap().contains("missing scopes"), "{response}");
    }
    assert_eq!(root.get("/users/bob/sessions").await.1["total"], 0);
    assert_eq!(ada.get("/account").await.0, 200);
}

#[tokio::test]
async fn a_password_shorter_than_8_at_sign_in_is_400_and_not_401() {
    let (_emulator, root) = start().await;
    root.post("/users", json!({"userId": "ada", "email": "ada@example.com", "password": "password1"})).await;
    let login = |password: &str| json!({"email": "ada@example.com", "password": password});
    let path = "/account/sessions/email";
    for short in ["", "wrong", "1234567"] {
        assert_eq!(root.error_of(path, login(short)).await, (400, "general_argument_invalid".to_owned()));
    }
    assert_eq!(root.error_of(path, login("12345678")).await, (401, "user_invalid_credentials".to_owned()));
    let own = sign_in(&root, "password1").await;
    for (path, body) in [
        ("/account/email", json!({"email": "eve@example.com", "password": "short"})),
        ("/account/phone", json!({"phone": "+15555550199", "password": "short"})),
        ("/account/password", json!({"password": "password2", "oldPassword": "short"})),
    ] {
        let (status, response) = own.patch(path, body).await;
        assert_eq!((status, &response["type"]), (400, &json!("general_argument_invalid")), "{path}");
    }
}

#[tokio::test]
async fn a_label_with_a_space_is_400() {
    let (_emulator, root) = start().await;
    root.post("/users", json!({"userId": "ada"})).await;
    for label in [json!("two words"), json!(""), json!("a-b"), json!("a".repeat(37)), json!(5)] {
        for path in ["/users/ada/labels", "/project/labels"] {
            let (status, response) = root.send(Method::PUT, path, json!({"labels": [label]})).await;
            assert_eq!(
                (status, &response["type"]),
                (400, &json!("general_argument_invalid")),
                "{path} {label}"
            );
        }
    }
    let many: Vec<String> = (0..1001).map(|number| format!("l{number}")).collect();
    assert_eq!(root.send(Method::PUT, "/users/ada/labels", json!({"labels": many})).await.0, 400);
    assert_eq!(root.send(Method::PUT, "/users/ada/labels", json!({"labels": many[1..]})).await.0, 200);
}

#[tokio::test]
async fn recovery_codes_made_by_a_key_are_200() {
    let (_emulator, root) = start().await;
    root.post("/users", json!({"userId": "ada"})).await;
    let (status, codes) = root.patch("/users/ada/mfa/recovery-codes", json!({})).await;
    assert_eq!((status, codes["recoveryCodes"].as_array().map(Vec::len)), (200, Some(6)));
    root.post("/users", json!({"userId": "bob"})).await;
    let session = root.post("/users/bob/sessions", json!({})).await;
    let bob = root.with("x-appwrite-session", &session["secret"]);
    assert_eq!(bob.send(Method::POST, "/account/mfa/recovery-codes", json!({})).await.0, 201);
}

#[tokio::test]
async fn the_phone_of_a_membership_is_empty() {
    let (_emulator, root) = start().await;
    root.post("/users", json!({"userId": "ada", "phone": "+15555550199", "name": "Ada"})).await;
    root.post("/teams", json!({"teamId": "t", "name": "T"})).await;
    let added = root.post("/teams/t/memberships", json!({"userId": "ada", "roles": []})).await;
    assert_eq!((&added["userName"], &added["userPhone"]), (&json!("Ada"), &json!("")));
    assert_eq!(root.get("/users/ada/memberships").await.1["memberships"][0]["userPhone"], "");
}

#[tokio::test]
async fn ephemeral_keys_have_dates_in_another_form() {
    let (_emulator, root) = start().await;
    let key = root.post("/project/keys/ephemeral", json!({"scopes": ["users.read"], "duration": 60})).await;
    let form = |name: &str| -> String {
        let text = key[name].as_str().unwrap();
        text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect()
    };
    assert_eq!(form("$createdAt"), "0000-00-00 00:00:00.000");
    assert_eq!(form("$updatedAt"), "0000-00-00 00:00:00.000");
    assert_eq!(form("expire"), "0000-00-00T00:00:00.000000Z");
}
