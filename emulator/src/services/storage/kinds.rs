//! Content types, told from the first bytes.

/// The content type of a file that starts with these bytes.
pub(super) fn of(first: &[u8]) -> &'static str {
    let signatures: [(&[u8], &str); 7] = [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"%PDF-", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x1f\x8b", "application/gzip"),
        (b"<svg", "image/svg+xml"),
    ];
    if let Some((_, kind)) = signatures.iter().find(|(signature, _)| first.starts_with(signature)) {
        return kind;
    }
    match first.len() {
        0 => "application/x-empty",
        1 => "application/octet-stream",
        _ if !is_text(first) => "application/octet-stream",
        _ if is_json(first) => "application/json",
        _ => "text/plain",
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
    }
}
