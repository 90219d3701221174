//! The names of fields in a text.

use crate::operations::SECRET_FIELDS;

/// Of a password's hash, beside the names in `api/`: the algorithm, or in older servers the hash itself.
const HASH: &str = "hash";
/// A session's cookie; its project follows.
const COOKIE: &str = "asession";

/// Longer names are not secret fields.
const LONGEST: usize = 40;
/// As deep may JSON be written in texts of JSON: each level doubles the backslashes before a quote, and adds one.
const MOST_BACKSLASHES: usize = 7;

/// Quotes as HTML writes them.
const ENTITIES: [&str; 6] = ["&quot;", "&#34;", "&#x22;", "&#39;", "&#x27;", "&apos;"];

/// A word that may name a field.
pub(super) struct Name<'text> {
    /// What stands before and after it; empty for a bare word.
    pub(super) quote: &'text str,
    /// Without escapes, in lower case, without `_` and `-`.
    word: String,
    /// Where the text goes on behind it and its quote.
    pub(super) end: usize,
    /// It follows a `<`.
    pub(super) is_element: bool,
}

impl<'text> Name<'text> {
    /// The next word, and moves on behind what it has seen.
    pub(super) fn next(text: &'text str, at: &mut usize) -> Option<Self> {
        let bytes = text.as_bytes();
        while *at < bytes.len() {
            let start = *at;
            let quote = quote_at(text, start);
            if !quote.is_empty() {
                *at += quote.len();
                let (word, end) = word_at(bytes, *at);
                if !word.is_empty() && text.as_bytes()[end..].starts_with(quote.as_bytes()) {
                    *at = end;
                    return Some(Self { quote, word, end: end + quote.len(), is_element: false });
                }
            } else if is_word(bytes[start]) {
                let (word, end) = word_at(bytes, start);
                *at = end.max(start + 1);
                let is_element = start > 0 && bytes[start - 1] == b'<';
                return Some(Self { quote, word, end, is_element });
            } else {
                // A backslash that begins no quote goes with all that follow it.
                let others =
                    bytes[start + 1..].iter().take_while(|byte| bytes[start] == b'\\' && **byte == b'\\');
                *at += 1 + others.count();
            }
        }
        None
    }

    /// Whether it names a secret field.
    pub(super) fn is_secret(&self, further: &[&str]) -> bool {
        let is_word = |field: &&str| {
            if field.len() < self.word.len() {
                return false;
            }
            let letters = field.bytes().filter(|letter| *letter != b'_');
            letters.map(|letter| letter.to_ascii_lowercase()).eq(self.word.bytes())
        };
        self.word == HASH || self.word.starts_with(COOKIE) || SECRET_FIELDS.iter().chain(further).any(is_word)
    }
}

/// The quote that a text has somewhere, with the backslashes before it; empty for anything else.
pub(super) fn quote_at(text: &str, start: usize) -> &str {
    let bytes = &text.as_bytes()[start..];
    let backslashes = bytes.iter().take(MOST_BACKSLASHES + 1).take_while(|byte| **byte == b'\\').count();
    match bytes.get(backslashes) {
        Some(b'"' | b'\'') if backslashes <= MOST_BACKSLASHES => &text[start..=start + backslashes],
        Some(b'&') if backslashes == 0 => {
            let entity = ENTITIES.into_iter().find(|entity| bytes.starts_with(entity.as_bytes()));
            entity.map_or("", |entity| &text[start..start + entity.len()])
        }
        _ => "",
    }
}

/// A word, its escapes read, and where it ends.
fn word_at(bytes: &[u8], start: usize) -> (String, usize) {
    let mut word = String::new();
    let mut end = start;
    while let Some(&byte) = bytes.get(end) {
        if is_word(byte) {
            end += 1;
            word.push(char::from(byte.to_ascii_lowercase()));
        } else if let Some((letter, length)) = escaped(&bytes[end..]) {
            end += length;
            word.push(letter.to_ascii_lowercase());
        } else {
            break;
        }
        if word.len() == LONGEST {
            // It is none of ours, wherever it ends.
            end += bytes[end..].iter().take_while(|byte| is_word(**byte)).count();
            break;
        }
    }
    word.retain(|letter| !matches!(letter, '_' | '-'));
    (word, end)
}

/// A letter as in `\u0063`, and how long that is.
fn escaped(bytes: &[u8]) -> Option<(char, usize)> {
    let backslashes = bytes.iter().take(MOST_BACKSLASHES + 1).take_while(|byte| **byte == b'\\').count();
    let digits = bytes.get(backslashes + 1..backslashes + 5).filter(|_| bytes[backslashes] == b'u')?;
    let code = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    let letter = u8::try_from(code).ok().filter(|letter| is_word(*letter))?;
    (backslashes > 0).then_some((char::from(letter), backslashes + 5))
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
