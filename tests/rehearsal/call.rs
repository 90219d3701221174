//! A program that a user would write: one call, to the server that the environment names.

use polywrite::{Client, Id, services::Users};

#[tokio::main]
async fn main() -> polywrite::Result<()> {
    let users = Users::new(&Client::from_env()?);
    let made = users.create(Id::unique()).name("Ada").await?;
    assert_eq!(made.name, "Ada");
    println!("called with Rust");
    Ok(())
}
