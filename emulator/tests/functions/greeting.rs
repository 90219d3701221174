use openruntimes::{Context, Response};
use serde_json::{Value, json};

pub fn main(mut context: Context) -> Response {
    assert!(context.req.path != "/fail", "on purpose");
    println!("printed");
    let given: Value = context.req.body_json().unwrap_or_default();
    context.log_multiple(vec!["called with".to_owned(), given.to_string()]);
    let body = json!({
        "text": format!("Hello, {}", given["name"].as_str().unwrap_or("you")),
        "trigger": context.req.headers["x-appwrite-trigger"],
        "query": context.req.query["a"],
        "secret": std::env::var("SECRET").unwrap_or_default(),
    });
    context.res.json(body, Some(201), None)
}
