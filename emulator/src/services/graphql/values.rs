//! Values in GraphQL: texts, lists, objects, words, and variables that stand for one of them.

use serde_json::{Map, Value};

use super::language::{Problem, Reader};

impl Reader<'_> {
    /// A value; none for a variable that was not given. A bare word is a boolean, a null or an enum's member.
    pub(super) fn value(&mut self) -> Result<Option<Value>, Problem> {
        self.skip();
        match self.peek() {
            Some('$') => self.variable(),
            Some('"') => self.string().map(Some),
            Some('[') => {
                let mut items = Vec::new();
                self.inside('[', ']', &mut |reader| {
                    items.extend(reader.value()?);
                    Ok(())
                })?;
                Ok(Some(Value::Array(items)))
            }
            Some('{') => {
                let mut fields = Map::new();
                self.inside('{', '}', &mut |reader| {
                    reader.skip();
                    let name = if reader.peek() == Some('"') {
                        reader.string()?.as_str().unwrap_or_default().to_owned()
                    } else {
                        reader.name()?
                    };
                    reader.take(':')?;
                    fields.extend(reader.value()?.map(|value| (name, value)));
                    Ok(())
                })?;
                Ok(Some(Value::Object(fields)))
            }
            _ => self.word().map(Some),
        }
    }

    /// Reads one thing after the other until a bracket closes.
    fn inside(
        &mut self,
        open: char,
        close: char,
        read: &mut dyn FnMut(&mut Self) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.take(open)?;
        self.deeper()?;
        loop {
            self.skip();
            if self.peek() == Some(close) {
                self.depth -= 1;
                return self.take(close);
            }
            read(self)?;
        }
    }

    /// A text, written as in JSON, or over many lines between `"""`.
    fn string(&mut self) -> Result<Value, Problem> {
        let rest = &self.text[self.position..];
        if let Some(block) = rest.strip_prefix("\"\"\"") {
            let end = block.find("\"\"\"").ok_or_else(|| self.expected("\\\"\\\"\\\""))?;
            self.position += end + 6;
            return Ok(Value::from(block[..end].trim_matches('\n')));
        }
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match stream.next() {
            Some(Ok(value)) => {
                self.position += stream.byte_offset();
                Ok(value)
            }
            _ => Err(self.expected("value")),
        }
    }

    fn word(&mut self) -> Result<Value, Problem> {
        let rest = &self.text[self.position..];
        let length = rest.find(|next: char| !next.is_alphanumeric() && !"_+-.".contains(next));
        let word = &rest[..length.unwrap_or(rest.len())];
        if word.is_empty() {
            return Err(self.expected("Name"));
        }
        self.position += word.len();
        Ok(word.parse().unwrap_or_else(|_| Value::String(word.to_owned())))
    }
}
