//! Uploads in chunks and downloads in pieces, with little memory for any size.

mod age;
mod asking;
mod chunked;
mod content;
mod disk;
mod download;
mod options;
mod pieces;
mod progress;
mod reading;
mod receipt;
mod resume;
mod save;
mod session;
mod several;
mod source;
mod tail;
mod total;
mod upload;
mod upload_to;
mod version;

pub use download::Download;
pub use options::UploadOptions;
pub(crate) use progress::Listener;
pub use progress::{DownloadProgress, Progress};
pub use save::{DownloadOptions, Downloaded};
pub use session::UploadSession;
pub use several::{FileDownload, FileUpload, Transfers};
pub use source::FileSource;
pub use total::TransfersProgress;

/// The only chunk size that the server accepts: it numbers a chunk by dividing its start by this.
pub(crate) const CHUNK: u64 = crate::operations::CHUNK_SIZE;
