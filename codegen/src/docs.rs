//! Sentences as comments.

/// Breaks a text into lines of at most `width` letters; line breaks that it has are kept, and an item of a list
/// (`- …`) is indented below its first line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.trim().lines() {
        let indent = if paragraph.starts_with("- ") { "  " } else { "" };
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::replace(&mut line, indent.to_owned()));
            }
            if !line.trim().is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// A text as comment lines, each with `sign` before it, none longer than `width`; no line break at the end.
pub fn comment(text: &str, sign: &str, width: usize) -> String {
    let room = width.saturating_sub(sign.chars().count() + 1);
    let lines: Vec<String> = wrap(text, room)
        .into_iter()
        .map(|line| if line.is_empty() { sign.to_owned() } else { format!("{sign} {line}") })
        .collect();
    lines.join("\n")
}

/// A number with a mark between thousands, as people read it.
pub fn grouped(number: u64, mark: &str) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(mark)
}

#[cfg(test)]
mod tests {
    use super::{comment, grouped, wrap};

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            [1, 256, 1_000, 268_435_456].map(|number| grouped(number, ",")),
            ["1", "256", "1,000", "268,435,456"]
        );
    }

    #[test]
    fn long_texts_wrap_at_words() {
        assert_eq!(wrap("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("a\n\nb", 9), ["a", "", "b"]);
        assert_eq!(wrap("incomprehensible", 5), ["incomprehensible"]);
        assert_eq!(wrap("- one two", 6), ["- one", "  two"]);
    }

    #[test]
    fn comments_carry_their_sign() {
        assert_eq!(comment("one two\n\nthree", "///", 11), "/// one two\n///\n/// three");
    }
}
