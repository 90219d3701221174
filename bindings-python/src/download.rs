//! Files on their way down: in pieces, into memory or into a file.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use polywrite::{Download, DownloadOptions, Error, Operation};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tokio::sync::{Mutex, Notify, mpsc};

use crate::call::{Call, Event, Outcome, options, params};

/// A download that has begun.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Stream {
    download: Arc<Mutex<Option<Download>>>,
    /// Ends the reading of a call that has the download.
    closed: Arc<Notify>,
    #[pyo3(get)]
    size: Option<u64>,
    #[pyo3(get)]
    content_type: Option<String>,
}

#[pymethods]
impl Stream {
    /// A call that returns the next bytes; empty at the end.
    fn next(&self) -> Call {
        let (present, closed) = (self.download.clone(), self.closed.clone());
        Call::new(async move {
            let mut present = present.lock().await;
            // Whatever ends this call, being dropped too, ends the download with it unless more is to come.
            let Some(mut download) = present.take() else { return Ok(Outcome::Chunk(Bytes::new())) };
            let piece = tokio::select! {
                biased;
                () = closed.notified() => return Err(Error::cancelled().with_hint("the download was closed").into()),
                piece = download.chunk() => piece?,
            };
            if piece.is_some() {
                *present = Some(download);
            }
            Ok(Outcome::Chunk(piece.unwrap_or_default()))
        })
    }

    /// Gives the download up, and a call that is reading it.
    fn close(&self) {
        match self.download.try_lock() {
            Ok(mut download) => *download = None,
            Err(_) => self.closed.notify_one(),
        }
    }
}

impl Stream {
    fn new(download: Download) -> Self {
        let size = download.size();
        let content_type = download.content_type().map(str::to_owned);
        Self { download: Arc::new(Mutex::new(Some(download))), closed: Arc::default(), size, content_type }
    }
}

/// A call that returns a stream once the answer begins.
pub(crate) fn stream(
    client: polywrite::Client,
    operation: &'static Operation,
    given: &Bound<'_, PyDict>,
    call_options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Call> {
    let given = params::read(given, Some(operation))?;
    let call_options = options(call_options)?;
    Ok(Call::new(async move {
        let download = client.download(operation, given, call_options).await?;
        Ok(Outcome::Stream(Stream::new(download)))
    }))
}

/// A call that returns the whole body as bytes.
pub(crate) fn bytes(
    client: polywrite::Client,
    operation: &'static Operation,
    given: &Bound<'_, PyDict>,
    call_options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Call> {
    let given = params::read(given, Some(operation))?;
    let call_options = options(call_options)?;
    Ok(Call::new(async move {
        let download = client.download(operation, given, call_options).await?;
        Ok(Outcome::Pieces(download.pieces().await?))
    }))
}

/// A call that writes the body to a file and returns how many bytes that were. It reports its progress if `reports`.
pub(crate) fn save(
    client: polywrite::Client,
    operation: &'static Operation,
    given: &Bound<'_, PyDict>,
    path: PathBuf,
    call_options: Option<&Bound<'_, PyDict>>,
    reports: bool,
) -> PyResult<Call> {
    let given = params::read(given, Some(operation))?;
    let mut download_options = DownloadOptions::new().call(options(call_options)?);
    let (sender, events) = mpsc::unbounded_channel();
    if reports {
        download_options =
            download_options.on_progress(move |progress| drop(sender.send(Event::download(&progress))));
    }
    let task = async move {
        let downloaded = client.download_to(operation, given, path, download_options).await?;
        Ok(Outcome::Written(downloaded.size))
    };
    Ok(if reports { Call::reporting(task, events) } else { Call::new(task) })
}
