//! The caller's queries, apart from those that say where a list begins and ends.

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::query::Query;

/// What the caller's queries say.
#[derive(Debug, Default)]
pub(super) struct Queries {
    /// All others, in their order.
    pub(super) others: Vec<String>,
    /// How many items the whole list has at most.
    pub(super) limit: Option<u64>,
    /// How many items are skipped.
    pub(super) offset: u64,
    /// The item after which the list begins.
    pub(super) after: Option<String>,
}

#[derive(Deserialize)]
struct Shape {
    method: String,
    #[serde(default)]
    values: Vec<Value>,
}

impl Queries {
    /// Reads queries. What is not one of ours stays as it is, and so does a text that is not a query: the server says so. Of
    /// two queries of a kind the first counts, as on the server.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for a limit below 1, an offset below 0, and a cursor that reads
    /// backwards.
    pub(super) fn of(texts: Vec<String>) -> Result<Self> {
        let mut queries = Self::default();
        let mut offset = None;
        for text in texts {
            let Ok(Shape { method, values }) = serde_json::from_str::<Shape>(&text) else {
                queries.others.push(text);
                continue;
            };
            let number = values.first().and_then(Value::as_u64);
            match method.as_str() {
                "limit" => {
                    let limit = number.filter(|limit| *limit > 0);
                    let limit = limit.ok_or_else(|| Error::argument("`Query.limit` must be 1 or more"))?;
                    queries.limit.get_or_insert(limit);
                }
                "offset" => {
                    offset.get_or_insert(
                        number.ok_or_else(|| Error::argument("`Query.offset` must be 0 or more"))?,
                    );
                }
                "cursorAfter" => {
                    let id = values.first().and_then(Value::as_str);
                    let id = id.ok_or_else(|| Error::argument("`Query.cursorAfter` must be an ID"))?;
                    queries.after.get_or_insert(id.to_owned());
                }
                "cursorBefore" => {
                    return Err(Error::argument(
                        "`Query.cursorBefore` reads backwards, and this reads forwards",
                    )
                    .with_hint("turn the order round with `Query.orderDesc`"));
                }
                _ => queries.others.push(text),
            }
        }
        queries.offset = offset.unwrap_or_default();
        Ok(queries)
    }

    /// Makes sure that a selection has the field that the next page depends on.
    pub(super) fn select(&mut self, field: &str) {
        let mut selections = self.others.iter_mut().filter_map(|text| {
            let shape: Shape = serde_json::from_str(text).ok()?;
            (shape.method == "select").then_some((text, shape.values))
        });
        let Some((first, mut names)) = selections.next() else { return };
        let has = |names: &[Value]| names.iter().any(|name| name == field || name == "*");
        if !has(&names) && !selections.any(|(_, names)| has(&names)) {
            names.push(field.into());
            *first = Query::select(names.iter().filter_map(Value::as_str)).into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(queries: &[Query]) -> Result<Queries> {
        Queries::of(queries.iter().map(Query::to_string).collect())
    }

    #[test]
    fn where_a_list_begins_and_ends_is_taken_out_and_the_rest_keeps_its_order() {
        let year = Query::equal("year", 1999);
        let order = Query::order_desc("title");
        let given = [year.clone(), Query::limit(7), Query::offset(3), Query::limit(9), order.clone()];
        let mut texts: Vec<String> = given.iter().map(Query::to_string).collect();
        texts.push("not a query".into());
        let queries = Queries::of(texts).unwrap();
        assert_eq!((queries.limit, queries.offset, queries.after), (Some(7), 3, None));
        assert_eq!(queries.others, [year.as_str(), order.as_str(), "not a query"]);
    }

    #[test]
    fn limits_offsets_and_cursors_that_cannot_work_are_refused() {
        for (query, message) in [
            (r#"{"method":"limit","values":[0]}"#, "`Query.limit` must be 1 or more"),
            (r#"{"method":"limit","values":[-1]}"#, "`Query.limit` must be 1 or more"),
            (r#"{"method":"limit"}"#, "`Query.limit` must be 1 or more"),
            (r#"{"method":"offset","values":[-1]}"#, "`Query.offset` must be 0 or more"),
            (r#"{"method":"cursorAfter","values":[1]}"#, "`Query.cursorAfter` must be an ID"),
            (
                r#"{"method":"cursorBefore","values":["a"]}"#,
                "`Query.cursorBefore` reads backwards, and this reads forwards",
            ),
        ] {
            assert_eq!(Queries::of(vec![query.into()]).unwrap_err().message(), message, "{query}");
        }
    }

    #[test]
    fn a_selection_gets_the_field_unless_it_has_it() {
        for (given, expected) in [
            (vec!["title"], r#"{"method":"select","values":["title","$id"]}"#),
            (vec!["title", "$id"], r#"{"method":"select","values":["title","$id"]}"#),
            (vec!["*", "author.*"], r#"{"method":"select","values":["*","author.*"]}"#),
        ] {
            let mut queries = read(&[Query::select(given)]).unwrap();
            queries.select("$id");
            assert_eq!(queries.others, [expected]);
        }
        let mut apart = read(&[Query::select(["title"]), Query::select(["$id"])]).unwrap();
        apart.select("$id");
        assert_eq!(apart.others[0], r#"{"method":"select","values":["title"]}"#);
    }
}
