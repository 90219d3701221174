//! One request and its response, either of which may be a file.

use std::path::PathBuf;

use polywrite::{Client, DownloadOptions, FileSource, Result, Returns, UploadOptions, UploadSession};
use serde_json::Value;

use crate::given::Given;
use crate::note::Note;
use crate::outcome::{Ended, Outcome, Reading};
use crate::stream::Stream;

/// Makes a call and reads the whole response.
pub(crate) async fn call(given: Given, client: Client) -> Result<Ended> {
    let Given { operation, params, options } = given;
    if operation.returns == Returns::Bytes {
        let mut download = client.download(operation, params, options).await?;
        return Ok((Outcome::Bytes(download.pieces().await?), Some(download.into_info())));
    }
    Outcome::of(client.execute(operation, params, options).await?)
}

/// Makes a call and leaves the body of the response to be read piece by piece.
pub(crate) async fn stream(given: Given, client: Client) -> Result<Ended> {
    let download = client.download(given.operation, given.params, given.options).await?;
    let info = Some(download.response().clone());
    Ok((Outcome::Stream(Stream::new(download)), info))
}

/// A whole number; the core refuses what is none as it refuses 0.
pub(crate) fn whole(value: &Value) -> usize {
    value.as_u64().and_then(|number| number.try_into().ok()).unwrap_or_default()
}

/// Makes a call and writes the body of the response to a file.
pub(crate) async fn save(
    given: Given,
    client: Client,
    path: PathBuf,
    parallel: Option<Value>,
    report: Option<impl Fn(Note) + Send + Sync + 'static>,
) -> Result<Ended> {
    let mut options = DownloadOptions::new().call(given.options);
    if let Some(parallel) = parallel {
        options = options.parallel(whole(&parallel));
    }
    if let Some(report) = report {
        options = options.on_progress(move |progress| report(Note::progress(&progress)));
    }
    let downloaded = client.download_to(given.operation, given.params, path, options).await?;
    Ok((Outcome::Written(downloaded.size), Some(downloaded.response().clone())))
}

/// Makes a call that sends a file; to a method and path that no operation was named for, if there are any.
pub(crate) async fn upload(
    given: Given,
    client: Client,
    file: FileSource,
    to: Option<(String, String)>,
    session: Option<UploadSession>,
    report: Option<impl Fn(Note) + Send + Sync + 'static>,
) -> Result<Ended> {
    let Given { operation, params, options } = given;
    let mut options = UploadOptions::new().call(options);
    if let Some(session) = &session {
        options = options.session(session);
    }
    if let Some(report) = report {
        options = options.on_progress(move |progress| report(Note::progress(&progress)));
    }
    Outcome::of(match to {
        Some((method, path)) => client.upload_to(&method, &path, params, file, options).await?,
        None => client.upload(operation, params, file, options).await?,
    })
}

/// Sends a request that no operation describes, to a path below the endpoint or a whole URL of the endpoint's server. Its
/// headers are among the options.
pub(crate) async fn request(
    given: Given,
    client: Client,
    method: String,
    path: String,
    reading: Reading,
) -> Result<Ended> {
    let (headers, params) = (given.options.headers, given.params);
    let response = match reading {
        Reading::Location => client.redirect(&method, &path, &headers, params).await?,
        Reading::AsSent | Reading::Text => client.request(&method, &path, &headers, params).await?,
    };
    Outcome::read_as(reading, response)
}
