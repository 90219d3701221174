use std::{collections::HashMap, process::Command, thread, time::Duration};

use openruntimes::{Context, Response};
use serde_json::{Value, json};

pub fn main(mut context: Context) -> Response {
    assert!(context.req.path != "/fail", "on purpose");
    if context.req.path == "/wait" {
        let child = Command::new("sleep").arg("900").spawn().unwrap();
        std::fs::write("child", child.id().to_string()).unwrap();
        thread::sleep(Duration::from_secs(900));
    }
    println!("printed");
    let given: Value = context.req.body_json().unwrap_or_default();
    context.log_multiple(vec!["called with".to_owned(), given.to_string()]);
    context.error("not an error");
    let header = |name: &str| context.req.headers.get(name);
    let body = json!({
        "method": context.req.method,
        "url": context.req.url,
        "text": format!("Hello, {}", given["name"].as_str().unwrap_or("you")),
        "trigger": header("x-appwrite-trigger"),
        "number": header("x-number"),
        "key": header("x-appwrite-key"),
        "secret": std::env::var("SECRET").unwrap_or_default(),
    });
    let headers = [("X-Own", "yes"), ("X-Open-Runtimes-Own", "no")];
    let headers: HashMap<String, String> = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    context.res.json(body, Some(201), Some(headers))
}
