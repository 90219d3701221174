//! Content types, from the first bytes.

/// The content type of a file that starts with these bytes.
pub(super) fn of(first: &[u8]) -> &'static str {
    match first.len() {
        0 => "application/x-empty",
        1 => "application/octet-stream",
        _ if is_text(first) => of_text(first),
        _ => infer::get(first).map_or("application/octet-stream", |kind| kind.mime_type()),
    }
}

/// Signatures of two letters, such as a bitmap's `BM`, say nothing about a text.
fn of_text(first: &[u8]) -> &'static str {
    let is_telling = |kind: &infer::Type| {
        kind.matcher_type() == infer::MatcherType::Text || kind.mime_type() == "application/pdf"
    };
    match infer::get(first).filter(is_telling) {
        Some(kind) => kind.mime_type(),
        None if first.trim_ascii_start().starts_with(b"<svg") => "image/svg+xml",
        None if is_json(first) => "application/json",
        None => "text/plain",
    }
}

fn is_text(bytes: &[u8]) -> bool {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // A character cut off by the end of the sample is no fault.
        Err(problem) => problem.error_len().is_none(),
    };
    valid && !bytes.iter().any(|byte| *byte < 9 || (14..32).contains(byte) && *byte != 27)
}

fn is_json(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| b"{[".contains(byte))
        && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn kinds() {
        assert_eq!(of(b""), "application/x-empty");
        assert_eq!(of(b"hello"), "text/plain");
        assert_eq!(of(b"{\"a\":1}"), "application/json");
        assert_eq!(of(b"\x89PNG\r\n\x1a\n..."), "image/png");
        assert_eq!(of(&[0, 159, 146]), "application/octet-stream");
        assert_eq!(of(b"BM wrote this"), "text/plain");
        assert_eq!(of(b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(of(b"<!DOCTYPE html><html></html>"), "text/html");
        assert_eq!(of(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "image/svg+xml");
        assert_eq!(of(b"RIFF\x24\0\0\0WEBPVP8 "), "image/webp");
        assert_eq!(of(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2"), "video/mp4");
    }
}
