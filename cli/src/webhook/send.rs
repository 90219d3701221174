//! `polywrite webhook send`

use std::{
    io::{Read, Write, stdin, stdout},
    path::PathBuf,
};

use anyhow::{Context, Result};
use clap::Args;

use super::{Secret, client};

/// Sends a webhook as Appwrite does.
#[derive(Args)]
pub(crate) struct Send {
    /// Where it goes.
    url: String,
    #[command(flatten)]
    secret: Secret,
    /// The event, exact: users.ada.create.
    #[arg(long)]
    event: String,
    /// A file with the payload, JSON; stdin otherwise.
    #[arg(long)]
    body: Option<PathBuf>,
    /// The URL that is registered in Appwrite, if it is another one: the signature is for it.
    #[arg(long)]
    registered: Option<String>,
    /// The project's ID.
    #[arg(long, default_value = "demo")]
    project: String,
    /// The user whose call it was; a key's otherwise.
    #[arg(long)]
    user: Option<String>,
}

impl Send {
    pub(super) async fn run(self) -> Result<bool> {
        let mut body = String::new();
        match &self.body {
            Some(path) => {
                body = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            }
            None => {
                stdin().read_to_string(&mut body).context("read the payload from stdin")?;
            }
        }
        let webhook = self.secret.webhook(self.registered.as_deref().unwrap_or(&self.url))?;
        let mut request = client()?
            .post(&self.url)
            .header("content-type", "application/json")
            .header("x-appwrite-webhook-id", "webhook")
            .header("x-appwrite-webhook-name", "webhook")
            .header("x-appwrite-webhook-events", names(&self.event))
            .header("x-appwrite-webhook-project-id", self.project)
            .header("x-appwrite-webhook-signature", webhook.sign(&body));
        if let Some(user) = self.user {
            request = request.header("x-appwrite-webhook-user-id", user);
        }
        let response = request.body(body).send().await?;
        let status = response.status();
        writeln!(stdout(), "{status}\n{}", response.text().await?)?;
        Ok(status.as_u16() < 400)
    }
}

/// An event, and with `*` in place of all IDs, as a webhook may ask for it: `users.ada.create,users.*.create`.
fn names(event: &str) -> String {
    let parts: Vec<&str> = event.split('.').collect();
    let all = parts.iter().enumerate().map(|(place, part)| if place % 2 == 1 { "*" } else { part });
    format!("{event},{}", all.collect::<Vec<_>>().join("."))
}
