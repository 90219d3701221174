//! Parsing URLs as people and servers write them.

use http::uri::{Authority, Scheme};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What must be encoded in a path or query. `%` need not: what is encoded already stays as it is.
const ODD: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A scheme, a host with its port, and the rest as it was written.
pub(super) struct Address<'text> {
    pub(super) scheme: Scheme,
    /// In lower case, without the scheme's default port.
    pub(super) authority: Authority,
    /// Empty, or begins with `/` or `?`; without a fragment.
    pub(super) rest: &'text str,
}

impl<'text> Address<'text> {
    /// Parses a URL that begins with `http://` or `https://`; `None` when it is not valid.
    pub(super) fn parse(text: &'text str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let scheme = match scheme {
            _ if scheme.eq_ignore_ascii_case("https") => Scheme::HTTPS,
            _ if scheme.eq_ignore_ascii_case("http") => Scheme::HTTP,
            _ => return None,
        };
        Self::of(scheme, rest)
    }

    /// The same for what follows the slashes, as in `example.com/path`.
    pub(super) fn of(scheme: Scheme, text: &'text str) -> Option<Self> {
        let text = without_fragment(text);
        let (authority, rest) = text.split_at(text.find(['/', '?', '\\']).unwrap_or(text.len()));
        let authority: Authority = authority.to_ascii_lowercase().parse().ok()?;
        let (user, place) = match authority.as_str().rfind('@') {
            Some(at) => authority.as_str().split_at(at + 1),
            None => ("", authority.as_str()),
        };
        let host = authority.host();
        // The crate `http` does not check what follows the host.
        let port = match place.strip_prefix(host)? {
            "" => None,
            after => match after.strip_prefix(':')? {
                "" => None,
                port => Some(port.parse::<u16>().ok()?),
            },
        };
        if host.is_empty() {
            return None;
        }
        let default = if scheme == Scheme::HTTPS { 443 } else { 80 };
        let normal = match port {
            Some(port) if port != default => format!("{user}{host}:{port}"),
            _ => format!("{user}{host}"),
        };
        Some(Self { scheme, authority: normal.parse().ok()?, rest })
    }
}

/// A reference without its fragment, which only browsers use.
pub(super) fn without_fragment(reference: &str) -> &str {
    reference.split_once('#').map_or(reference, |(before, _)| before)
}

/// A path and query for a request: one slash at the beginning, `.` and `..` resolved, other characters encoded.
pub(super) fn normal_path(text: &str) -> String {
    let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
    let mut segments = Vec::new();
    let mut parts = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part.to_ascii_lowercase().replace("%2e", ".").as_str() {
            "." if is_last => segments.push(""),
            "." => {}
            ".." => {
                segments.pop();
                if is_last {
                    segments.push("");
                }
            }
            _ => segments.push(part),
        }
    }
    let mut normal = String::with_capacity(text.len() + 1);
    for segment in segments {
        normal.push('/');
        normal.extend(utf8_percent_encode(segment, ODD));
    }
    if normal.is_empty() {
        normal.push('/');
    }
    if let Some(query) = query {
        normal.push('?');
        normal.extend(utf8_percent_encode(query, ODD));
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_and_encoded() {
        for (text, normal) in [
            ("", "/"),
            ("/", "/"),
            ("/a/./b/../c", "/a/c"),
            ("/a/%2E%2e/c", "/c"),
            ("/../..", "/"),
            ("/a/..", "/"),
            ("/a/b/.", "/a/b/"),
            ("/a//b/", "/a//b/"),
            ("/zo\u{eb} x\\y?q=\"\u{e9}\"&..", "/zo%C3%AB%20x%5Cy?q=%22%C3%A9%22&.."),
            ("/a%20b?c%26", "/a%20b?c%26"),
        ] {
            assert_eq!(normal_path(text), normal, "{text}");
        }
    }

    #[test]
    fn urls_are_parsed() {
        for (text, scheme, authority, rest) in [
            ("http://A.test", "http", "a.test", ""),
            ("HTTPS://a.test:443?x", "https", "a.test", "?x"),
            ("http://a.test:443/b#c", "http", "a.test:443", "/b"),
            ("http://a.test:/b", "http", "a.test", "/b"),
            ("http://[::1]:80/x", "http", "[::1]", "/x"),
            ("http://u:p@a.test:81\\x", "http", "u:p@a.test:81", "\\x"),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(
                (address.scheme.as_str(), address.authority.as_str(), address.rest),
                (scheme, authority, rest)
            );
        }
        for text in
            ["http://", "http://:80", "http://a b", "http://a:b", "http://a:65536", "http:/a", "ftp://a", "a"]
        {
            assert!(Address::parse(text).is_none(), "{text}");
        }
    }
}
