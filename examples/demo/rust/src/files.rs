//! Uploads a large file in chunks and downloads it.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use polywrite::{Client, FileSource, Id, UploadOptions, services::Storage};
use sha2::{Digest, Sha256};

use crate::tidy::{Made, name};
use crate::{Outcome, ensure};

const SIZE: u64 = 64 * 1024 * 1024;

/// Uploads 64 MiB, or what the server allows, with a progress bar and downloads them to a file with the same hash.
pub(crate) async fn round_trip(server: &Client, made: &mut Made) -> Outcome {
    let folder = tempfile::tempdir()?;
    let original = folder.path().join("film.bin");

    let storage = Storage::new(server);
    let id = Id::unique();
    made.buckets.push((server.clone(), id.clone()));
    let bucket = storage.create_bucket(id, name()).await?;
    let size = u64::try_from(bucket.maximum_file_size).map_or(SIZE, |most| most.min(SIZE));
    if size < SIZE {
        println!("  this server takes {size} bytes at most");
    }
    write_noise(&original, size)?;
    let bar = bar("uploading", size);
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
    ensure(sent == received, "the copy is the same")?;
    println!("  downloaded to a file; SHA-256 of both: {}…", &received[..16]);
    Ok(())
}

fn bar(what: &'static str, size: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("  {msg} {bar:40} {bytes}/{total_bytes}")
        .expect("the template is valid");
    ProgressBar::new(size).with_style(style).with_message(what)
}

/// A file without repetition, so that a chunk in the wrong place changes its hash.
fn write_noise(path: &Path, size: u64) -> io::Result<()> {
    let mut noise = File::open("/dev/urandom")?.take(size);
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
