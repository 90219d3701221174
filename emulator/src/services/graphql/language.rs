//! The part of GraphQL's language that calls need: fields, arguments, selections.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// A field with what is asked of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// What the answer calls it, if not by its name.
    pub(super) alias: Option<String>,
    /// Where it stands in the query, from 1.
    pub(super) column: usize,
    /// Its arguments.
    pub(super) arguments: Map<String, Value>,
    /// The fields wanted of its value.
    pub(super) fields: Vec<Field>,
}

impl Field {
    /// What the answer calls it.
    pub(super) fn key(&self) -> &str {
        self.alias.as_ref().unwrap_or(&self.name)
    }
}

/// Where and why a query cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// What is wrong.
    pub(super) message: String,
    /// Where, from 1.
    pub(super) column: usize,
}

/// How deep selections and values may be nested: far more than any answer is, far less than the stack holds.
const DEPTH: usize = 100;

/// Reads a query or mutation with the values of its variables.
pub(super) fn parse(text: &str, variables: &Map<String, Value>) -> Result<Vec<Field>, Problem> {
    let mut reader = Reader { text, position: 0, depth: 0, variables: HashMap::new() };
    reader.head(variables)?;
    reader.selection()
}

struct Reader<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
    /// The variables that the query declares; none for one that was not given.
    variables: HashMap<String, Option<Value>>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.position..).and_then(|rest| rest.chars().next())
    }

    /// Reads what stands before the selection: `query Name($id: String! = "a")`.
    fn head(&mut self, given: &Map<String, Value>) -> Result<(), Problem> {
        self.skip();
        while self.peek().is_some_and(|character| !"{(".contains(character)) {
            self.name()?;
            self.skip();
        }
        if self.peek() != Some('(') {
            return Ok(());
        }
        self.take('(')?;
        loop {
            self.skip();
            if self.peek() == Some(')') {
                return self.take(')');
            }
            self.declaration(given)?;
        }
    }

    /// `$id: [String!]! = ["a"]`
    fn declaration(&mut self, given: &Map<String, Value>) -> Result<(), Problem> {
        let column = self.position + 1;
        self.take('$')?;
        let name = self.name()?;
        self.take(':')?;
        self.skip();
        let rest = &self.text[self.position..];
        let length = rest.find(|next: char| !next.is_alphanumeric() && !"_[]!".contains(next));
        let kind = rest[..length.unwrap_or(rest.len())].to_owned();
        self.position += kind.len();
        self.skip();
        let default = if self.peek() == Some('=') {
            self.take('=')?;
            self.value()?
        } else {
            None
        };
        let value = given.get(&name).cloned().or(default);
        if kind.ends_with('!') && value.is_none() {
            let message = format!("Variable \"${name}\" of required type \"{kind}\" was not provided.");
            return Err(Problem { message, column });
        }
        self.variables.insert(name, value);
        Ok(())
    }

    fn skip(&mut self) {
        while let Some(character) = self.peek() {
            if character == '#' {
                let rest = &self.text[self.position..];
                self.position += rest.find('\n').unwrap_or(rest.len());
            } else if character.is_whitespace() || character == ',' {
                self.position += character.len_utf8();
            } else {
                break;
            }
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

    fn deeper(&mut self) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth <= DEPTH {
            return Ok(());
        }
        let message = format!("The query is nested more than {DEPTH} deep");
        Err(Problem { message, column: self.position })
    }

    fn selection(&mut self) -> Result<Vec<Field>, Problem> {
        self.take('{')?;
        self.deeper()?;
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
        if self.peek() == Some(':') {
            self.take(':')?;
            field.alias = Some(std::mem::replace(&mut field.name, self.name()?));
            self.skip();
        }
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
                if let Some(value) = self.value()? {
                    field.arguments.insert(name, value);
                }
            }
            self.skip();
        }
        if self.peek() == Some('{') {
            field.fields = self.selection()?;
        }
        Ok(field)
    }

    /// A value; none for a variable that was not given. A bare word is a boolean, a null or an enum's member.
    fn value(&mut self) -> Result<Option<Value>, Problem> {
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

    fn variable(&mut self) -> Result<Option<Value>, Problem> {
        let column = self.position + 1;
        self.take('$')?;
        let name = self.name()?;
        let message = format!("Variable \"${name}\" is not defined.");
        self.variables.get(&name).cloned().ok_or(Problem { message, column })
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Result<Vec<Field>, Problem> {
        parse(text, &Map::new())
    }

    #[test]
    fn reads_calls() {
        let fields = read("mutation { usersCreate(userId:\"a\", n: 1) { _id name } }").unwrap();
        assert_eq!(fields[0].name, "usersCreate");
        assert_eq!(Value::Object(fields[0].arguments.clone()), json!({"userId": "a", "n": 1}));
        assert_eq!(fields[0].fields.len(), 2);
    }

    #[test]
    fn says_where_it_stops() {
        let problem = read("{ nope(").unwrap_err();
        assert_eq!(problem.message, "Syntax Error: Expected Name, found <EOF>");
        assert_eq!(problem.column, 8);
        assert!(read(&"{a".repeat(100_000)).unwrap_err().message.contains("nested"));
        assert_eq!(read("{ é }").unwrap()[0].name, "é");
    }

    #[test]
    fn variables_stand_for_their_values() {
        let given = Map::from_iter([("id".to_owned(), json!("a")), ("n".to_owned(), json!(null))]);
        let text = "query Q($id: String!, $n: Int = 5, $m: [Int!] = [1, 2], $o: Int) # why\n\
                    { who: usersGet(userId: $id, n: $n, m: $m, o: $o, list: [$id], data: {deep: {x: $id}, \"y\": 1}) { _id } }";
        let fields = parse(text, &given).unwrap();
        assert_eq!((fields[0].key(), fields[0].name.as_str()), ("who", "usersGet"));
        assert_eq!(
            Value::Object(fields[0].arguments.clone()),
            json!({"userId": "a", "n": null, "m": [1, 2], "list": ["a"], "data": {"deep": {"x": "a"}, "y": 1}})
        );
        let problem = |text: &str| parse(text, &given).unwrap_err().message;
        assert_eq!(
            problem("query($a: String!) { x }"),
            "Variable \"$a\" of required type \"String!\" was not provided."
        );
        assert_eq!(problem("{ usersGet(userId: $id) { _id } }"), "Variable \"$id\" is not defined.");
        assert!(problem(&format!("{{ a(b: {}", "[".repeat(100_000))).contains("nested"));
        assert_eq!(read("{ a(b: \"\"\"one\ntwo\"\"\") }").unwrap()[0].arguments["b"], "one\ntwo");
    }
}
