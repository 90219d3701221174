//! The values of fields in a text.

use super::name::{Name, quote_at};

/// Where a value stands, with its quotes or brackets.
pub(super) struct Value<'text> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What `[redacted]` goes between.
    pub(super) quote: &'text str,
}

/// The value that follows a field's name; `None` where there is none, and for `null`, `true`, `false` and what is empty.
pub(super) fn after<'text>(text: &'text str, name: &Name<'text>) -> Option<Value<'text>> {
    let rest = &text[name.end..];
    // As in `data[secret]=`.
    let rest = rest.trim_start_matches([']', '[']);
    let is_bare = name.quote.is_empty();
    if let Some(content) = rest.strip_prefix('>').filter(|_| name.is_element) {
        let length = content.find('<').unwrap_or(content.len());
        return value(text, content, length, "");
    }
    if let Some(rest) = rest.strip_prefix('=').filter(|_| is_bare) {
        return match quoted_length(rest) {
            Some(length) => value(text, rest, length, quote_at(rest, 0)),
            None => value(text, rest, bare_length(rest), ""),
        };
    }
    let rest = text[name.end..].trim_start();
    let separators = [":", "=>", "=&gt;", "="];
    let rest = separators.iter().find_map(|separator| rest.strip_prefix(separator))?.trim_start();
    match rest.as_bytes().first()? {
        _ if !quote_at(rest, 0).is_empty() => value(text, rest, quoted_length(rest)?, quote_at(rest, 0)),
        // What follows a bare word and a colon may be anything in a sentence.
        _ if is_bare => None,
        b'[' | b'{' => value(text, rest, bracketed_length(rest), name.quote),
        _ => value(text, rest, bare_length(rest), name.quote),
    }
}

/// What a text's rest begins with, unless that says nothing.
fn value<'text>(text: &str, rest: &str, length: usize, quote: &'text str) -> Option<Value<'text>> {
    let content = rest[..length].trim_start_matches(quote);
    let says_nothing =
        ["", "null", "true", "false", "[]", "{}"].iter().any(|nothing| nothing.starts_with(content));
    let start = text.len() - rest.len();
    (!says_nothing).then_some(Value { start, end: start + length, quote })
}

/// The length of a text in quotes; up to the end of all or of the text around it when it is cut off.
fn quoted_length(text: &str) -> Option<usize> {
    let quote = quote_at(text, 0);
    if quote.starts_with('&') {
        let end = text[quote.len()..].find(quote);
        return Some(end.map_or(text.len(), |end| end + 2 * quote.len()));
    }
    let (mark, own) = (*quote.as_bytes().last()?, quote.len() - 1);
    let mut backslashes = 0;
    for (place, &byte) in text.as_bytes().iter().enumerate().skip(quote.len()) {
        match byte {
            b'\\' => backslashes += 1,
            _ if byte == mark && backslashes < own => return Some(place - backslashes),
            // Each backslash of the text within is written as many times as a level doubles it.
            _ if byte == mark && backslashes % (2 * (own + 1)) == own => return Some(place + 1),
            _ => backslashes = 0,
        }
    }
    Some(text.len())
}

/// The length of a list or an object; all of the text when it is cut off.
fn bracketed_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b'"' | b'\'' | b'\\' | b'&' => {
                if let Some(length) = quoted_length(&text[at..]) {
                    at += length.max(1);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of a value without quotes.
fn bare_length(text: &str) -> usize {
    let ends = |letter: char| letter.is_whitespace() || "&;,<>()[]{}\"'`\\|".contains(letter);
    text.find(ends).unwrap_or(text.len())
}
