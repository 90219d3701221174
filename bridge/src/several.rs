//! Several files by one command.

use std::path::PathBuf;

use polywrite::{
    Client, DownloadOptions, FileDownload, FileUpload, Operation, Params, Response, Result, Transfers,
    UploadOptions,
};
use serde::Deserialize;
use serde_json::Value;

use crate::error::record;
use crate::file::{Content, File};
use crate::given::Given;
use crate::note::Note;
use crate::outcome::{Ended, Outcome};
use crate::transfer::whole;

/// Files to send or to fetch, as the record of a command has them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Files {
    files: Vec<OneFile>,
    concurrency: Option<Value>,
    reports: bool,
}

/// One of them: the parameters of its call, and where it is on this machine or will be.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OneFile {
    params: Value,
    path: PathBuf,
    name: Option<String>,
    mime_type: Option<String>,
}

impl OneFile {
    fn params(&self) -> Result<Params> {
        Params::from_json(&self.params.to_string())
    }
}

/// Sends files from disk. The list of what became of them comes back.
pub(crate) async fn uploads(
    given: Given,
    client: Client,
    files: Files,
    note: impl Fn(Note) + Send + Sync + 'static,
) -> Result<Ended> {
    let Given { operation, options, .. } = given;
    let transfers = files.transfers(note);
    let upload = |file: OneFile| {
        Ok(FileUpload {
            client: client.clone(),
            operation,
            params: file.params()?,
            file: File { content: Content::Path(file.path), name: file.name, mime_type: file.mime_type }
                .source(|| ()),
            options: UploadOptions::new().call(options.clone()),
        })
    };
    let sent = transfers.upload_each(files.files.into_iter().map(upload).collect::<Result<_>>()?).await?;
    Ok(listed(operation, sent, |response| Ok(response.json_text()?.to_owned())))
}

/// Fetches files to disk. The list of their sizes comes back, and of what went wrong.
pub(crate) async fn downloads(
    given: Given,
    client: Client,
    files: Files,
    note: impl Fn(Note) + Send + Sync + 'static,
) -> Result<Ended> {
    let Given { operation, options, .. } = given;
    let transfers = files.transfers(note);
    let download = |file: OneFile| {
        Ok(FileDownload {
            client: client.clone(),
            operation,
            params: file.params()?,
            path: file.path,
            options: DownloadOptions::new().call(options.clone()),
        })
    };
    let saved =
        transfers.download_each(files.files.into_iter().map(download).collect::<Result<_>>()?).await?;
    Ok(listed(operation, saved, |saved| Ok(saved.size.to_string())))
}

impl Files {
    fn transfers(&self, note: impl Fn(Note) + Send + Sync + 'static) -> Transfers {
        let mut transfers = Transfers::new();
        if let Some(concurrency) = &self.concurrency {
            transfers = transfers.concurrency(whole(concurrency));
        }
        if self.reports {
            transfers = transfers.on_progress(move |progress| note(Note::progress(&progress)));
        }
        transfers
    }
}

/// The results as JSON: `[{"value": …}, {"error": …}]`.
fn listed<T>(
    operation: &'static Operation,
    results: Vec<Result<T>>,
    value: impl Fn(T) -> Result<String>,
) -> Ended {
    let items = results.into_iter().map(|result| match result.and_then(&value) {
        Ok(value) => format!(r#"{{"value":{value}}}"#),
        Err(error) => format!(r#"{{"error":{}}}"#, record(&error.with_operation(operation.id))),
    });
    let list = format!("[{}]", items.collect::<Vec<_>>().join(","));
    (Outcome::Json(Response::of_json(operation, list)), None)
}
