//! A row on its way: its place, its ID and its text.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::operation::BulkKind;
use crate::error::{Error, Result};
use crate::{Id, Params, Query, encode};

/// IDs that ask for one to be made.
const MADE: [&str; 2] = ["", "unique()"];

/// A row that has not been written yet.
#[derive(Debug)]
pub(super) struct Row {
    /// Its place among all rows, from 0.
    pub(super) index: u64,
    pub(super) id: String,
    /// Whether the ID was made here, so that no other program has it.
    pub(super) has_own_id: bool,
    /// The row as JSON, with its ID; empty where the ID is all that is sent.
    pub(super) json: String,
}

impl Row {
    /// Reads a row; one without an ID gets one.
    ///
    /// # Errors
    /// `Argument` for what is not a row of this kind of write.
    pub(super) fn read(kind: BulkKind, index: u64, text: &RawValue) -> Result<Self> {
        let text = text.get();
        if !kind.takes_rows() {
            let id: String = serde_json::from_str(text).unwrap_or_default();
            return match id.is_empty() {
                true => Err(Error::argument("a row to be updated or deleted is given by its ID, as text")),
                false => Ok(Self { index, id, has_own_id: false, json: String::new() }),
            };
        }
        // serde would read a list as the fields in their order.
        let Some(fields) = text.strip_prefix('{') else {
            return Err(Error::argument("a row must be an object"));
        };
        let Named { id } = serde_json::from_str(text)
            .map_err(|cause| Error::argument(format!("the row cannot be read: {cause}")))?;
        let given = match id.map(|id| serde_json::from_str::<Option<String>>(id.get())) {
            None => None,
            Some(Ok(id)) => id.filter(|id| !MADE.contains(&id.as_str())),
            Some(Err(_)) => return Err(Error::argument("the `$id` of a row must be text")),
        };
        if let Some(id) = given {
            return Ok(Self { index, id, has_own_id: false, json: text.to_owned() });
        }
        let made = Id::unique();
        let json = if id.is_some() {
            let bytes = encode::json_object(Params::from_json(text)?.set("$id", &made));
            String::from_utf8_lossy(&bytes).into_owned()
        } else {
            let comma = if fields.trim_start().starts_with('}') { "" } else { "," };
            format!("{{\"$id\":\"{made}\"{comma}{fields}")
        };
        Ok(Self { index, id: made, has_own_id: true, json })
    }
}

/// The query that picks rows by their IDs.
pub(super) fn pick(rows: &[Row]) -> Query {
    Query::equal("$id", rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>())
}

#[derive(Deserialize)]
struct Named<'a> {
    /// `null` is there, and is not absent.
    #[serde(rename = "$id", borrow, default, deserialize_with = "present")]
    id: Option<&'a RawValue>,
}

fn present<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: BulkKind, text: &str) -> Result<Row> {
        Row::read(kind, 3, serde_json::from_str(text).unwrap())
    }

    #[test]
    fn a_row_without_an_id_gets_one_and_keeps_the_rest_as_it_is() {
        for (text, rest) in [
            (r#"{"n": 9223372036854775807}"#, r#""n": 9223372036854775807}"#),
            ("{ }", " }"),
            (r#"{"$id":"unique()","n":1}"#, r#""n":1}"#),
            (r#"{"$id":null,"n":1}"#, r#""n":1}"#),
        ] {
            let row = read(BulkKind::Create, text).unwrap();
            let start = format!("{{\"$id\":\"{}\"", row.id);
            let left = row.json.strip_prefix(&start).unwrap().trim_start_matches(',');
            assert_eq!((left, row.has_own_id, row.id.len()), (rest, true, 20), "{text}");
        }
    }

    #[test]
    fn a_given_id_stays() {
        let row = read(BulkKind::Upsert, r#"{"n":1,"$id":"a\u0062"}"#).unwrap();
        assert_eq!((row.id.as_str(), row.has_own_id), ("ab", false));
        assert_eq!(row.json, r#"{"n":1,"$id":"a\u0062"}"#);
        assert_eq!(read(BulkKind::Delete, r#""x""#).unwrap().id, "x");
    }

    #[test]
    fn what_is_no_row_is_refused() {
        for (kind, text) in [
            (BulkKind::Create, "[1]"),
            (BulkKind::Create, "7"),
            (BulkKind::Create, r#"{"$id":7}"#),
            (BulkKind::Delete, r#""""#),
            (BulkKind::Delete, "{}"),
            (BulkKind::Update, "null"),
        ] {
            let error = read(kind, text).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Argument, "{text}");
        }
    }
}
