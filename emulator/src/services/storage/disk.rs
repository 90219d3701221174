//! Where contents lie: a file a file, each chunk at its place.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::PathBuf,
};

use md5::{Digest, Md5};

use crate::{call::Call, failure::Failure};

/// The size of every chunk but the last: 5 MiB.
pub(in crate::services) const CHUNK: u64 = 5 * 1024 * 1024;

/// Where the content of a file lies. IDs are checked before they get here, so they cannot lead elsewhere.
pub(in crate::services) fn path(call: &Call, bucket: &str, file: &str) -> PathBuf {
    call.state.files.join(&call.project).join(bucket).join(file)
}

/// Writes one chunk at its place.
pub(in crate::services) fn write_chunk(
    call: &Call,
    bucket: &str,
    file: &str,
    index: u64,
    content: &[u8],
) -> Result<(), Failure> {
    let path = path(call, bucket, file);
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    file.seek(SeekFrom::Start(index * CHUNK))?;
    file.write_all(content)?;
    Ok(())
}

/// How long a file's content is.
pub(in crate::services) fn length(call: &Call, bucket: &str, file: &str) -> Result<u64, Failure> {
    Ok(fs::metadata(path(call, bucket, file))?.len())
}

/// The first bytes of a content and its MD5 sum, which is the file's signature.
pub(in crate::services) fn inspect(
    call: &Call,
    bucket: &str,
    file: &str,
) -> Result<(Vec<u8>, String), Failure> {
    let mut content = File::open(path(call, bucket, file))?;
    let mut sum = Md5::new();
    let mut first = Vec::new();
    let mut buffer = vec![0; 1024 * 1024];
    loop {
        let count = content.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        if first.is_empty() {
            first = buffer[..count.min(4096)].to_vec();
        }
        sum.update(&buffer[..count]);
    }
    Ok((first, hexadecimal(&sum.finalize())))
}

/// The MD5 sum of a content in memory.
pub(in crate::services) fn sum(content: &[u8]) -> String {
    hexadecimal(&Md5::digest(content))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Removes a file's content, if there is any.
pub(in crate::services) fn remove(call: &Call, bucket: &str, file: &str) -> Result<(), Failure> {
    match fs::remove_file(path(call, bucket, file)) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem.into()),
        _ => Ok(()),
    }
}

/// Removes the contents of all files of a bucket.
pub(in crate::services) fn remove_bucket(call: &Call, bucket: &str) -> Result<(), Failure> {
    match fs::remove_dir_all(call.state.files.join(&call.project).join(bucket)) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem.into()),
        _ => Ok(()),
    }
}
