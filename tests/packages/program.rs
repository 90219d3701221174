//! Calls the shelter with the crate that its document makes, and Appwrite's own operations beside it.

use acme::enums::PetKind;
use acme::models::CircleOrSquare;
use acme::services::{Files, Links, Pets, Photos};
use polywrite::services::Users;
use polywrite::{Client, FileSource, UploadOptions};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = acme::client().project("demo").key("secret").build()?;
    let pets = Pets::new(&client);
    let pet = pets.create("p1", "Rex", PetKind::GoldFish, None).age(3).await?;
    let awaited = pets.update_phone("p1", "+15550100", "secret").await?;
    let list = pets.list().limit(2).await?;
    let CircleOrSquare::Circle(circle) = &list.pets[0].shadow else { return Err("no circle".into()) };
    let photo = Photos::new(&client).get_latest().bytes().await?;
    let home = Links::new(&client).home().await?;
    let data = FileSource::bytes("a.bin", b"abc".to_vec());
    let file = Files::new(&client).create("f1", data).with_options(UploadOptions::new()).await?;
    // Nothing is sent where what an operation needs is missing.
    let refused = pets.update_phone("", "+15550100", "secret").await.expect_err("no ID");
    // Both crates are in one program, and each knows its own operations.
    let appwrite = Client::builder().endpoint(client.endpoint()).build()?;
    let appwrite = Users::new(&appwrite).get("").await.expect_err("no ID");
    let printed = serde_json::json!({
        "kind": pet.kind, "total": list.total, "shadow": circle.radius, "photo": photo.len(), "home": home,
        "file": file.id, "awaited": awaited.name,
        "shown": format!("{client:?}").contains("secret"),
        "refused": format!("{}: {}", refused.operation().unwrap_or_default(), refused.message()),
        "named": acme::from_env()?.endpoint(), "appwrite": appwrite.operation(),
    });
    println!("{printed}");
    Ok(())
}
