//! Walking through JSON text without building its values.

use super::brackets::behind_bracket;
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
            b'{' => behind_brackets(self.json, start),
            b'[' => behind_strings(self.json, start).unwrap_or_else(|| behind_brackets(self.json, start)),
            _ => {
                let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
                let length = self.json[start..].iter().position(ends);
                length.map_or(self.json.len(), |length| start + length)
            }
        };
        self.json.get(start..self.place).filter(|value| !value.is_empty())
    }

    /// Walks through the next value, an object, and calls `member` with each name, in its quotation marks, to move behind
    /// the value of that name. `None` when it does, or when there is none.
    pub(crate) fn members(
        &mut self,
        mut member: impl FnMut(&mut Self, &'json [u8]) -> Option<()>,
    ) -> Option<()> {
        self.take(b'{').then_some(())?;
        let mut goes_on = self.next() != Some(b'}');
        while goes_on {
            let name = self.value()?;
            self.take(b':').then_some(())?;
            member(self, name)?;
            goes_on = self.take(b',');
        }
        self.take(b'}').then_some(())
    }

    /// What follows.
    pub(crate) fn rest(&self) -> &'json [u8] {
        &self.json[self.place..]
    }

    fn next(&mut self) -> Option<u8> {
        let rest = &self.json[self.place..];
        let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.place += space;
        rest.get(space).copied()
    }
}

/// The index after the list at `start` if it has nothing but strings: those of events are long, and walking through them
/// takes twice as long as finding their ends.
fn behind_strings(json: &[u8], start: usize) -> Option<usize> {
    let mut place = start + 1;
    while json.get(place) == Some(&b'"') {
        place = behind_string(json, place) + 1;
        match json.get(place - 1)? {
            b',' => {}
            b']' => return Some(place),
            _ => return None,
        }
    }
    None
}

/// The index after the bracket that closes the one at `start`; the end of the text when none does.
fn behind_brackets(json: &[u8], start: usize) -> usize {
    let closes = behind_bracket(&json[start..], |depth| depth == 0);
    closes.map_or(json.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::Reader;

    #[test]
    fn values_are_found_whole() {
        let values = [
            "1",
            "-2.5e3",
            "null",
            r#""a,]\"}""#,
            "[]",
            r#"{"a":[1,"]"],"b":{"c":"}"}}"#,
            "[[ 1 , [] ]]",
            r#"["a","\"]"]"#,
            r#"["a" , "]"]"#,
            r#"["a",["]"]]"#,
        ];
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
    fn members_are_walked_through_at_any_depth() {
        let names = |json: &str| {
            let (mut names, mut reader) = (Vec::new(), Reader::new(json.as_bytes()));
            let is_object = reader.members(|reader, name| {
                names.push(String::from_utf8(name.to_vec()).unwrap());
                if name != br#""in""# {
                    return reader.value().map(drop);
                }
                let before = reader.rest();
                reader.members(|reader, name| {
                    names.push(String::from_utf8(name.to_vec()).unwrap());
                    reader.value().map(drop)
                })?;
                let inner = &before[..before.len() - reader.rest().len()];
                names.push(String::from_utf8(inner.to_vec()).unwrap());
                Some(())
            });
            is_object.map(|()| names.join(" "))
        };
        assert_eq!(names(r#"{"a":1,"in":{"b":[{}]},"c":"}"} "#).unwrap(), r#""a" "in" "b" {"b":[{}]} "c""#);
        assert_eq!(names(" { } ").unwrap(), "");
        for other in ["", "1", "[]", r#"{"a"}"#, r#"{"a":1"#, r#"{"in":1}"#, r#"{"a":1 "b":2}"#] {
            assert_eq!(names(other), None, "{other}");
        }
    }

    #[test]
    fn brackets_are_closed_wherever_they_lie() {
        for inner in ["", "1", r#""]""#, r#""\"]}""#, r#""\\""#, r#""\\\"]""#, "[]", r#"{"a":"é[","b":[{}]}"#]
        {
            for space in 0..130 {
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
    fn what_is_not_json_is_read_to_an_end() {
        for text in ["", " ", "]", "}", ",", "[", "{\"", "\"a", "[1", "é", "[\"\\"] {
            let mut reader = Reader::new(text.as_bytes());
            while reader.value().is_some() {}
        }
    }
}
