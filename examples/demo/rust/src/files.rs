//! A large file, up in chunks and down again.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use polywrite::{Client, FileSource, Id, UploadOptions, services::Storage};
use sha2::{Digest, Sha256};

use crate::tidy::Made;
use crate::{Outcome, chapter};

const SIZE: u64 = 64 * 1024 * 1024;

/// Uploads 64 MiB with a progress bar and downloads them to a file with the same hash.
pub(crate) async fn round_trip(server: &Client, made: &mut Made) -> Outcome {
    chapter("A large file");
    let folder = tempfile::tempdir()?;
    let original = folder.path().join("film.bin");
    write_noise(&original)?;

    let storage = Storage::new(server);
    let id = made.bucket.insert(Id::unique());
    let bucket = storage.create_bucket(id.as_str(), "Demo").await?;
    let bar = bar("uploading");
    let file = storage
        .create_file(&bucket.id, Id::unique(), FileSource::path(&original))
        .with_options(UploadOptions::new().on_progress({
            let bar = bar.clone();
            move |progress| bar.set_position(progress.size_uploaded)
        }))
        .await?;
    bar.finish();
    println!("  uploaded {} MiB in {} chunks", file.size_original >> 20, file.chunks_total);

    let copy = folder.path().join("copy.bin");
    storage.get_file_download(&bucket.id, &file.id).save_to(&copy).await?;
    let (sent, received) = (hash(&original)?, hash(&copy)?);
    assert_eq!(sent, received, "the copy differs");
    println!("  downloaded to a file; SHA-256 of both: {}…", &received[..16]);
    Ok(())
}

fn bar(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("  {msg} {bar:40} {bytes}/{total_bytes}")
        .expect("the template is valid");
    ProgressBar::new(SIZE).with_style(style).with_message(what)
}

/// A file without repetition, so that nothing on the way can get away with guessing.
fn write_noise(path: &Path) -> io::Result<()> {
    let mut noise = File::open("/dev/urandom")?.take(SIZE);
    let mut file = File::create(path)?;
    io::copy(&mut noise, &mut file)?;
    file.flush()
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            count => hasher.update(&buffer[..count]),
        }
    }
}
