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
            b'{' | b'[' => self.behind_brackets(),
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

    fn behind_brackets(&self) -> usize {
        let json = self.json;
        let (mut depth, mut place) = (0_usize, self.place);
        while let Some(byte) = json.get(place) {
            match byte {
                b'"' => {
                    place = behind_string(json, place);
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return place + 1;
                    }
                }
                _ => {}
            }
            place += 1;
        }
        json.len()
    }
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
    fn what_is_not_json_is_read_to_an_end() {
        for text in ["", " ", "]", "}", ",", "[", "{\"", "\"a", "[1", "é", "[\"\\"] {
            let mut reader = Reader::new(text.as_bytes());
            while reader.value().is_some() {}
        }
    }
}
