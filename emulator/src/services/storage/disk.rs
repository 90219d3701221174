//! Where contents lie: a file a file, each chunk at its place.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::PathBuf,
};

use flate2::{Compression, write::GzEncoder};
use md5::{Digest, Md5};
use tempfile::NamedTempFile;

use crate::{call::Call, failure::Failure, trees};

/// The size of every chunk but the last: 5 MiB.
pub(in crate::services) const CHUNK: u64 = 5 * 1024 * 1024;

/// Where the content of a file lies. IDs are checked before they get here, so they cannot lead elsewhere.
pub(in crate::services) fn path(call: &Call, bucket: &str, file: &str) -> Result<PathBuf, Failure> {
    Ok(of_bucket(call, bucket)?.join(file))
}

fn of_bucket(call: &Call, bucket: &str) -> Result<PathBuf, Failure> {
    Ok(trees::folder(call.state, &call.project)?.join(bucket))
}

/// Writes one chunk of a file of `total` bytes at its place.
pub(in crate::services) fn write_chunk(
    call: &Call,
    bucket: &str,
    file: &str,
    index: u64,
    content: &[u8],
    total: u64,
) -> Result<(), Failure> {
    let directory = directory(call, bucket)?;
    let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(directory.join(file))?;
    file.seek(SeekFrom::Start(index * CHUNK))?;
    file.write_all(content)?;
    // An emulator that was killed may have left a longer content that no file has.
    if file.metadata()?.len() > total {
        file.set_len(total)?;
    }
    keep(call, &file)
}

/// A content that no file has yet; dropping it removes it.
pub(in crate::services) struct Unnamed(NamedTempFile);

/// Writes a whole content.
pub(in crate::services) fn write_whole(
    call: &Call,
    bucket: &str,
    content: &[u8],
) -> Result<Unnamed, Failure> {
    // IDs do not begin with a dot, so no file has that name.
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(directory(call, bucket)?)?;
    file.write_all(content)?;
    keep(call, file.as_file())?;
    Ok(Unnamed(file))
}

impl Unnamed {
    /// Makes it the content of a file.
    pub(in crate::services) fn name(self, call: &Call, bucket: &str, file: &str) -> Result<(), Failure> {
        self.0.persist(path(call, bucket, file)?).map_err(|problem| problem.error)?;
        Ok(())
    }
}

fn directory(call: &Call, bucket: &str) -> Result<PathBuf, Failure> {
    let directory = of_bucket(call, bucket)?;
    fs::create_dir_all(&directory)?;
    Ok(directory)
}

/// Waits until the disk has a content that is to outlive the emulator: it is listed only after that.
fn keep(call: &Call, file: &File) -> Result<(), Failure> {
    if call.state.keeps_files {
        file.sync_data()?;
    }
    Ok(())
}

/// How long a file's content is.
pub(in crate::services) fn length(call: &Call, bucket: &str, file: &str) -> Result<u64, Failure> {
    Ok(fs::metadata(path(call, bucket, file)?)?.len())
}

/// The largest content that the server compresses and encrypts: 20 MB.
const TREATED: u64 = 20_000_000;

/// Whether a content of this length is compressed and encrypted, if its bucket wants it.
pub(super) fn is_treated(length: u64) -> bool {
    length <= TREATED
}

/// How many bytes the server stores of a file whose bucket wants it compressed.
pub(super) fn compressed_length(call: &Call, bucket: &str, file: &str) -> Result<u64, Failure> {
    packed_length(File::open(path(call, bucket, file)?)?)
}

/// How long a content is when gzip has packed it.
pub(super) fn packed_length(mut content: impl Read) -> Result<u64, Failure> {
    let mut packed = GzEncoder::new(Counted(0), Compression::default());
    std::io::copy(&mut content, &mut packed)?;
    Ok(packed.finish()?.0)
}

/// Takes bytes and remembers only how many.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The first bytes of a content and its MD5 sum, which is the file's signature.
pub(in crate::services) fn inspect(
    call: &Call,
    bucket: &str,
    file: &str,
) -> Result<(Vec<u8>, String), Failure> {
    let mut content = File::open(path(call, bucket, file)?)?;
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
    match fs::remove_file(path(call, bucket, file)?) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem.into()),
        _ => Ok(()),
    }
}

/// Removes the contents of all files of a bucket.
pub(in crate::services) fn remove_bucket(call: &Call, bucket: &str) -> Result<(), Failure> {
    Ok(trees::remove_folder(&of_bucket(call, bucket)?)?)
}
