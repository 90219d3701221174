//! Requests for a file, or for a part of it.

use http::header::{ACCEPT_ENCODING, HeaderValue, IF_RANGE, RANGE};

use super::version::Part;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Operation;
use crate::options::{ByteRange, CallOptions};
use crate::params::Params;
use crate::response::ResponseInfo;
use crate::settings::header_value;
use crate::transport::{Request, UnreadResponse};

/// What to do where a file has nothing of the part that is wanted.
const BEHIND: &str = "begin `range` before the end of the file";

/// The request of a download, which is sent as often as it takes to have all that is wanted.
#[derive(Clone)]
pub(super) struct Asking {
    pub(super) client: Client,
    pub(super) request: Request,
    pub(super) params: Params,
    pub(super) options: CallOptions,
}

impl Asking {
    /// Checks the arguments of a download.
    ///
    /// # Errors
    /// `Argument` when they do not fit the operation.
    pub(super) fn new(
        client: &Client,
        operation: &'static Operation,
        params: Params,
        options: CallOptions,
    ) -> Result<Self> {
        let mut request = client.prepare(operation, &params, &options)?;
        if options.range.is_some() && request.headers.contains_key(RANGE) {
            let twice = Error::argument("the option `range` and a header of that name exclude each other");
            return Err(twice.with_operation(operation.id));
        }
        // Ranges and sizes count the bytes on the wire, so those must be the file's own.
        request.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        Ok(Self { client: client.clone(), request, params, options })
    }

    /// Whether the caller wants a part of the file, and reads the response as it comes.
    pub(super) fn is_the_callers(&self) -> bool {
        self.request.headers.contains_key(RANGE)
    }

    /// Asks for what the caller wants.
    pub(super) async fn begin(&self) -> Result<(UnreadResponse, ResponseInfo)> {
        let mut sent = self.part(self.options.range, None).await;
        let is_refused = sent.as_ref().is_err_and(|error| error.status() == Some(416));
        match self.options.range {
            // Appwrite refuses a part that goes beyond the end of the file, of which other servers send what there is, and any
            // part of a file with less than two bytes: all from the first byte on is wanted.
            Some(ByteRange { first, end }) if is_refused && (end.is_some() || first == 0) => {
                sent = self.part((first > 0).then(|| (first..).into()), None).await;
            }
            _ => {}
        }
        sent.map_err(|error| match (error.status(), self.options.range) {
            (Some(416), Some(_)) => error.with_hint(BEHIND),
            _ => error,
        })
    }

    /// Asks for a part of the file, if it still has this tag; for all of it without.
    pub(super) async fn part(
        &self,
        part: Option<ByteRange>,
        tag: Option<&HeaderValue>,
    ) -> Result<(UnreadResponse, ResponseInfo)> {
        let Some(part) = part else { return self.client.send(&self.request, &self.options).await };
        let mut request = self.request.clone();
        request.headers.insert(RANGE, header_value("range", &part.header())?);
        if let Some(tag) = tag {
            request.headers.insert(IF_RANGE, tag.clone());
        }
        self.client.send(&request, &self.options).await
    }
}

/// Where in the file a response begins and ends that was asked for a part.
///
/// # Errors
/// `Argument` when the file has nothing of the part, `Decode` when the response has another one.
pub(super) fn place_of(response: &UnreadResponse, wanted: ByteRange) -> Result<(u64, Option<u64>)> {
    let part = Part::of(response).filter(|part| part.start <= wanted.first).ok_or_else(|| {
        Error::new(ErrorKind::Decode, "the response has another part of the file than was asked for")
    })?;
    match part.size.filter(|size| *size <= wanted.first && *size > 0) {
        Some(size) => Err(Error::argument(format!("the file has {size} bytes")).with_hint(BEHIND)),
        None => Ok((part.start, part.end)),
    }
}
