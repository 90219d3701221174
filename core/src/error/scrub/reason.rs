//! The reasons that decoders give.

/// A decoder's reason without the values that it quotes, as in `invalid type: string "…", expected a sequence`. Names of
/// fields and of what was expected stay.
pub(in super::super) fn without_values(reason: &str) -> String {
    let mut clean = String::with_capacity(reason.len());
    let mut rest = reason;
    while let Some(start) = rest.find(['"', '`']) {
        let (before, quoted) = rest.split_at(start);
        let length = length(quoted);
        let quotes_value = quoted.starts_with('"')
            || ["integer ", "point ", "number ", "character ", "variant ", "value "]
                .iter()
                .any(|word| before.ends_with(word));
        clean.push_str(if quotes_value { before.trim_end() } else { &rest[..start + length] });
        rest = &quoted[length..];
    }
    clean + rest
}

/// The length of what stands in quotes, with them; all when they are not closed.
fn length(quoted: &str) -> usize {
    let mark = quoted.as_bytes()[0];
    let mut escaped = false;
    let end = quoted.bytes().enumerate().skip(1).find(|(_, byte)| {
        let ends = *byte == mark && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(quoted.len(), |(place, _)| place + 1)
}

#[cfg(test)]
mod tests {
    use super::without_values;

    #[test]
    fn reasons_quote_no_value() {
        for (reason, clean) in [
            (
                r#"invalid type: string "to\"p", expected a sequence at line 1 column 2"#,
                "invalid type: string, expected a sequence at line 1 column 2",
            ),
            ("invalid type: integer `123456`, expected a string", "invalid type: integer, expected a string"),
            (
                "invalid value: floating point `1.5`, expected i64",
                "invalid value: floating point, expected i64",
            ),
            ("unknown variant `top`, expected one of `a`, `b`", "unknown variant, expected one of `a`, `b`"),
            ("missing field `secret` at line 1 column 2", "missing field `secret` at line 1 column 2"),
            (r#"no date: "top"#, "no date:"),
        ] {
            assert_eq!(without_values(reason), clean);
        }
    }
}
