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

/// The index after the bracket that closes the one at `start`; the end of the text when none does.
///
/// A page of rows has thousands of short strings, and finding the end of each by itself takes three times as long.
fn behind_brackets(json: &[u8], start: usize) -> usize {
    let mut walk = Walk::default();
    let mut place = start;
    let (blocks, rest) = json[start..].as_chunks();
    for block in blocks {
        if let Some(length) = walk.closes(block) {
            return place + length;
        }
        place += block.len();
    }
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    walk.closes(&last).map_or(json.len(), |length| place + length)
}

/// How many bytes are compared together: a bit of a number says what each of them is.
const BLOCK: usize = 64;

/// Where a walk through brackets is.
#[derive(Default)]
struct Walk {
    depth: usize,
    in_string: bool,
    /// The byte before was a backslash that escapes the next one.
    escapes: bool,
}

impl Walk {
    /// Moves behind a block, or returns how much of it ends with the outermost bracket.
    fn closes(&mut self, block: &[u8; BLOCK]) -> Option<usize> {
        let quotes = bits(block, |byte| byte == b'"') & !self.escaped(bits(block, |byte| byte == b'\\'));
        let strings = inside(quotes) ^ if self.in_string { u64::MAX } else { 0 };
        self.in_string = strings >> (BLOCK - 1) == 1;
        // Brackets of both kinds differ in this bit only.
        let is_bracket = |byte| (byte | 0x20 == b'{') | (byte | 0x20 == b'}');
        let mut brackets = bits(block, is_bracket) & !strings;
        while brackets != 0 {
            let place = brackets.trailing_zeros() as usize;
            match block[place] {
                b'{' | b'[' => self.depth += 1,
                _ => self.depth -= 1,
            }
            if self.depth == 0 {
                return Some(place + 1);
            }
            brackets = without_lowest(brackets);
        }
        None
    }

    /// The characters that backslashes escape.
    fn escaped(&mut self, backslashes: u64) -> u64 {
        let mut escaped = u64::from(std::mem::take(&mut self.escapes));
        let mut left = backslashes & !escaped;
        while left != 0 {
            let behind = 2_u64 << left.trailing_zeros();
            self.escapes = behind == 0;
            escaped |= behind;
            left = without_lowest(left) & !behind;
        }
        escaped
    }
}

fn without_lowest(bits: u64) -> u64 {
    bits & (bits - 1)
}

/// A bit for each byte that a condition holds for, the lowest for the first.
fn bits(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let flags = block.map(|byte| u8::from(is(byte)));
    let (words, _) = flags.as_chunks();
    // The product has the lowest bits of its eight bytes in the highest one.
    let of_word = |word: &[u8; 8]| u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    words.iter().rev().fold(0, |bits, word| bits << 8 | of_word(word))
}

/// The bits from each quote that begins a string to the one that ends it: whether the quotes up to a bit are odd in number.
fn inside(quotes: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].iter().fold(quotes, |odd, distance| odd ^ odd << distance)
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
            for space in 0..2 * super::BLOCK {
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
    fn each_byte_has_a_bit_of_its_own() {
        for place in 0..super::BLOCK {
            let mut block = [b'a'; super::BLOCK];
            block[place] = b'"';
            assert_eq!(super::bits(&block, |byte| byte == b'"'), 1 << place);
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
