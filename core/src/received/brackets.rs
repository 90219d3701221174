//! A walk through the brackets of a JSON text, 64 bytes at a time.
//!
//! A page of rows has thousands of short strings, and finding the end of each by itself takes three times as long.

use super::block::{BLOCK, Marks, marks};

/// The index after the first bracket outside of strings that leaves the text at a depth for which `ends` is true.
pub(super) fn behind_bracket(json: &[u8], ends: impl Fn(usize) -> bool) -> Option<usize> {
    let mut walk = Walk::default();
    let (mut place, mut rest) = (0, json);
    while let Some((block, behind)) = rest.split_first_chunk() {
        if let Some(length) = walk.ends(block, &ends) {
            return Some(place + length);
        }
        (place, rest) = (place + BLOCK, behind);
    }
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    walk.ends(&last, &ends).map(|length| place + length)
}

/// Where a walk through brackets is.
#[derive(Default)]
struct Walk {
    depth: usize,
    in_string: bool,
    /// The byte before was a backslash that escapes the next one.
    escapes: bool,
}

impl Walk {
    /// Moves behind a block, or returns how much of it there is up to a bracket that ends the walk.
    fn ends(&mut self, block: &[u8; BLOCK], ends: impl Fn(usize) -> bool) -> Option<usize> {
        let Marks { quotes, backslashes, brackets } = marks(block);
        let quotes = quotes & !self.escaped(backslashes);
        let strings = inside(quotes) ^ if self.in_string { u64::MAX } else { 0 };
        self.in_string = strings >> (BLOCK - 1) == 1;
        let mut brackets = brackets & !strings;
        while brackets != 0 {
            let place = brackets.trailing_zeros() as usize;
            self.depth = match block[place] {
                b'{' | b'[' => self.depth + 1,
                _ => self.depth.saturating_sub(1),
            };
            if ends(self.depth) {
                return Some(place + 1);
            }
            brackets = without_lowest(brackets);
        }
        None
    }

    /// The characters that backslashes escape.
    fn escaped(&mut self, backslashes: u64) -> u64 {
        let mut escaped = u64::from(std::mem::take(&mut self.escapes));
        let mut left = backslashes & !escaped;
        while left != 0 {
            let behind = 2_u64 << left.trailing_zeros();
            self.escapes = behind == 0;
            escaped |= behind;
            left = without_lowest(left) & !behind;
        }
        escaped
    }
}

fn without_lowest(bits: u64) -> u64 {
    bits & (bits - 1)
}

/// The bits from each quote that begins a string to the one that ends it: whether the quotes up to a bit are odd in number.
fn inside(quotes: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].iter().fold(quotes, |odd, distance| odd ^ odd << distance)
}

#[cfg(test)]
mod tests {
    use super::behind_bracket;

    #[test]
    fn brackets_in_strings_do_not_count() {
        for (json, deepest) in [("", 0), ("]]", 0), (r#"["[[",{"]":[]}]"#, 3), (r#"["\"[",[]"#, 2)] {
            assert_eq!(behind_bracket(json.as_bytes(), |depth| depth > deepest), None, "{json}");
            let reached = behind_bracket(json.as_bytes(), |depth| depth == deepest);
            assert_eq!(reached.is_some(), !json.is_empty(), "{json}");
        }
    }
}
