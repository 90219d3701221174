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
    let path = disk::path(call, bucket, id);
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

/// Reads `bytes=0-4`, `bytes=6-` and `bytes=-5` as first and last byte; none when it cannot be met.
fn range(header: &str, length: u64) -> Option<(u64, u64)> {
    let (start, end) = header.strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let (start, end) = match (start.trim(), end.trim()) {
        ("", end) => (length.saturating_sub(end.parse().ok()?), last),
        (start, "") => (start.parse().ok()?, last),
        (start, end) => (start.parse().ok()?, end.parse::<u64>().ok()?.min(last)),
    };
    (start <= end).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges() {
        assert_eq!(range("bytes=0-4", 16), Some((0, 4)));
        assert_eq!(range("bytes=6-", 16), Some((6, 15)));
        assert_eq!(range("bytes=-5", 16), Some((11, 15)));
        assert_eq!(range("bytes=16-20", 16), None);
        assert_eq!(range("bytes=5-1", 16), None);
        assert_eq!(range("0-4", 16), None);
    }
}
