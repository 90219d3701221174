//! Functions and sites: what can be chosen, and executions, for which there is nobody to execute.

use serde_json::{Value, json};

use super::{Handler, generic};
use crate::{
    call::Call,
    failure::Failure,
    reply::{Answer, Reply},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "listRuntimes" => |_| Ok(list("runtimes", runtimes())),
        "listFrameworks" => |_| Ok(list("frameworks", frameworks())),
        "listSpecifications" => |_| Ok(list("specifications", specifications())),
        "createExecution" => create_execution,
        _ => return None,
    })
}

fn list(name: &str, items: Vec<Value>) -> Reply {
    Reply::list(name, items.len(), items)
}

fn runtimes() -> Vec<Value> {
    [
        ("node", "Node.js", "22"),
        ("python", "Python", "3.12"),
        ("rust", "Rust", "1.83"),
        ("swift", "Swift", "6.2"),
    ]
    .map(|(key, name, version)| {
        json!({
            "$id": format!("{key}-{version}"), "key": key, "name": name, "version": version,
            "base": format!("{key}:{version}"), "image": format!("openruntimes/{key}:{version}"),
            "logo": format!("{key}.png"), "supports": ["x86", "arm64"],
        })
    })
    .to_vec()
}

fn frameworks() -> Vec<Value> {
    [("other", "Other"), ("astro", "Astro"), ("nextjs", "Next.js"), ("sveltekit", "SvelteKit")]
        .map(|(key, name)| {
            json!({
                "key": key, "name": name, "screenshotSleep": 3000, "buildRuntime": "node-22",
                "runtimes": ["node-22"], "bundleCommand": "", "envCommand": "",
                "adapters": [
                    {
                        "key": "ssr", "buildCommand": "npm run build", "installCommand": "npm install",
                        "outputDirectory": "./dist", "startCommand": "npm start",
                    },
                    {
                        "key": "static", "buildCommand": "npm run build", "installCommand": "npm install",
                        "outputDirectory": "./dist", "startCommand": "", "fallbackFile": "index.html",
                    },
                ],
            })
        })
        .to_vec()
}

fn specifications() -> Vec<Value> {
    [(0.5, 512), (1.0, 1024), (2.0, 4096)]
        .map(|(cpus, memory)| {
            json!({
                "slug": format!("s-{cpus}vcpu-{memory}mb"), "memory": memory, "cpus": cpus, "enabled": true,
            })
        })
        .to_vec()
}

/// A function without an active deployment cannot be executed (404).
fn create_execution(call: &Call) -> Answer {
    let functions = call.collection("resources/functions");
    let function = call.state.store.get(&functions, call.text_or_empty("functionId"))?;
    if function.is_some_and(|function| function["deploymentId"] == "") {
        return Err(Failure::new(
            404,
            "deployment_not_found",
            "Deployment not found. Create a deployment before trying to execute a function",
        ));
    }
    generic::answer(call)
}
