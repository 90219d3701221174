//! Walking through JSON text without building its values.

use super::strings::behind_string;

/// A place in a JSON text. It reads what is JSON correctly, and anything else without failing.
pub(crate) struct Reader<'json> {
    json: &'json [u8],
    place: usize,
}

impl<'json> Reader<'json> {
    /// The beginning of a text.
    pub(crate) fn new(json: &'json [u8]) -> Self {
        Self { json, place: 0 }
    }

    /// Moves behind this byte if it is the next one; white space does not count.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.next() == Some(byte);
        self.place += usize::from(is_next);
        is_next
    }

    /// Moves behind the next value and returns its text; `None` when none is there.
    pub(crate) fn value(&mut self) -> Option<&'json [u8]> {
        let first = self.next()?;
        let start = self.place;
        self.place = match first {
            b'"' => behind_string(self.json, start),
            b'{' | b'[' => behind_brackets(self.json, start),
            _ => {
                let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
                let length = self.json[start..].iter().position(ends);
                length.map_or(self.json.len(), |length| start + length)
            }
        };
        self.json.get(start..self.place).filter(|value| !value.is_empty())
    }

    fn next(&mut self) -> Option<u8> {
        let rest = &self.json[self.place..];
        let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.place += space;
        rest.get(space).copied()
    }
}

/// The index after the bracket that closes the one at `start`; the end of the text when none does.
///
/// Eight bytes are compared in one number: a page of rows has thousands of short strings, and finding the end of each by
/// itself takes twice as long.
fn behind_brackets(json: &[u8], start: usize) -> usize {
    let mut walk = Walk { depth: 0, in_string: false, escaped: usize::MAX };
    let mut place = start;
    let (words, rest) = json[start..].as_chunks();
    for word in words {
        let mut marks = marks(u64::from_le_bytes(*word));
        while marks != 0 {
            let found = place + marks.trailing_zeros() as usize / 8;
            if walk.closes(found, json[found]) {
                return found + 1;
            }
            // Without the lowest bit that is set.
            marks &= marks - 1;
        }
        place += word.len();
    }
    let end = rest.iter().zip(place..).find(|(byte, place)| walk.closes(*place, **byte));
    end.map_or(json.len(), |(_, place)| place + 1)
}

/// Where a walk through brackets is.
struct Walk {
    depth: usize,
    in_string: bool,
    /// The index of a character behind a backslash.
    escaped: usize,
}

impl Walk {
    /// Moves behind a byte. Whether it closes the outermost bracket.
    #[inline]
    fn closes(&mut self, place: usize, byte: u8) -> bool {
        match (self.in_string, byte) {
            (true, b'"') => self.in_string = place == self.escaped,
            (true, b'\\') if place != self.escaped => self.escaped = place + 1,
            (true, _) => {}
            (false, b'"') => self.in_string = true,
            (false, b'{' | b'[') => self.depth += 1,
            (false, b'}' | b']') => self.depth -= 1,
            (false, _) => {}
        }
        self.depth == 0
    }
}

/// The highest bit of each of eight bytes that may matter: quotes, backslashes and brackets.
fn marks(bytes: u64) -> u64 {
    // Brackets of both kinds differ in this bit only.
    let folded = bytes | (0x20 * ONES);
    equal(bytes, b'"') | equal(bytes, b'\\') | equal(folded, b'{') | equal(folded, b'}')
}

const ONES: u64 = u64::from_le_bytes([1; 8]);

/// The highest bit of each byte that equals `byte`.
fn equal(bytes: u64, byte: u8) -> u64 {
    const LOW: u64 = 0x7f * ONES;
    let differences = bytes ^ (u64::from(byte) * ONES);
    !(((differences & LOW) + LOW) | differences | LOW)
}

#[cfg(test)]
mod tests {
    use super::Reader;

    #[test]
    fn values_are_found_whole() {
        let values =
            ["1", "-2.5e3", "null", r#""a,]\"}""#, "[]", r#"{"a":[1,"]"],"b":{"c":"}"}}"#, "[[ 1 , [] ]]"];
        for space in ["", " ", "\n\t\r "] {
            let list = format!("{space}[{space}{}{space}]", values.join(&format!("{space},{space}")));
            let mut reader = Reader::new(list.as_bytes());
            assert!(reader.take(b'['));
            for (place, value) in values.iter().enumerate() {
                assert!(place == 0 || reader.take(b','), "{list}");
                assert_eq!(reader.value(), Some(value.as_bytes()), "{list}");
            }
            assert!(reader.take(b']') && !reader.take(b']'), "{list}");
            assert_eq!(reader.value(), None);
        }
    }

    #[test]
    fn brackets_are_closed_wherever_they_lie() {
        for inner in ["", "1", r#""]""#, r#""\"]}""#, r#""\\""#, r#""\\\"]""#, "[]", r#"{"a":"é[","b":[{}]}"#]
        {
            for space in 0..20 {
                let value = format!("[{}{inner}]", " ".repeat(space));
                for rest in ["", "]", ",[\"]}", "]]]]]]]]]]]]]]]]"] {
                    let text = format!("{value}{rest}");
                    assert_eq!(super::behind_brackets(text.as_bytes(), 0), value.len(), "{text}");
                }
                let open = &value[..value.len() - 1];
                assert_eq!(super::behind_brackets(open.as_bytes(), 0), open.len(), "{open}");
            }
        }
    }

    #[test]
    fn each_byte_is_found_and_no_other() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut bytes = [b'a'; 8];
                bytes[place] = byte;
                let is_mark = matches!(byte, b'"' | b'\\' | b'{' | b'}' | b'[' | b']');
                let wanted = if is_mark { 0x80 << (8 * place) } else { 0 };
                assert_eq!(super::marks(u64::from_le_bytes(bytes)), wanted, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn what_is_not_json_is_read_to_an_end() {
        for text in ["", " ", "]", "}", ",", "[", "{\"", "\"a", "[1", "é", "[\"\\"] {
            let mut reader = Reader::new(text.as_bytes());
            while reader.value().is_some() {}
        }
    }
}
