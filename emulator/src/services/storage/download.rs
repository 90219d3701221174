//! Downloads, views and previews.

use serde_json::Value;

use super::{disk, files};
use crate::{
    auth::jwt,
    call::Call,
    failure::Failure,
    response::{Body, Handled, Response},
    services::avatars::picture,
};

/// Of an open range, or of one with more bytes than Appwrite reads at once, a response has so many.
const OUTPUT: u64 = 10 * 1024 * 1024;
const READ_BUFFER: u64 = 20_000_000;

pub(super) fn download(call: &Call) -> Handled {
    let file = readable(call)?;
    let disposition = format!("attachment; filename=\"{}\"", quoted(&file));
    Ok(content(call, &file)?.with("content-disposition", disposition))
}

pub(super) fn view(call: &Call) -> Handled {
    let file = readable(call)?;
    let disposition = format!("inline; filename=\"{}\"", quoted(&file));
    Ok(content(call, &file)?
        .with("content-security-policy", "script-src none;")
        .with("x-content-type-options", "nosniff")
        .with("content-disposition", disposition))
}

/// A picture of the size asked for; what it shows is not what the file shows.
pub(super) fn preview(call: &Call) -> Handled {
    let file = readable(call)?;
    require_complete(call, &file)?;
    let side = |name: &str| u32::try_from(call.integer(name).unwrap_or(0)).unwrap_or(0);
    let (width, height) = (side("width"), side("height"));
    let (width, height) = match (width, height) {
        (0, 0) => (64, 48),
        (width, 0) => (width, width),
        (0, height) => (height, height),
        sides => sides,
    };
    Ok(Response::bytes("image/png", picture(width, height)).with("cache-control", "private, max-age=2592000"))
}

fn quoted(file: &Value) -> String {
    file["name"].as_str().unwrap_or_default().replace(['"', '\r', '\n'], "")
}

/// The file, if the caller may read it, or carries a token for it.
fn readable(call: &Call) -> Result<Value, Failure> {
    if let Some(token) = call.text("token") {
        let claims = jwt::verify(&call.state.secret, token).unwrap_or_default();
        let wanted = format!("{}:{}", call.text_or_empty("bucketId"), call.text_or_empty("fileId"));
        let known = call
            .state
            .store
            .get(&call.collection("fileTokens"), claims["tokenId"].as_str().unwrap_or_default())?;
        if claims["resourceId"] == wanted && known.is_some() {
            let found = call.state.store.get(&files::collection(call), call.text_or_empty("fileId"))?;
            return found.ok_or_else(files::not_found);
        }
    }
    files::find(call, "read")
}

/// An unfinished upload has no content yet (404).
fn require_complete(call: &Call, file: &Value) -> Result<(), Failure> {
    if file["signature"] != "" {
        return Ok(());
    }
    let (bucket, id) = (call.text_or_empty("bucketId"), call.text_or_empty("fileId"));
    let extension = file["name"].as_str().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
    let message =
        format!("File not found in /storage/uploads/app-{}/{bucket}/{id}.{extension}", call.project);
    Err(Failure::new(404, "storage_file_not_found", message))
}

/// The content, or the range of it that the request asks for.
fn content(call: &Call, file: &Value) -> Result<Response, Failure> {
    require_complete(call, file)?;
    let kind = file["mimeType"].as_str().unwrap_or("application/octet-stream");
    serve(call, call.text_or_empty("bucketId"), call.text_or_empty("fileId"), kind)
}

/// What lies on disk, or the range of it that the request asks for (416 when there is no such range).
pub(in crate::services) fn serve(
    call: &Call,
    bucket: &str,
    id: &str,
    kind: &str,
) -> Result<Response, Failure> {
    let length = disk::length(call, bucket, id)?;
    let path = disk::path(call, bucket, id)?;
    let body = |start, length| Body::File { kind: kind.to_owned(), path: path.clone(), start, length };
    let response = match call.header("range") {
        None => Response { status: 200, headers: Vec::new(), body: body(0, length) },
        Some(header) => {
            let (start, end) = range(header, length).ok_or_else(|| {
                Failure::new(
                    416,
                    "storage_invalid_range",
                    "The requested range is not satisfiable. Please check the value of the Range header.",
                )
            })?;
            Response { status: 206, headers: Vec::new(), body: body(start, end - start + 1) }
                .with("accept-ranges", "bytes")
                .with("content-range", format!("bytes {start}-{end}/{length}"))
        }
    };
    Ok(response.with("cache-control", "private, max-age=3888000"))
}

/// Reads `bytes=0-4` and `bytes=6-` as first and last byte; none for what Appwrite refuses: a part of one byte, one that
/// goes beyond the end of the file, one that is counted from there, and several.
fn range(header: &str, length: u64) -> Option<(u64, u64)> {
    let (start, end) = header.strip_prefix("bytes=")?.split_once('-')?;
    let start: u64 = start.trim().parse().ok()?;
    let end = match end.trim() {
        "" => None,
        end => Some(end.parse::<u64>().ok()?),
    };
    let last = match end {
        Some(end) if end.saturating_sub(start) <= READ_BUFFER => end,
        _ => (start + OUTPUT - 1).min(length.checked_sub(1)?),
    };
    (start < last && last < length).then_some((start, last))
}

#[cfg(test)]
mod tests {
    use super::{OUTPUT, range};

    #[test]
    fn ranges() {
        assert_eq!(range("bytes=0-4", 16), Some((0, 4)));
        assert_eq!(range("bytes=6-", 16), Some((6, 15)));
        for refused in [
            "bytes=-5",
            "bytes=16-20",
            "bytes=5-16",
            "bytes=5-1",
            "bytes=5-5",
            "bytes=1-2,4-5",
            "bytes=15-",
            "0-4",
        ] {
            assert_eq!(range(refused, 16), None, "{refused}");
        }
    }

    #[test]
    fn no_response_has_more_than_appwrite_reads_at_once() {
        const SIZE: u64 = 50_000_000;
        assert_eq!(range("bytes=5-", SIZE), Some((5, OUTPUT + 4)));
        assert_eq!(range("bytes=5-20000005", SIZE), Some((5, 20_000_005)));
        assert_eq!(range("bytes=5-20000006", SIZE), Some((5, OUTPUT + 4)));
    }
}
