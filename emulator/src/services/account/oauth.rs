//! Signing in elsewhere: where the browser is sent. Errors are pages, for it is a person who sees them.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::{
    call::Call,
    failure::Failure,
    http::origin,
    response::{Handled, Response},
};

pub(super) fn redirect(call: &Call) -> Handled {
    location(call).map_err(Failure::into_page).map(|location| {
        Response { status: 301, ..Response::bytes("text/html", "") }
            .with("cache-control", "no-store, no-cache, must-revalidate, max-age=0")
            .with("pragma", "no-cache")
            .with("location", location)
    })
}

fn location(call: &Call) -> Result<String, Failure> {
    for name in ["success", "failure"] {
        if let Some(url) = call.text(name).filter(|url| !url.is_empty()) {
            origin::require_redirect(call.state, &call.project, name, url)?;
        }
    }
    let provider = call.text_or_empty("provider");
    let settings =
        call.state.store.get(&call.collection("resources/project/oauth2"), provider)?.unwrap_or_default();
    if settings["enabled"] != true {
        return Err(Failure::new(
            412,
            "project_provider_disabled",
            "This provider is disabled. Please enable the provider from your Appwrite console to continue.",
        ));
    }
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let state = json!({
        "success": call.text_or_empty("success"), "failure": call.text_or_empty("failure"),
        "token": call.method.name == "createOAuth2Token",
    });
    let scopes: Vec<&str> = call.list("scopes").iter().filter_map(|scope| scope.as_str()).collect();
    let host = call.host();
    let callback = format!("http://{host}/v1/account/sessions/oauth2/callback/{provider}/{}", call.project);
    Ok(format!(
        "https://{provider}.example/oauth2/authorize?response_type=code&client_id={}&state={}&scope={}&redirect_uri={}",
        encode(settings["clientId"].as_str().unwrap_or_default()),
        encode(&state.to_string()),
        encode(&scopes.join(" ")),
        encode(&callback),
    ))
}
