//! Characters in escapes.

/// An unpaired surrogate in an escape, as `\ud83d` without its other half. Some decoders refuse it, some replace it, some
/// keep what is not text.
pub(crate) fn half(json: &[u8]) -> Option<u16> {
    let mut place = 0;
    while let Some(found) = memchr::memchr(b'\\', json.get(place..)?) {
        place += found;
        place += match unit(&json[place..]) {
            Some(first @ 0xD800..0xDC00) => match unit(&json[place + 6..]) {
                Some(0xDC00..0xE000) => 12,
                _ => return Some(first),
            },
            Some(second @ 0xDC00..0xE000) => return Some(second),
            Some(_) => 6,
            // The escaped character may be a backslash itself.
            None => 2,
        };
    }
    None
}

/// The number in an escape such as `\u00e9`, if the text begins with one.
fn unit(json: &[u8]) -> Option<u16> {
    let digits = json.strip_prefix(br"\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)? as u16))
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn half_of_a_pair_is_found_wherever_it_stands() {
        for text in [
            r"\ud83d",
            r"\udE00",
            r"\ud83d\u0041",
            r"\ud83dx\ude00",
            r"\\\ud83d",
            r"\ude00\ud83d",
            r"a\uD83D\",
        ] {
            assert!(half(text.as_bytes()).is_some(), "{text}");
        }
        for text in
            ["", r"\", r"\u", r"\u00e9", r"\ud83d\ude00", r"\\ud83d", r"\n\\\\ud83d", r"\uzzzz", r"\ud8"]
        {
            assert!(half(text.as_bytes()).is_none(), "{text}");
        }
    }
}
