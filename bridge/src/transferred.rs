//! How far transfers are.

use polywrite::{DownloadProgress, Progress};

/// Called for each chunk of an upload that the server has, and for each piece of a download that has arrived.
pub type Report = Box<dyn Fn(Transferred) + Send + Sync>;

/// How far a transfer is.
#[derive(Clone, Debug)]
pub enum Transferred {
    /// Of an upload.
    Up(Progress),
    /// Of a download.
    Down(DownloadProgress),
}

impl Transferred {
    /// The record as JSON text, under the names that the official SDKs use.
    pub fn to_json(&self) -> String {
        let text = match self {
            Transferred::Up(progress) => serde_json::to_string(progress),
            Transferred::Down(progress) => serde_json::to_string(progress),
        };
        text.unwrap_or_else(|_| "null".to_owned())
    }
}
