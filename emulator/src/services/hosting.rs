//! Functions and sites, and what can be chosen for them.

use serde_json::{Map, Value, json};

use super::{Handler, generic};
use crate::{
    call::Call,
    clock, functions,
    response::{Handled, Response},
};

pub(super) fn handler(service: &str, name: &str) -> Option<Handler> {
    Some(match name {
        "create" if service == "functions" => create_function,
        "create" => create,
        "listRuntimes" => |_| Ok(list("runtimes", runtimes())),
        "listFrameworks" => |_| Ok(list("frameworks", frameworks())),
        "listSpecifications" => |_| Ok(list("specifications", specifications())),
        "update" => update,
        _ => return None,
    })
}

fn list(name: &str, items: Vec<Value>) -> Response {
    Response::list(name, items.len(), items)
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

/// What a function or a site has where a call leaves it out, apart from empty texts and lists.
fn defaults(call: &Call) -> [(&'static str, Value); 6] {
    let timeout = if call.method.service == "functions" { functions::TIMEOUT } else { 30 };
    [
        ("enabled", json!(true)),
        ("logging", json!(true)),
        ("live", json!(true)),
        ("timeout", json!(timeout)),
        ("buildSpecification", json!("s-1vcpu-512mb")),
        ("runtimeSpecification", json!("s-1vcpu-512mb")),
    ]
}

/// A function or a site with nothing but what the call gives.
fn draft(call: &Call) -> (String, Value) {
    let (id, mut drafted) = generic::draft(call);
    for (name, value) in defaults(call) {
        if call.value(name).is_none() {
            drafted[name] = value;
        }
    }
    (id, drafted)
}

fn create(call: &Call) -> Handled {
    let (id, drafted) = draft(call);
    generic::add(call, &generic::target(call), &id, &drafted)?;
    Ok(Response::created(drafted))
}

/// How many functions the server lets a project make in a day; it counts those that are in order.
const FUNCTIONS_A_DAY: u32 = 5000;

fn create_function(call: &Call) -> Handled {
    let exempt = call.caller.is_key();
    let limits = &call.state.limits;
    let (standing, refusal) = limits.count_within(
        FUNCTIONS_A_DAY,
        call.method,
        (&call.project, call.caller.user_id()),
        &Map::new(),
        exempt,
    );
    refusal.map_or(Ok(()), Err)?;
    Ok(create(call)?.with_all(standing.headers().into()))
}

/// Settings that an update keeps where it leaves them out; all others go back to where they began.
const KEPT: &[&str] = &["runtime", "framework"];

fn update(call: &Call) -> Handled {
    let target = generic::target(call);
    let mut stored = generic::find(call, &target)?;
    let (_, drafted) = draft(call);
    for name in call.method.params.keys() {
        let is_kept = KEPT.contains(&name.as_str()) && call.text_or_empty(name).is_empty();
        if let Some(value) = drafted.get(name).filter(|_| !is_kept) {
            stored[name] = value.clone();
        }
    }
    stored["$updatedAt"] = json!(clock::now());
    call.state.store.put(&target.collection, target.id.as_deref().unwrap_or_default(), &stored)?;
    Ok(Response::ok(stored))
}
