//! Strings in JSON text.

/// The index after a string whose first quote is at `start`; the end of the text when the string is cut off.
pub(crate) fn behind_string(json: &[u8], start: usize) -> usize {
    let mut place = start + 1;
    while let Some(found) = memchr::memchr2(b'"', b'\\', json.get(place..).unwrap_or_default()) {
        place += found + 1;
        if json[place - 1] == b'"' {
            return place;
        }
        // An escaped character does not end the string.
        place += 1;
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_end_where_json_says() {
        for (text, end) in
            [(r#""""#, 2), (r#""a\"b" ""#, 6), (r#""\\" ""#, 4), (r#""a"#, 2), (r#""a\"#, 3), ("\"", 1)]
        {
            assert_eq!(behind_string(text.as_bytes(), 0), end, "{text}");
        }
    }
}
