//! The headers of a webhook's request.

/// What all of them begin with.
const PREFIX: &str = "x-appwrite-webhook-";

/// What they say; none for those that are missing or empty.
#[derive(Default)]
pub(super) struct Headers {
    pub(super) signature: Option<String>,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) events: Option<String>,
    pub(super) user_id: Option<String>,
    pub(super) project_id: Option<String>,
}

impl Headers {
    /// Picks them; of several of a name the first counts.
    pub(super) fn of<N: AsRef<[u8]>, V: AsRef<[u8]>>(all: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut found = Self::default();
        for (name, value) in all {
            let name = name.as_ref().to_ascii_lowercase();
            let place = match name.strip_prefix(PREFIX.as_bytes()) {
                Some(b"signature") => &mut found.signature,
                Some(b"id") => &mut found.id,
                Some(b"name") => &mut found.name,
                Some(b"events") => &mut found.events,
                Some(b"user-id") => &mut found.user_id,
                Some(b"project-id") => &mut found.project_id,
                _ => continue,
            };
            if place.is_none() && !value.as_ref().is_empty() {
                *place = Some(text(value.as_ref()));
            }
        }
        found
    }
}

/// Appwrite sends names in UTF-8, which many servers hand over as if it were Latin-1.
fn text(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let latin1: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(letter).ok()).collect();
    latin1.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn names_are_read_as_utf8_whatever_a_server_made_of_them() {
        for (given, read) in
            [("plain", "plain"), ("Bücher", "Bücher"), ("BÃ¼cher", "Bücher"), ("日本", "日本")]
        {
            assert_eq!(text(given.as_bytes()), read);
        }
    }
}
