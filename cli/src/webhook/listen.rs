//! `polywrite webhook listen`

use std::{
    io::{Write, stdout},
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use anyhow::{Context, Result};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Response, StatusCode},
};
use clap::Args;
use polywrite::Webhook;
use reqwest::Client;
use serde_json::Value;

use super::{Secret, client};

/// Receives webhooks, checks their signatures and prints them.
#[derive(Args)]
pub(crate) struct Listen {
    #[command(flatten)]
    secret: Secret,
    /// The URL that is registered in Appwrite, which the signature is for [default: http://127.0.0.1:PORT/].
    #[arg(long)]
    url: Option<String>,
    /// The port; 0 finds a free one.
    #[arg(long, default_value_t = 8091)]
    port: u16,
    /// The address to listen on: 0.0.0.0 for an Appwrite in a container.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// A URL that gets each request as well, whose response is passed back.
    #[arg(long)]
    forward: Option<String>,
}

/// What every request needs.
struct Listener {
    webhook: Webhook,
    client: Client,
    forward: Option<String>,
}

impl Listen {
    pub(super) async fn run(self) -> Result<bool> {
        let listener = tokio::net::TcpListener::bind((self.host, self.port))
            .await
            .with_context(|| format!("listen on port {}", self.port))?;
        let address = format!("http://127.0.0.1:{}/", listener.local_addr()?.port());
        let url = self.url.unwrap_or_else(|| address.clone());
        let webhook = self.secret.webhook(&url)?;
        let shared = Arc::new(Listener { webhook, client: client()?, forward: self.forward });
        say(&format!("Listening on {address} for webhooks of {url}"))?;
        let router = Router::new().fallback(move |headers: HeaderMap, body: Bytes| {
            let listener = Arc::clone(&shared);
            async move { listener.receive(headers, body).await }
        });
        axum::serve(listener, router).await?;
        Ok(true)
    }
}

impl Listener {
    async fn receive(&self, headers: HeaderMap, body: Bytes) -> Response<Body> {
        let parsed = self.webhook.parse(headers.iter().map(|(name, value)| (name, value.as_bytes())), &body);
        let (status, shown) = match parsed {
            Ok(event) => {
                let user = event.user_id().map(|id| format!(" by user {id}")).unwrap_or_default();
                let payload: Value = serde_json::from_slice(&body).unwrap_or_default();
                let name = event.events().first().map(String::as_str).unwrap_or_default();
                let head = format!("{name} in {} for {:?}{user}", event.project_id(), event.name());
                (StatusCode::OK, format!("{head}\n{payload:#}"))
            }
            Err(error) => (StatusCode::UNAUTHORIZED, format!("Rejected: {error}")),
        };
        // A reader of the output that has stopped misses it.
        let _ = say(&shown);
        let response = match (&self.forward, status) {
            (Some(target), StatusCode::OK) => self.pass_on(target, headers, body).await,
            _ => (status, Body::empty()),
        };
        let mut answer = Response::new(response.1);
        *answer.status_mut() = response.0;
        answer
    }

    async fn pass_on(&self, target: &str, headers: HeaderMap, body: Bytes) -> (StatusCode, Body) {
        let kept = headers.into_iter().filter_map(|(name, value)| {
            let name = name?;
            let is_of_appwrite = name.as_str().starts_with("x-appwrite-");
            (is_of_appwrite || name == "content-type" || name == "authorization").then_some((name, value))
        });
        match self.client.post(target).headers(kept.collect()).body(body).send().await {
            Ok(response) => {
                let status = response.status();
                let _ = say(&format!("Forwarded: {status}"));
                (status, response.bytes().await.unwrap_or_default().into())
            }
            Err(problem) => {
                let _ = say(&format!("Not forwarded: {problem}"));
                (StatusCode::BAD_GATEWAY, Body::empty())
            }
        }
    }
}

fn say(text: &str) -> std::io::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}
