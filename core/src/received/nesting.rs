//! How deep a JSON text is nested.

use super::brackets::behind_bracket;
use super::word::{curly, equal};

/// How many bytes are counted together.
const BLOCK: usize = 1024;

/// Whether lists and objects are nested deeper than `limit`.
///
/// Only brackets outside of strings count, and finding those costs a tenth of all decoding. So all brackets are counted
/// first, which costs a hundredth and is enough for all that Appwrite sends.
pub(crate) fn is_deeper(json: &[u8], limit: usize) -> bool {
    may_be_deeper(json, limit) && behind_bracket(json, |depth| depth > limit).is_some()
}

/// False when `limit` cannot be exceeded: all opening brackets count, and of the closing ones those that surely stand
/// outside of strings.
fn may_be_deeper(json: &[u8], limit: usize) -> bool {
    if opened(json) <= limit {
        return false;
    }
    let (mut depth, mut start) = (0, 0);
    while start < json.len() {
        let end = json.len().min(start + BLOCK);
        // Closing brackets that follow each other are handled together.
        let end = end + json[end..].iter().take_while(|byte| is_closing(**byte)).count();
        depth += opened(&json[start..end]);
        if depth > limit {
            return true;
        }
        depth = depth.saturating_sub(surely_closed(json, start, end));
        start = end;
    }
    false
}

/// How many brackets open something, eight bytes at once.
fn opened(json: &[u8]) -> usize {
    let rest = json.chunks_exact(8).remainder();
    let whole = &json[..json.len() - rest.len()];
    // A byte of the sum holds what so many words have at the most.
    let of_words = whole.chunks(8 * 255).map(|words| {
        let words = words.chunks_exact(8).filter_map(|word| word.try_into().ok());
        let sum = words.fold(0, |sum, word| sum + equal(curly(u64::from_le_bytes(word)), b'{'));
        sum.to_le_bytes().iter().map(|count| usize::from(*count)).sum::<usize>()
    });
    of_words.sum::<usize>() + rest.iter().filter(|byte| is_opening(**byte)).count()
}

/// How many brackets from `start` to `end` surely close something: those before a comma that a key or a string follows.
/// Inside of a string a quote would have a backslash before it.
fn surely_closed(json: &[u8], start: usize, end: usize) -> usize {
    let mut count = 0;
    let mut run = 0..0;
    for place in memchr::memchr2_iter(b']', b'}', &json[start..end]).map(|found| start + found) {
        run = if run.end == place { run.start..place + 1 } else { place..place + 1 };
        if begins_element(&json[place + 1..]) {
            // And with it the brackets right before it: nothing that ends a string stands between them.
            count += run.len();
            run = place + 1..place + 1;
        }
    }
    count
}

/// Whether a comma is next, and then a quote that begins a string: one that ends it would be followed by punctuation.
fn begins_element(json: &[u8]) -> bool {
    let rest = json.strip_prefix(b",").map(|rest| rest.strip_prefix(b"{").unwrap_or(rest));
    match rest {
        Some([b'"', next, ..]) => *next > b' ' && !matches!(next, b',' | b':' | b'"') && !is_closing(*next),
        _ => false,
    }
}

fn is_opening(byte: u8) -> bool {
    byte | 0x20 == b'{'
}

fn is_closing(byte: u8) -> bool {
    byte | 0x20 == b'}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> String {
        "[".repeat(levels) + &"]".repeat(levels)
    }

    /// A list of rows as Appwrite writes them, with `extra` as the value of a field.
    fn rows(count: usize, extra: &str) -> String {
        let row = format!(r#"{{"$id":"r","tags":["a","b"],"text":"x ]}}","extra":{extra},"last":[1]}}"#);
        format!(r#"{{"total":{count},"rows":[{}]}}"#, vec![row; count].join(","))
    }

    #[test]
    fn every_bracket_is_counted_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for length in [1, 7, 8, 9, 2047] {
                let expected = if is_opening(byte) { length } else { 0 };
                assert_eq!(opened(&vec![byte; length]), expected, "{length} of {byte}");
            }
            for place in 0..8 {
                let mut json = [b'"'; 8];
                json[place] = byte;
                assert_eq!(opened(&json), usize::from(is_opening(byte)), "{byte} at {place}");
            }
        }
    }

    #[test]
    fn levels_are_counted_outside_of_strings_only() {
        for (text, deepest) in [
            ("1".to_owned(), 0),
            ("[[],[[]]]".to_owned(), 3),
            (format!(r#"{{"a":"{}"}}"#, "[".repeat(2000)), 1),
            (format!(r#"["\"{}",[]]"#, "[".repeat(2000)), 2),
            (nested(1024), 1024),
            (rows(2000, "{}"), 4),
            (rows(3, &nested(500)), 503),
        ] {
            assert!(!is_deeper(text.as_bytes(), deepest), "{deepest}");
            assert!(deepest == 0 || is_deeper(text.as_bytes(), deepest - 1), "{deepest}");
        }
    }

    #[test]
    fn closing_brackets_in_strings_hide_nothing() {
        // Each level is open, and a string beside it looks as if it were closed again.
        for lie in ["]", "}", "],", "},{", r#"],\"a"#, r#"},{\"a\":"#, "]]]]", r#"x],"#, r#"},{"#] {
            let text = format!(r#"["{lie}","a","#).repeat(600);
            assert!(is_deeper(text.as_bytes(), 599), "{lie}");
            assert!(!is_deeper(text.as_bytes(), 600), "{lie}");
        }
    }

    #[test]
    fn lists_of_rows_are_not_looked_at_twice() {
        assert!(!may_be_deeper(rows(20_000, r#"{"a":{"b":[]}}"#).as_bytes(), 100));
        assert!(!may_be_deeper(rows(20_000, r#""]}""#).as_bytes(), 100));
    }

    #[test]
    fn what_is_cut_off_is_counted_too() {
        assert!(is_deeper(br#"[[["a"#, 2));
        assert!(!is_deeper(br#"]]]["a"#, 1));
    }
}
