//! Makes three calls with the setting and the option, and prints the kind and the query.

use polywrite::services::Pets;
use polywrite::{CallOptions, Client, ErrorKind, Query};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().project("demo").tenant("acme").build()?;
    let pets = Pets::new(&client);
    pets.list().await?;
    for tenant in ["other", ""] {
        pets.list().with_options(CallOptions::new().tenant(tenant)).await?;
    }
    let query = Query::is_nearly("age", 3).to_string();
    println!("{}", serde_json::json!({ "kind": ErrorKind::TooEarly.as_str(), "query": query }));
    Ok(())
}
