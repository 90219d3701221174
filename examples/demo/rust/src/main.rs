//! Shows Polywrite: a key with few rights, a table of films, a large file, and a visitor who sees only their own
//! rows. `./dev demo rust` runs it against a local Appwrite.

mod data;
mod files;
mod keys;
mod people;
mod tidy;

use std::error::Error;

use polywrite::Client;
use tidy::Made;

pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome {
    let admin = admin()?;
    println!("Connected to {}: {}", admin.endpoint(), admin.ping().await?);

    let mut made = Made::default();
    let outcome = run(&admin, &mut made).await;
    let tidied = made.tidy().await;
    outcome.and(tidied)?;
    println!("\nThe end. All that it made is deleted; every call used one connection pool.");
    Ok(())
}

async fn run(admin: &Client, made: &mut Made) -> Outcome {
    let narrow = step("A key of our own", keys::narrow_key(admin, made)).await?;
    let server = narrow.as_ref().unwrap_or(admin);
    let visitors = step("Two visitors", people::sign_up(server, made)).await?.unwrap_or_default();
    let films = step("A table", async {
        let films = data::create_table(server, made).await?;
        data::write_rows(server, &films, &visitors).await?;
        data::read_rows(server, &films).await?;
        Ok(films)
    })
    .await?;
    step("A large file", files::round_trip(server, made)).await?;
    if let (Some(films), Some(visitor)) = (&films, visitors.first()) {
        step("Acting as a visitor", people::act_as(server, films, visitor)).await?;
    }
    step("What goes wrong, and what the errors say", async {
        if let Some(client) = &narrow {
            keys::beyond_the_scopes(client).await?;
        }
        if let Some(films) = &films {
            keys::wrong_rows(server, films).await?;
        }
        Ok(())
    })
    .await?;
    Ok(())
}

/// The client of the server's owner: endpoint, project and key from the environment, and the certificate to trust.
fn admin() -> Outcome<Client> {
    let client = Client::from_env()?;
    match std::env::var("POLYWRITE_CA_FILE") {
        Ok(file) => Ok(client.configure(&polywrite::ClientConfig {
            ca_certificates: polywrite::Change::To(std::fs::read_to_string(file)?),
            ..Default::default()
        })?),
        Err(_) => Ok(client),
    }
}

/// Runs a step. On a foreign server that lacks what it needs, prints the reason and skips it.
async fn step<T>(title: &str, work: impl Future<Output = Outcome<T>>) -> Outcome<Option<T>> {
    println!("\n{title}");
    match work.await {
        Ok(made) => Ok(Some(made)),
        Err(error) => match error.downcast_ref::<polywrite::Error>() {
            Some(reason) if tidy::live().is_some() && tidy::lacking(reason) => {
                println!("  skipped, this server lacks it: {reason}");
                Ok(None)
            }
            _ => Err(error),
        },
    }
}

/// Ends the demo where it does not do what it should; after a panic nothing would be removed.
pub(crate) fn ensure(good: bool, what: &str) -> Outcome {
    match good {
        true => Ok(()),
        false => Err(format!("it should be so that {what}").into()),
    }
}
