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
    tidy::tidy(&admin, made).await?;
    told?;
    println!("\nThe end: everything that was made is gone again. It all went through one connection pool.");
    Ok(())
}

async fn story(admin: &Client, made: &mut Made) -> Outcome {
    let server = keys::narrow_key(admin, made).await?;
    let visitors = people::sign_up(&server, made).await?;
    let films = data::create_table(&server, made).await?;
    data::write_rows(&server, &films, &visitors).await?;
    data::read_rows(&server, &films).await?;
    files::round_trip(&server, made).await?;
    people::act_as(&server, &films, &visitors[0]).await?;
    keys::what_goes_wrong(&server, &films).await
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

/// Prints the title of a chapter.
pub(crate) fn chapter(title: &str) {
    println!("\n{title}");
}
