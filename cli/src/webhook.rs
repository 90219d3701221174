//! `polywrite webhook`: receives webhooks while a program is written, and sends some to it.

mod listen;
mod send;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use polywrite::Webhook;
use tokio_rustls::rustls::crypto::ring;

/// Where the secret is looked for: other programs see the arguments of a program, and not its environment.
const VARIABLE: &str = "APPWRITE_WEBHOOK_SECRET";

/// The command's own commands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Receives webhooks, checks their signatures and prints them.
    Listen(listen::Listen),
    /// Sends a webhook as Appwrite does.
    Send(send::Send),
}

/// The secret of the webhook.
#[derive(Args)]
struct Secret {
    /// The webhook's secret; APPWRITE_WEBHOOK_SECRET of the environment otherwise.
    #[arg(long)]
    secret: Option<String>,
}

impl Secret {
    fn webhook(self, url: &str) -> Result<Webhook> {
        let secret = self.secret.or_else(|| std::env::var(VARIABLE).ok());
        let secret = secret.with_context(|| format!("give the webhook's secret: --secret, or {VARIABLE}"))?;
        Ok(Webhook::new(url, secret)?)
    }
}

impl Command {
    /// Does it, and says whether all is well.
    pub(crate) fn run(self) -> Result<bool> {
        // reqwest speaks https with a provider only; another crate of the program may have installed it.
        let _ = ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        match self {
            Self::Listen(listen) => runtime.block_on(listen.run()),
            Self::Send(send) => runtime.block_on(send.run()),
        }
    }
}

/// A client that follows no redirect.
fn client() -> Result<reqwest::Client> {
    Ok(reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?)
}
