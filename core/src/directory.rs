//! Which operations there are: those of the table, and those that an SDK of another definition describes at run time, each by
//! a name of its own: `acme#users.get`.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::operation::{
    Availability, Content, DatedBy, Kind, List, Method, Operation, Paging, Param, Place, Returns, Source,
    Upload,
};
use crate::operations::OPERATIONS;

/// They stay as long as the process: what is read is kept for good.
static DESCRIBED: RwLock<Option<HashMap<String, &'static Operation>>> = RwLock::new(None);

/// What stands between an SDK's name and an operation's ID. No ID of the table has it.
const MARK: char = '#';

/// The operation with this id, such as `tablesDB.listRows`, or with the name that an SDK has described it by.
pub fn operation(id: &str) -> Option<&'static Operation> {
    let found = OPERATIONS.binary_search_by(|operation| operation.id.cmp(id)).ok();
    found.map(|index| OPERATIONS[index]).or_else(|| described(id))
}

/// Every operation of the API, sorted by id.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().copied()
}

/// Describes an operation that the table does not have by its row, which is JSON; `name` begins with the name of the SDK
/// and `#`. What has been described stays as it is.
///
/// # Errors
/// `Argument` for a name without `#`, and for a row that does not say what an operation is.
pub fn describe(name: &str, row: &str) -> Result<&'static Operation> {
    if let Some(known) = described(name) {
        return Ok(known);
    }
    let wrong = || Error::argument(format!("the row of the operation `{name}` does not say what it is"));
    let row = serde_json::from_str(row).ok().filter(|_| name.contains(MARK)).ok_or_else(wrong)?;
    let read: &'static Operation = leak(described_by(&row).ok_or_else(wrong)?);
    let mut all = DESCRIBED.write().unwrap_or_else(PoisonError::into_inner);
    Ok(all.get_or_insert_default().entry(name.to_owned()).or_insert(read))
}

fn described(name: &str) -> Option<&'static Operation> {
    if !name.contains(MARK) {
        return None;
    }
    let all = DESCRIBED.read().unwrap_or_else(PoisonError::into_inner);
    all.as_ref()?.get(name).copied()
}

/// The ID in the name of an operation: `users.get` of `acme#users.get`.
pub fn id_in(name: &str) -> &str {
    name.split_once(MARK).map_or(name, |(_, id)| id)
}

fn described_by(row: &Map<String, Value>) -> Option<Operation> {
    Some(Operation {
        id: text(row, "id")?,
        method: Method::parse(text(row, "method")?)?,
        path: text(row, "path")?,
        self_hosted_path: text(row, "selfHostedPath"),
        params: leaked(list(row, "params").map(param))?,
        content: match text(row, "content")? {
            "json" => Content::Json,
            "multipart" => Content::Multipart,
            _ => Content::None,
        },
        accept: text(row, "accept").unwrap_or_default(),
        headers: leaked(
            fields(row, "headers").map(|(name, value)| Some((kept(name), kept(value.as_str()?)))),
        )?,
        returns: match text(row, "returns")? {
            "object" => Returns::Object,
            "data" => Returns::Data,
            "json" => Returns::Json,
            "empty" => Returns::Empty,
            "bytes" => Returns::Bytes,
            "text" => Returns::Text,
            "redirect" => Returns::Redirect,
            _ => return None,
        },
        upload: optional(row, "upload", |upload| {
            Some(leak(Upload {
                file: text(upload, "file")?,
                id: text(upload, "id"),
                chunked: flag(upload, "chunked"),
                read_by: optional(upload, "readBy", |reader| Some(leak(described_by(reader)?)))?,
            }))
        })?,
        scopes: leaked(list(row, "scopes").map(|scope| Some(kept(scope.as_str()?))))?,
        list: optional(row, "list", |pages| {
            let paging = match text(pages, "paging")? {
                "cursor" => Paging::Cursor(text(pages, "cursor")?),
                "offset" => Paging::Offset,
                _ => Paging::Parameters,
            };
            Some(leak(List { items: text(pages, "items")?, paging }))
        })?,
        dated_by: optional(row, "datedBy", |dated| {
            let operation = described_by(dated.get("operation")?.as_object()?)?;
            Some(leak(DatedBy { operation: leak(operation), field: text(dated, "field")? }))
        })?,
        project_header: flag(row, "projectHeader"),
        deprecated: text(row, "deprecated"),
        available: optional(row, "available", |available| {
            Some(leak(Availability {
                cloud: flag(available, "cloud"),
                self_hosted: flag(available, "selfHosted"),
                words: text(available, "words")?,
            }))
        })?,
    })
}

fn param(param: &Value) -> Option<Param> {
    let row = param.as_object()?;
    Some(Param {
        name: text(row, "name")?,
        place: match text(row, "place")? {
            "path" => Place::Path,
            "query" => Place::Query,
            "body" => Place::Body,
            _ => return None,
        },
        kind: match row.get("selfHostedKind") {
            Some(own) => Kind::Either(leak((kind(row.get("kind")?)?, kind(own)?))),
            None => kind(row.get("kind")?)?,
        },
        required: flag(row, "required"),
        nullable: flag(row, "nullable"),
        source: flag(row, "isProject").then_some(Source::Project),
    })
}

