//! Text of any origin, made safe for one line of a log.

/// A text on one line: each line break is a space, and what would move a terminal's cursor, change its colours or turn
/// the direction of reading is `U+FFFD`.
pub fn one_line(text: String) -> String {
    if !text.chars().any(|letter| is_break(letter) || is_command(letter)) {
        return text;
    }
    let mut line = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            _ if is_break(letter) && line.ends_with(' ') => {}
            _ if is_break(letter) => line.push(' '),
            ' ' if line.ends_with(' ') => {}
            _ if is_command(letter) => line.push(char::REPLACEMENT_CHARACTER),
            _ => line.push(letter),
        }
    }
    line
}

/// Line breaks as any reader of logs may understand them, and tabs.
fn is_break(letter: char) -> bool {
    matches!(letter, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

// The directions are those of UAX #9, sections 2.1 to 2.5, but for the marks, which overrule nothing.
fn is_command(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn what_a_server_writes_stays_on_one_line_and_moves_no_cursor() {
        for (text, line) in [
            ("Zoë wrote 日本 and שלום\u{200f}!", "Zoë wrote 日本 and שלום\u{200f}!"),
            ("two  spaces stay", "two  spaces stay"),
            ("one\r\ntwo\n\n\tthree\r", "one two three"),
            ("one\u{2028}two\u{2029}three\u{85}four\u{b}five\u{c}six", "one two three four five six"),
            ("\u{1b}[31mred\u{9b}0m\u{0}\u{7f}", "\u{fffd}[31mred\u{fffd}0m\u{fffd}\u{fffd}"),
            ("a\u{202e}b\u{2066}c\u{2069}", "a\u{fffd}b\u{fffd}c\u{fffd}"),
        ] {
            assert_eq!(one_line(text.to_owned()), line);
        }
    }
}
