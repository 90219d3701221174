//! Texts as the literals of languages whose escapes are not JSON's.

/// A text as Rust writes it.
pub(crate) fn rust(text: &str) -> String {
    format!("{text:?}")
}

/// A text as Swift writes it.
pub(crate) fn swift(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            other if other.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(other))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
