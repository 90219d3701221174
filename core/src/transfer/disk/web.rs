//! No disk: what would need one is an error before anything is sent.

mod file;

use std::path::{Path, PathBuf};

use tokio::io::AsyncRead;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::params::Params;
use crate::transfer::content::Content;
use crate::transfer::reading::read_up_to;
use crate::transfer::save::{DownloadOptions, Downloaded};

pub(in crate::transfer) use file::{FileBodies, SourceFile};

/// How many bytes of a reader are kept in memory that does not say how many it has: Workers have 128 MiB in all.
const KEPT: usize = 32 * 1024 * 1024;

/// Opens a caller's file.
///
/// # Errors
/// `Argument`: there are no files here.
pub(in crate::transfer) async fn open(path: PathBuf) -> Result<Content> {
    Err(no_files("read", &path, "give its bytes, a `Blob` or a stream"))
}

/// Makes a call and writes the body of its response to a file.
///
/// # Errors
/// `Argument`: there are no files here.
pub(in crate::transfer) async fn save(
    _: &Client,
    _: &'static Operation,
    _: Params,
    path: PathBuf,
    _: DownloadOptions,
) -> Result<Downloaded> {
    Err(no_files("write", &path, "read the download as bytes or as a stream"))
}

/// Reads to the end.
///
/// # Errors
/// `Argument` when there is more than memory should hold, `Io` when the reader fails.
pub(in crate::transfer) async fn spool(mut reader: impl AsyncRead + Unpin, _: usize) -> Result<Content> {
    let mut bytes = Vec::new();
    read_up_to(&mut reader, &mut bytes, KEPT + 1).await?;
    if bytes.len() > KEPT {
        let message =
            format!("the file has more than {KEPT} bytes, and its size is not known before it is sent");
        return Err(Error::argument(message).with_hint("say how many bytes it has, and it is sent in chunks"));
    }
    Ok(Content::Bytes(bytes.into()))
}

fn no_files(doing: &str, path: &Path, hint: &'static str) -> Error {
    Error::argument(format!("cannot {doing} {}: this runtime has no files", path.display())).with_hint(hint)
}
