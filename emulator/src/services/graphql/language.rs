//! The part of GraphQL's language that calls need: fields, arguments, selections.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// A field with what is asked of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// What the response calls it, if not by its name.
    pub(super) alias: Option<String>,
    /// Where it stands in the query, from 1.
    pub(super) column: usize,
    /// Its arguments.
    pub(super) arguments: Map<String, Value>,
    /// The fields wanted of its value.
    pub(super) fields: Vec<Field>,
}

impl Field {
    /// What the response calls it.
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

/// The most fields that a query may ask for, as the server's documentation says.
const FIELDS: usize = 250;

/// How much the values of variables may take in a query, each as often as it stands there: as much as a body.
const VALUES: usize = 12 * 1024 * 1024;

/// How deep selections and values may be nested: far more than any answer is, far less than the stack holds.
const DEPTH: usize = 100;

/// Reads a query or mutation with the values of its variables.
pub(super) fn parse(text: &str, variables: &Map<String, Value>) -> Result<Vec<Field>, Problem> {
    let mut reader =
        Reader { text, position: 0, depth: 0, fields: 0, room: VALUES, variables: HashMap::new() };
    reader.head(variables)?;
    reader.selection()
}

/// A query that is being read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) position: usize,
    pub(super) depth: usize,
    fields: usize,
    /// How much more the values of variables may take.
    room: usize,
    /// The variables that the query declares, and how much each takes; none for one that was not given.
    variables: HashMap<String, (Option<Value>, usize)>,
}

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<char> {
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
        let size = value.as_ref().map_or(0, |value| value.to_string().len());
        self.variables.insert(name, (value, size));
        Ok(())
    }

    /// A variable where a value is wanted; none for one that was not given.
    pub(super) fn variable(&mut self) -> Result<Option<Value>, Problem> {
        let column = self.position + 1;
        self.take('$')?;
        let name = self.name()?;
        let Some((value, size)) = self.variables.get(&name) else {
            return Err(Problem { message: format!("Variable \"${name}\" is not defined."), column });
        };
        let message = format!("The values of variables take more than {VALUES} bytes");
        self.room = self.room.checked_sub(*size).ok_or(Problem { message, column })?;
        Ok(value.clone())
    }

    pub(super) fn skip(&mut self) {
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

    pub(super) fn expected(&self, what: &str) -> Problem {
        let found = self.peek().map_or("<EOF>".to_owned(), |character| format!("\"{character}\""));
        Problem {
            message: format!("Syntax Error: Expected {what}, found {found}"),
            column: self.position + 1,
        }
    }

    pub(super) fn take(&mut self, wanted: char) -> Result<(), Problem> {
        self.skip();
        if self.peek() != Some(wanted) {
            return Err(self.expected(&wanted.to_string()));
        }
        self.position += wanted.len_utf8();
        Ok(())
    }

    pub(super) fn name(&mut self) -> Result<String, Problem> {
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

    pub(super) fn deeper(&mut self) -> Result<(), Problem> {
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
        self.fields += 1;
        if self.fields > FIELDS {
            let message = format!("Max query complexity should be {FIELDS} but got {}.", self.fields);
            return Err(Problem { message, column });
        }
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
        let large = Map::from_iter([("a".to_owned(), json!("x".repeat(1_000_000)))]);
        let uses = |count| format!("query($a: String) {{ b(c: [{}]) }}", "$a ".repeat(count));
        assert!(parse(&uses(12), &large).is_ok());
        assert!(parse(&uses(13), &large).unwrap_err().message.contains("more than"));
        assert!(read(&format!("{{ {} }}", "a ".repeat(250))).is_ok());
        assert_eq!(
            problem(&format!("{{ {} }}", "a ".repeat(1_000_000))),
            "Max query complexity should be 250 but got 251."
        );
        assert_eq!(read("{ a(b: \"\"\"one\ntwo\"\"\") }").unwrap()[0].arguments["b"], "one\ntwo");
    }
}
