//! OpenAPI documents and definitions, wherever they are.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use polywrite_api::Api;
use polywrite_codegen::import;
use reqwest::{Client, Url};
use serde_json::Value;

/// How long the server of a document has.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Bytes that a document may have: many times those of Appwrite's own.
const LARGEST: usize = 64 * 1024 * 1024;

/// The text of a document: of a file, or of what a URL responds with.
pub(crate) fn read(place: &str) -> Result<String> {
    let Some(url) = url(place)? else {
        return std::fs::read_to_string(place).with_context(|| place.to_owned());
    };
    // reqwest speaks https with a provider only.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(fetch(&url)).with_context(|| shown(&url))
}

async fn fetch(url: &Url) -> Result<String> {
    let client = Client::builder().timeout(TIMEOUT).build()?;
    let mut response = client.get(url.clone()).send().await.map_err(reqwest::Error::without_url)?;
    let status = response.status();
    ensure!(status.is_success(), "the server responds {status}");
    let mut text = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(reqwest::Error::without_url)? {
        ensure!(text.len() + piece.len() <= LARGEST, "the document is larger than {LARGEST} bytes");
        text.extend_from_slice(&piece);
    }
    String::from_utf8(text).context("the document is not text")
}

/// The definition in a folder, or that of a document, with an endpoint in place of its own. What the document says and a
/// definition cannot is printed.
pub(crate) fn definition(place: &str, endpoint: Option<String>) -> Result<Api> {
    let folder = Path::new(place);
    let mut api = if folder.is_dir() {
        Api::load(folder)?
    } else {
        let text = read(place)?;
        let mut imported = import::import(&text, None, true).with_context(|| without_secrets(place))?;
        for note in &imported.notes {
            eprintln!("left out: {note}");
        }
        let servers = servers(&text);
        if let Some(endpoint) = endpoint_beside(place, &servers)? {
            imported.api.client.default_endpoint = endpoint;
        } else if endpoint.is_none() && !names_server(&servers) {
            eprintln!(
                "the document does not say where its server is; say it with --endpoint, or programs have to"
            );
        }
        imported.api
    };
    if let Some(endpoint) = endpoint {
        ensure!(url(&endpoint)?.is_some(), "`{endpoint}` is not an endpoint: write https://… or http://…");
        api.client.default_endpoint = endpoint;
    }
    Ok(api)
}

/// The first of a document's servers, where it is beside the document: `/v1`.
fn endpoint_beside(place: &str, servers: &[String]) -> Result<Option<String>> {
    let Some(base) = url(place)? else { return Ok(None) };
    let first = servers.first().filter(|server| !server.contains("://") && !server.contains('{'));
    let beside = first.and_then(|server| base.join(server).ok());
    Ok(beside.map(|url| url.as_str().trim_end_matches('/').to_owned()))
}

fn names_server(servers: &[String]) -> bool {
    servers.iter().any(|server| server.contains("://"))
}

fn servers(document: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let servers = document["servers"].as_array().into_iter().flatten();
    servers.filter_map(|server| server["url"].as_str().map(str::to_owned)).collect()
}

/// The URL that a place is, if it is one.
fn url(place: &str) -> Result<Option<Url>> {
    if !["http://", "https://"].iter().any(|scheme| place.starts_with(scheme)) {
        return Ok(None);
    }
    Url::parse(place).map(Some).context("this URL cannot be read")
}

fn without_secrets(place: &str) -> String {
    url(place).ok().flatten().map_or_else(|| place.to_owned(), |url| shown(&url))
}

/// A URL without what may be secret in it.
fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    shown.set_query(None);
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::{endpoint_beside, names_server, servers, without_secrets};

    #[test]
    fn a_server_beside_the_document_has_its_host() {
        let at = |server: &str| {
            let document = format!(r#"{{"servers":[{{"url":"{server}"}}]}}"#);
            endpoint_beside("https://a.example/docs/openapi.json?key=1", &servers(&document))
                .unwrap_or_default()
        };
        assert_eq!(at("/v1/").as_deref(), Some("https://a.example/v1"));
        assert_eq!(at("api").as_deref(), Some("https://a.example/docs/api"));
        assert_eq!(at("https://b.example/v1"), None);
        assert_eq!(at("/{version}"), None);
        assert!(
            names_server(&servers(r#"{"servers":[{"url":"/v1"},{"url":"https://b.example"}]}"#))
                && !names_server(&servers("{}"))
        );
    }

    #[test]
    fn what_is_printed_of_a_url_has_no_secret() {
        assert_eq!(
            without_secrets("https://u:secret@a.example/o.json?token=secret"),
            "https://a.example/o.json"
        );
        assert_eq!(without_secrets("openapi.json"), "openapi.json");
    }
}
