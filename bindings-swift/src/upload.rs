//! Uploads: a file from disk or memory, with news of its progress.

use std::sync::Arc;

use polywrite::{Progress, UploadSession};
use polywrite_bridge::{Content, File, Report, Transferred};

use crate::body::NativeBody;
use crate::call::{NativeCall, given};
use crate::client::NativeClient;
use crate::error::NativeError;

/// A file to upload.
#[derive(uniffi::Enum)]
pub enum NativeFile {
    /// A file on disk, read while it is sent.
    Path {
        /// Where it is.
        path: String,
        /// The name that the server is told; the path's own when absent.
        file_name: Option<String>,
        /// The MIME type that the server is told.
        mime_type: Option<String>,
    },
    /// Bytes in memory.
    Bytes {
        /// The content.
        bytes: Vec<u8>,
        /// The name that the server is told.
        file_name: String,
        /// The MIME type that the server is told.
        mime_type: Option<String>,
    },
}

/// What is known about an upload that may have to be taken up again.
#[derive(Debug, uniffi::Object)]
pub struct NativeUploadSession(UploadSession);

#[uniffi::export]
impl NativeUploadSession {
    /// A session of which nothing has been sent.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(UploadSession::new()))
    }

    /// The session that `json` has written.
    #[uniffi::constructor]
    pub fn from_json(json: String) -> Result<Arc<Self>, NativeError> {
        Ok(Arc::new(Self(UploadSession::from_json(&json)?)))
    }

    /// What it knows, as JSON text.
    pub fn json(&self) -> String {
        self.0.to_json()
    }

    /// The ID of the file or deployment, once one is chosen.
    pub fn id(&self) -> Option<String> {
        self.0.id()
    }

    /// How many chunks the server has acknowledged.
    pub fn chunks_acknowledged(&self) -> u64 {
        self.0.chunks_acknowledged()
    }
}

/// How far an upload is.
#[derive(uniffi::Record)]
pub struct NativeProgress {
    /// The ID of the file or deployment.
    pub id: String,
    /// How much the server has, from 0 to 100.
    pub percent: f64,
    /// How much the server has, in bytes.
    pub size_uploaded: u64,
    /// How many chunks there are.
    pub chunks_total: u64,
    /// How many chunks the server has.
    pub chunks_uploaded: u64,
}

/// Hears how far a transfer is, from one of the runtime's threads: it must not wait.
#[uniffi::export(callback_interface)]
pub trait ProgressListener: Send + Sync {
    /// The server has taken a chunk.
    fn uploaded(&self, progress: NativeProgress);
    /// A piece of a download has arrived: bytes so far, and of how many, if the server said so.
    fn downloaded(&self, bytes: u64, total: Option<u64>);
}

#[uniffi::export]
impl NativeClient {
    /// Starts an upload; `parameters` and `options` are as for a call.
    pub fn upload(
        &self,
        operation: String,
        parameters: String,
        file: NativeFile,
        session: Option<Arc<NativeUploadSession>>,
        options: String,
        listener: Option<Box<dyn ProgressListener>>,
    ) -> Result<Arc<NativeCall>, NativeError> {
        let given = given(&operation, &parameters, &options)?;
        let (operation, client) = (given.operation, self.client.clone());
        let (file, report) = (File::from(file), listener.map(reporting));
        let session = session.map(|session| session.0.clone());
        NativeCall::start(async move {
            NativeBody::of(Some(operation), given.upload(client, file, session.as_ref(), report).await?)
        })
    }
}

/// What tells a listener how far a transfer is.
pub(crate) fn reporting(listener: Box<dyn ProgressListener>) -> Report {
    Box::new(move |moved| match moved {
        Transferred::Up(progress) => listener.uploaded(progress.into()),
        Transferred::Down(progress) => listener.downloaded(progress.size_downloaded, progress.size_total),
    })
}

impl From<NativeFile> for File {
    fn from(file: NativeFile) -> Self {
        match file {
            NativeFile::Path { path, file_name, mime_type } => {
                File { content: Content::Path(path.into()), name: file_name, mime_type }
            }
            NativeFile::Bytes { bytes, file_name, mime_type } => {
                File { content: Content::Bytes(bytes.into()), name: Some(file_name), mime_type }
            }
        }
    }
}

impl From<Progress> for NativeProgress {
    fn from(progress: Progress) -> Self {
        Self {
            id: progress.id,
            percent: progress.percent,
            size_uploaded: progress.size_uploaded,
            chunks_total: progress.chunks_total,
            chunks_uploaded: progress.chunks_uploaded,
        }
    }
}
