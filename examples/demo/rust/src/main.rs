//! The story of Polywrite: a key with few rights, a table of films, a large file, and a visitor who sees only
//! what is theirs. `./dev demo rust` runs it against a local Appwrite.

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
    let told = story(&admin, &mut made).await;
    let tidied = made.tidy().await;
    told.and(tidied)?;
    println!("\nThe end. What was made is gone again; all of it went through one connection pool.");
    Ok(())
}

async fn story(admin: &Client, made: &mut Made) -> Outcome {
    let narrow = chapter("A key of our own", keys::narrow_key(admin, made)).await?;
    let server = narrow.as_ref().unwrap_or(admin);
    let visitors = chapter("Two visitors", people::sign_up(server, made)).await?.unwrap_or_default();
    let films = chapter("A table", async {
        let films = data::create_table(server, made).await?;
        data::write_rows(server, &films, &visitors).await?;
        data::read_rows(server, &films).await?;
        Ok(films)
    })
    .await?;
    chapter("A large file", files::round_trip(server, made)).await?;
    if let (Some(films), Some(visitor)) = (&films, visitors.first()) {
        chapter("Acting as a visitor", people::act_as(server, films, visitor)).await?;
    }
    chapter("What goes wrong, and how it is told", async {
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

/// The client of the server's owner: endpoint, project and key from the environment, and the one certificate to trust.
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

/// Tells a chapter. On a server that is not ours it is left out, with the reason, when the server has no such thing.
async fn chapter<T>(title: &str, tell: impl Future<Output = Outcome<T>>) -> Outcome<Option<T>> {
    println!("\n{title}");
    match tell.await {
        Ok(told) => Ok(Some(told)),
        Err(error) => match error.downcast_ref::<polywrite::Error>() {
            Some(reason) if tidy::live().is_some() && tidy::lacking(reason) => {
                println!("  left out, this server lacks it: {reason}");
                Ok(None)
            }
            _ => Err(error),
        },
    }
}

/// Ends the story where it does not go as it should; a panic would leave everything where it is.
pub(crate) fn ensure(good: bool, what: &str) -> Outcome {
    match good {
        true => Ok(()),
        false => Err(format!("it should be so that {what}").into()),
    }
}
