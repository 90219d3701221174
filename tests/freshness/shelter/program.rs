//! program FOLDER: calls the shelter with the crate that its document makes, and keeps a photo in the folder.

use polywrite::enums::PetKind;
use polywrite::models::CircleOrSquare;
use polywrite::services::{Files, Links, Pets, Photos};
use polywrite::{Client, FileSource};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let client = Client::builder().project("demo").build()?;
    let pets = Pets::new(&client);
    let pet = pets.create("p1", "Rex", PetKind::GoldFish, None).age(3).await?;
    pets.update_phone("p1", "+15550100", "secret").await?;
    let list = pets.list().limit(2).await?;
    let photos = Photos::new(&client);
    let photo = photos.get_latest().bytes().await?;
    let mut pieces = photos.get_latest().stream().await?;
    let mut streamed = 0;
    while let Some(piece) = pieces.chunk().await? {
        streamed += piece.len();
    }
    let path = std::path::Path::new(&folder).join("rust.png");
    photos.get_latest().save_to(&path).await?;
    let home = Links::new(&client).home().await?;
    let data = FileSource::bytes("a.bin", vec![1; 2 * 1_048_576 + 5]);
    let file = Files::new(&client).create("f1", data).await?;
    let CircleOrSquare::Circle(circle) = &list.pets[0].shadow else { return Err("no circle".into()) };
    let printed = serde_json::json!({
        "kind": pet.kind, "weight": pet.weight, "total": list.total, "shadow": circle.radius, "home": home,
        "photo": photo.len(), "streamed": streamed, "saved": std::fs::metadata(&path)?.len(), "file": file.id,
    });
    println!("{printed}");
    Ok(())
}
