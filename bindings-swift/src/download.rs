//! Downloads: to a file without a detour through Swift, or piece by piece.

use std::sync::Arc;

use bytes::Bytes;
use polywrite::Error;
use tokio::sync::{Mutex, mpsc};

use crate::body::NativeBody;
use crate::call::{NativeCall, Task, given};
use crate::client::NativeClient;
use crate::error::NativeError;
use crate::upload::{ProgressListener, reporting};

/// Pieces that wait for Swift; more of them stay in the socket.
const WAITING_PIECES: usize = 2;

/// A download that waits for its first bytes. Giving it up or dropping it closes its request.
#[derive(Debug, uniffi::Object)]
pub struct NativeDownloadCall {
    task: Task<NativeDownload>,
}

/// A download under way. Dropping it closes its request.
#[derive(Debug, uniffi::Object)]
pub struct NativeDownload {
    size: Option<u64>,
    content_type: Option<String>,
    pieces: Mutex<mpsc::Receiver<Result<Bytes, Error>>>,
    // Dropped with this object, which ends the reading.
    reading: Task<()>,
}

#[uniffi::export]
impl NativeClient {
    /// Starts a download; `parameters` and `options` are as for a call.
    pub fn download(
        &self,
        operation: String,
        parameters: String,
        options: String,
    ) -> Result<Arc<NativeDownloadCall>, NativeError> {
        let given = given(&operation, &parameters, &options)?;
        let client = self.client.clone();
        let task = Task::start(async move {
            let stream = given.stream(client).await?;
            let (size, content_type) = (stream.size(), stream.content_type().map(str::to_owned));
            let (sender, receiver) = mpsc::channel(WAITING_PIECES);
            let reading = Task::start(async move {
                while let Some(piece) = stream.next().await.transpose() {
                    let failed = piece.is_err();
                    if sender.send(piece).await.is_err() || failed {
                        break;
                    }
                }
                Ok(())
            })?;
            Ok(NativeDownload { size, content_type, pieces: Mutex::new(receiver), reading })
        })?;
        Ok(Arc::new(NativeDownloadCall { task }))
    }

    /// Starts a download into a file, which gets its name when it is complete. The response is empty.
    pub fn download_to(
        &self,
        operation: String,
        parameters: String,
        path: String,
        options: String,
        listener: Option<Box<dyn ProgressListener>>,
    ) -> Result<Arc<NativeCall>, NativeError> {
        let given = given(&operation, &parameters, &options)?;
        let (operation, client) = (given.operation, self.client.clone());
        let report = listener.map(reporting);
        NativeCall::start(async move {
            NativeBody::of(Some(operation), given.save(client, path.into(), report).await?)
        })
    }
}

#[uniffi::export]
impl NativeDownloadCall {
    /// The download, once the server's response has begun. Waits; may be asked for once.
    pub async fn answer(&self) -> Result<Arc<NativeDownload>, NativeError> {
        Ok(Arc::new(self.task.result().await?))
    }

    /// Gives the download up: `answer` then fails with the kind `cancelled`.
    pub fn cancel(&self) {
        self.task.cancel();
    }
}

#[uniffi::export]
impl NativeDownload {
    /// The size in bytes, if the server said it.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// The MIME type, if the server said it.
    pub fn content_type(&self) -> Option<String> {
        self.content_type.clone()
    }

    /// The next bytes; none at the end. Waits.
    pub async fn next(&self) -> Result<Option<Vec<u8>>, NativeError> {
        match self.pieces.lock().await.recv().await {
            Some(piece) => Ok(Some(piece?.into())),
            None => Ok(None),
        }
    }

    /// Gives the download up: a waiting `next` then ends as if there were no more.
    pub fn cancel(&self) {
        self.reading.cancel();
    }
}
