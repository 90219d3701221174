//! The part of GraphQL's language that calls need: fields, arguments, selections.

use serde_json::{Map, Value};

/// A field with what is asked of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// Where it stands in the query, from 1.
    pub(super) column: usize,
    /// Its arguments.
    pub(super) arguments: Map<String, Value>,
    /// The fields wanted of its value.
    pub(super) fields: Vec<Field>,
}

/// Where and why a query cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// What is wrong.
    pub(super) message: String,
    /// Where, from 1.
    pub(super) column: usize,
}

/// How deep selections may be nested: far more than any answer is, far less than the stack holds.
const DEPTH: usize = 100;

/// Reads a query or mutation, its name and variables left aside.
pub(super) fn parse(text: &str) -> Result<Vec<Field>, Problem> {
    let mut reader = Reader { text, position: 0, depth: 0 };
    reader.skip();
    while reader.peek().is_some_and(|character| character != '{') {
        reader.position += 1;
        while reader.peek().is_some() && !text.is_char_boundary(reader.position) {
            reader.position += 1;
        }
    }
    reader.selection()
}

struct Reader<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.position..).and_then(|rest| rest.chars().next())
    }

    fn skip(&mut self) {
        while let Some(character) =
            self.peek().filter(|character| character.is_whitespace() || *character == ',')
        {
            self.position += character.len_utf8();
        }
    }

    fn expected(&self, what: &str) -> Problem {
        let found = self.peek().map_or("<EOF>".to_owned(), |character| format!("\"{character}\""));
        Problem {
            message: format!("Syntax Error: Expected {what}, found {found}"),
            column: self.position + 1,
        }
    }

    fn take(&mut self, wanted: char) -> Result<(), Problem> {
        self.skip();
        if self.peek() != Some(wanted) {
            return Err(self.expected(&wanted.to_string()));
        }
        self.position += wanted.len_utf8();
        Ok(())
    }

    fn name(&mut self) -> Result<String, Problem> {
        self.skip();
        let start = self.position;
        while let Some(character) =
            self.peek().filter(|character| character.is_alphanumeric() || *character == '_')
        {
            self.position += character.len_utf8();
        }
        if start == self.position {
            Err(self.expected("Name"))
        } else {
            Ok(self.text[start..self.position].to_owned())
        }
    }

    fn selection(&mut self) -> Result<Vec<Field>, Problem> {
        self.take('{')?;
        self.depth += 1;
        if self.depth > DEPTH {
            let message = format!("Selections are nested more than {DEPTH} deep");
            return Err(Problem { message, column: self.position });
        }
        let mut fields = Vec::new();
        loop {
            self.skip();
            if self.peek() == Some('}') {
                self.position += 1;
                self.depth -= 1;
                return Ok(fields);
            }
            fields.push(self.field()?);
        }
    }

    fn field(&mut self) -> Result<Field, Problem> {
        self.skip();
        let column = self.position + 1;
        let mut field = Field { name: self.name()?, column, ..Field::default() };
        self.skip();
        if self.peek() == Some('(') {
            self.position += 1;
            loop {
                self.skip();
                if self.peek() == Some(')') {
                    self.position += 1;
                    break;
                }
                let name = self.name()?;
                self.take(':')?;
                field.arguments.insert(name, self.value()?);
            }
            self.skip();
        }
        if self.peek() == Some('{') {
            field.fields = self.selection()?;
        }
        Ok(field)
    }

    /// A value: texts and lists are written as in JSON; a bare word is a boolean, a null or an enum's member.
    fn value(&mut self) -> Result<Value, Problem> {
        self.skip();
        let rest = &self.text[self.position..];
        if self.peek().is_some_and(|first| "\"[{".contains(first)) {
            let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
            if let Some(Ok(value)) = stream.next() {
                self.position += stream.byte_offset();
                return Ok(value);
            }
            return Err(self.expected("value"));
        }
        let length = rest.find(|next: char| !next.is_alphanumeric() && !"_+-.".contains(next));
        let word = &rest[..length.unwrap_or(rest.len())];
        if word.is_empty() {
            return Err(self.expected("Name"));
        }
        self.position += word.len();
        Ok(word.parse().unwrap_or_else(|_| Value::String(word.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_calls() {
        let fields = parse("mutation { usersCreate(userId:\"a\", n: 1) { _id name } }").unwrap();
        assert_eq!(fields[0].name, "usersCreate");
        assert_eq!(Value::Object(fields[0].arguments.clone()), json!({"userId": "a", "n": 1}));
        assert_eq!(fields[0].fields.len(), 2);
    }

    #[test]
    fn says_where_it_stops() {
        let problem = parse("{ nope(").unwrap_err();
        assert_eq!(problem.message, "Syntax Error: Expected Name, found <EOF>");
        assert_eq!(problem.column, 8);
        assert!(parse(&"{a".repeat(100_000)).unwrap_err().message.contains("nested"));
        assert_eq!(parse("{ é }").unwrap()[0].name, "é");
    }
}
