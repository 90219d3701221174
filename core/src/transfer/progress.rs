//! The progress of a transfer.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// The progress of an upload, reported each time the server has received a chunk.
///
/// Serializes under the names that the other SDKs use: `$id`, `progress`, `sizeUploaded` and so on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The ID of the file or deployment.
    #[serde(rename = "$id")]
    pub id: String,
    /// How much the server has, from 0 to 100.
    #[serde(rename = "progress")]
    pub percent: f64,
    /// How much the server has, in bytes.
    pub size_uploaded: u64,
    /// The size of the whole file in bytes.
    pub size_total: u64,
    /// How many chunks there are.
    pub chunks_total: u64,
    /// How many chunks the server has.
    pub chunks_uploaded: u64,
}

/// The progress of a download, reported for each piece that has arrived.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DownloadProgress {
    /// How much has arrived, from 0 to 100; `None` when the server did not send a size.
    #[serde(rename = "progress")]
    pub percent: Option<f64>,
    /// How much has arrived, in bytes.
    pub size_downloaded: u64,
    /// The size of the whole file in bytes, if the server sent it.
    pub size_total: Option<u64>,
}

/// A function that receives progress.
pub(crate) struct Listener<T>(Option<Arc<dyn Fn(T) + Send + Sync>>);

impl<T> Listener<T> {
    pub(crate) fn new(listener: impl Fn(T) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    /// Calls the function, if there is one.
    pub(crate) fn report(&self, news: impl FnOnce() -> T) {
        if let Some(listener) = &self.0 {
            listener(news());
        }
    }
}

impl<T> Clone for Listener<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Listener<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> fmt::Debug for Listener<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "a listener" } else { "none" })
    }
}

/// `part` of `whole` in percent; nothing of nothing is all of it.
pub(crate) fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 }
}
