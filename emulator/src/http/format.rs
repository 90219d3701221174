//! The response format a client asks for.

use polywrite_api::Method;
use serde_json::Value;

use crate::SERVER_VERSION;

/// What the header `X-Appwrite-Response-Format` asks for, compared with the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    /// The server's own.
    Current,
    /// Newer than the server: it warns.
    Newer(String),
    /// Older, or no version at all: fields that came later are left out.
    Older([u32; 3]),
}

/// Fields of users that older formats do not know, with the version they came in.
const LATER: &[(&str, [u32; 3])] = &[
    ("mfa", [1, 5, 0]),
    ("targets", [1, 5, 0]),
    ("impersonator", [1, 9, 0]),
    ("impersonatorUserId", [1, 9, 0]),
];

impl Format {
    /// Reads the header.
    pub(crate) fn read(header: Option<&str>) -> Self {
        let Some(text) = header else { return Self::Current };
        let version = parse(text);
        let server = parse(SERVER_VERSION);
        match version.cmp(&server) {
            std::cmp::Ordering::Less => Self::Older(version),
            std::cmp::Ordering::Equal => Self::Current,
            std::cmp::Ordering::Greater => Self::Newer(text.to_owned()),
        }
    }

    /// The warning that goes with every response, if any.
    pub(crate) fn warning(&self) -> Option<String> {
        match self {
            Self::Newer(version) => Some(format!(
                "The current SDK is built for Appwrite {version}. However, the current Appwrite server version is \
                 {SERVER_VERSION}. Please downgrade your SDK to match the Appwrite version: \
                 https://appwrite.io/docs/sdks"
            )),
            _ => None,
        }
    }

    /// Leaves out what the format does not know.
    pub(crate) fn apply(&self, method: &Method, body: &mut Value) {
        let Self::Older(version) = self else { return };
        if !matches!(method.service.as_str(), "users" | "account") {
            return;
        }
        let trim = |user: &mut Value| {
            let Some(fields) = user.as_object_mut().filter(|fields| fields.contains_key("registration"))
            else {
                return;
            };
            for (name, since) in LATER {
                if version < since {
                    fields.remove(*name);
                }
            }
        };
        trim(body);
        if let Some(users) = body.get_mut("users").and_then(Value::as_array_mut) {
            users.iter_mut().for_each(trim);
        }
    }
}

/// A version's three numbers; what is no number counts as 0.
fn parse(text: &str) -> [u32; 3] {
    let mut numbers = [0; 3];
    for (slot, part) in numbers.iter_mut().zip(text.split('.')) {
        *slot = part.parse().unwrap_or_default();
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_versions() {
        assert_eq!(Format::read(Some(SERVER_VERSION)), Format::Current);
        assert!(Format::read(Some("9.9.9")).warning().is_some());
        assert!(matches!(Format::read(Some("bad")), Format::Older(_)));
    }
}
