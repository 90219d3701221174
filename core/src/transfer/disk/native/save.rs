//! A download into a file.

use std::path::PathBuf;
use std::sync::Arc;

use http::header::CONTENT_TYPE;

use super::parallel::fill;
use super::partial::Partial;
use super::tally::Tally;
use super::task::blocking;
use super::writer::Writer;
use crate::client::Client;
use crate::error::Result;
use crate::operation::Operation;
use crate::params::Params;
use crate::transfer::save::{DownloadOptions, Downloaded};

/// Makes a call and writes the body of its response to a file.
///
/// # Errors
/// As [`Client::download_to`].
pub(in crate::transfer) async fn save(
    client: &Client,
    operation: &'static Operation,
    params: Params,
    path: PathBuf,
    options: DownloadOptions,
) -> Result<Downloaded> {
    let DownloadOptions { call, parallel, progress, sync } = options;
    let (files, partial) = blocking(move || Partial::create(path, parallel)).await??;
    let (body, mut info) = client.open(operation, params, call, parallel > 1).await?;
    let tally = Tally::new(body.size(), progress);
    let file = Arc::clone(&files[0]);
    let writers = files.into_iter().map(|file| Writer::new(file, &partial)).collect();
    fill(body, writers, &tally).await?;
    blocking(move || partial.finish(file, sync)).await??;
    info.duration = info.began.elapsed();
    let content_type = info.header(CONTENT_TYPE.as_str()).map(str::to_owned);
    Ok(Downloaded { size: tally.arrived(), content_type, info })
}
