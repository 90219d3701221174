//! Opening the file at a caller's path.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use bytes::Bytes;

use super::file::SourceFile;
use super::spool;
use super::unusable::unusable;
use crate::error::{Error, Result};
use crate::transfer::CHUNK;
use crate::transfer::content::Content;
use crate::transfer::reading::failed;

/// Up to this size in bytes, a file is read at once. Systems show their state as files, whose metadata say that they
/// have no bytes, or one page of them, however many can be read.
const SMALL: u64 = 64 * 1024;

/// Opens a caller's file. A small one is read to its end.
///
/// # Errors
/// `Argument` naming the path when it is missing, unreadable or not a regular file; `Io` when reading fails.
pub(super) fn open(path: &Path) -> Result<Content> {
    let unusable = |cause| unusable("read", path, &cause);
    // Checked before the file is opened: opening a pipe waits for a writer.
    if !std::fs::metadata(path).map_err(unusable)?.is_file() {
        return Err(Error::argument(format!("cannot read {}: it is not a file", path.display())));
    }
    let file = File::open(path).map_err(unusable)?;
    let metadata = file.metadata().map_err(unusable)?;
    let file = SourceFile::new(file, path.to_owned(), &metadata);
    if file.size() > SMALL {
        return Ok(Content::File(file.into()));
    }
    let content = read_to_end(&file)?;
    // A file in `/proc` may have any size, but its time stays.
    let now = file.file().metadata().map_err(unusable)?;
    if file.modified != now.modified().ok() {
        return Err(failed(file.changed()));
    }
    Ok(content)
}

fn read_to_end(file: &SourceFile) -> Result<Content> {
    let unreadable = |cause| unusable("read", &file.path, &cause);
    let mut bytes = Vec::new();
    file.file().take(CHUNK + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 <= CHUNK {
        return Ok(Content::Bytes(Bytes::from(bytes)));
    }
    spool::copy(io::Cursor::new(bytes).chain(file.file()))
        .map_err(|cause| failed(format!("cannot keep a copy of {}: {cause}", file.path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callers_file_is_read_anywhere_and_stays() {
        let path = std::env::temp_dir().join(format!("polywrite-{}", crate::Id::unique()));
        let length = SMALL + 1;
        std::fs::write(&path, vec![b'a'; length as usize]).unwrap();
        let Content::File(file) = open(&path).unwrap() else { panic!("it is large") };
        let mut buffer = [0; 3];
        file.read_exact_at(&mut buffer, 4).unwrap();
        assert_eq!((&buffer, file.size()), (b"aaa", length));
        let error = file.read_exact_at(&mut buffer, length - 1).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        drop(file);
        std::fs::remove_file(&path).unwrap();
    }
}
