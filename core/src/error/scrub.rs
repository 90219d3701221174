//! What an error keeps of an answer that could not be read: no new key, session or token.

use crate::operations::SECRET_FIELDS;

/// A JSON text, whole or not, in which fields that let somebody in have no value.
pub(super) fn scrubbed(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let (before, string) = rest.split_at(start);
        let (string, after) = string.split_at(string_length(string));
        clean.push_str(before);
        clean.push_str(string);
        rest = after;
        let value = after.trim_start().strip_prefix(':').map(str::trim_start);
        let Some(value) = value.filter(|_| SECRET_FIELDS.contains(&string.trim_matches('"'))) else {
            continue;
        };
        let length = value_length(value);
        if length > "\"\"".len() {
            clean.push_str(&after[..after.len() - value.len()]);
            clean.push_str("\"[redacted]\"");
            rest = &value[length..];
        }
    }
    clean + rest
}

/// A reason of serde's without the text that it quotes: `invalid type: string "…", expected a sequence`.
pub(super) fn without_value(reason: &str) -> String {
    match reason.split_once(" string \"") {
        Some((before, _)) => {
            let value = &reason[before.len() + " string ".len()..];
            format!("{before} string{}", &value[string_length(value)..])
        }
        None => reason.to_owned(),
    }
}

/// The length of the string that a text begins with, its quotes included; all of the text when it is cut off.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().enumerate().skip(1).find(|(_, byte)| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(place, _)| place + 1)
}

/// The length of a value that can hold a secret; nothing for a number or a word.
fn value_length(text: &str) -> usize {
    let until = |end: char| text.find(end).map_or(text.len(), |place| place + 1);
    match text.as_bytes().first() {
        Some(b'"') => string_length(text),
        Some(b'[') => until(']'),
        Some(b'{') => until('}'),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::scrubbed;

    #[test]
    fn secrets_go_wherever_they_stand_and_however_they_end() {
        for (text, clean) in [
            (r#"{"jwt":"eyJ0eXAi.abc"}"#, r#"{"jwt":"[redacted]"}"#),
            (r#"{"jwt" : "eyJ0e"#, r#"{"jwt" : "[redacted]""#),
            (
                r#"{"$id":"k","secret":"a\"b\\","name":"n"}"#,
                r#"{"$id":"k","secret":"[redacted]","name":"n"}"#,
            ),
            (r#"[{"secret":"a"},{"secret":"b"}]"#, r#"[{"secret":"[redacted]"},{"secret":"[redacted]"}]"#),
            (r#"{"recoveryCodes":["a","b"],"x":1}"#, r#"{"recoveryCodes":"[redacted]","x":1}"#),
            (r#"{"credentials":{"apiKey":"a"},"x":1}"#, r#"{"credentials":"[redacted]","x":1}"#),
        ] {
            assert_eq!(scrubbed(text), clean);
        }
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "",
            "<html lang=\"de\">secret</html>",
            r#"{"secret":"","jwt":null,"otp":7}"#,
            r#"{"a":"secret"}"#,
            "\"",
            "{\"se",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }
}