/// The kind of a name, or of a list's items: `["string"]`.
fn kind(value: &Value) -> Option<Kind> {
    Some(match value {
        Value::Array(items) => Kind::Array(leak(kind(items.first()?)?)),
        Value::String(name) => match name.as_str() {
            "string" => Kind::String,
            "integer" => Kind::Integer,
            "float" => Kind::Float,
            "boolean" => Kind::Boolean,
            "object" => Kind::Object,
            "any" => Kind::Any,
            "file" => Kind::File,
            _ => return None,
        },
        _ => return None,
    })
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn kept(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn leaked<T>(items: impl Iterator<Item = Option<T>>) -> Option<&'static [T]> {
    Some(Vec::leak(items.collect::<Option<Vec<T>>>()?))
}

fn text(row: &Map<String, Value>, name: &str) -> Option<&'static str> {
    row.get(name)?.as_str().map(kept)
}

fn flag(row: &Map<String, Value>, name: &str) -> bool {
    row.get(name) == Some(&Value::Bool(true))
}

fn list<'a>(row: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    row.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn fields<'a>(
    row: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    row.get(name).and_then(Value::as_object).into_iter().flatten()
}

/// A part that a row may lack: none in the outer option where it has one that says nothing.
fn optional<T>(
    row: &Map<String, Value>,
    name: &str,
    read: impl FnOnce(&Map<String, Value>) -> Option<T>,
) -> Option<Option<T>> {
    match row.get(name) {
        None | Some(Value::Null) => Some(None),
        Some(part) => read(part.as_object()?).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::{describe, id_in, operation};
    use crate::operation::{Content, Kind, Method, Paging, Place, Returns};

    #[test]
    fn a_row_is_an_operation_under_its_name() {
        let row = r#"{"id":"files.create","method":"POST","path":"/shelves/{shelfId}/files","content":"multipart",
            "returns":"object","projectHeader":true,"scopes":["files.write"],"headers":{"x-kind":"a"},
            "upload":{"file":"file","id":"fileId","chunked":true,"readBy":
                {"id":"files.get","method":"GET","path":"/files/{fileId}","content":"none","returns":"object"}},
            "list":{"items":"files","paging":"cursor","cursor":"$id"},
            "available":{"cloud":true,"selfHosted":false,"words":"Cloud only"},
            "params":[{"name":"shelfId","place":"path","kind":"string","required":true},
                {"name":"tags","place":"body","kind":[["integer"]],"selfHostedKind":"any","nullable":true},
                {"name":"projectId","place":"query","kind":"string","isProject":true}]}"#;
        assert!(operation("acme#files.create").is_none());
        let described = describe("acme#files.create", row).unwrap();
        assert!(std::ptr::eq(operation("acme#files.create").unwrap(), described));
        assert!(std::ptr::eq(describe("acme#files.create", "{}").unwrap(), described), "the first one stays");
        assert!(!std::ptr::eq(describe("other#files.create", row).unwrap(), described));
        assert_eq!(
            (described.id, described.method, described.content),
            ("files.create", Method::Post, Content::Multipart)
        );
        assert_eq!((described.returns, described.headers), (Returns::Object, &[("x-kind", "a")][..]));
        assert_eq!(described.upload.unwrap().read_by.unwrap().id, "files.get");
        assert_eq!(described.list.unwrap().paging, Paging::Cursor("$id"));
        assert!(described.available.unwrap().cloud && described.project_header);
        let [shelf, tags, project] = described.params else { panic!("three") };
        assert!(shelf.required && shelf.place == Place::Path);
        assert_eq!(tags.kind.to_string(), "a list, each item a list, each item a whole number, or any value");
        assert!(tags.nullable && matches!(tags.kind, Kind::Either(..)) && project.source.is_some());
    }

    #[test]
    fn a_row_that_says_too_little_is_refused() {
        let get = r#"{"id":"a.get","method":"GET","path":"/a","content":"none","returns":"empty"}"#;
        for (name, row) in [
            ("a.get", get),
            ("acme#a.one", "{"),
            ("acme#a.two", "{}"),
            ("acme#a.three", &get.replace("empty", "much")),
            ("acme#a.four", &get.replace("\"GET\"", "\"GOT\"")),
            ("acme#a.five", &get.replace("}", r#","params":[{"name":"a","place":"sky","kind":"string"}]}"#)),
            ("acme#a.six", &get.replace("}", r#","upload":{}}"#)),
        ] {
            let line = format!("the row of the operation `{name}` does not say what it is");
            assert_eq!(describe(name, row).unwrap_err().to_string(), line);
        }
        assert!(describe("acme#a.get", get).is_ok());
    }

    #[test]
    fn the_id_is_what_follows_the_mark() {
        assert_eq!((id_in("acme#users.get"), id_in("users.get")), ("users.get", "users.get"));
    }
}
