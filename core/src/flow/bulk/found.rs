//! Which rows of a batch are on the server, for a batch whose response was lost or that was refused.

use std::collections::HashMap;

use serde_json::Value;

use super::row::{Row, pick};
use super::target::Target;
use crate::error::Result;
use crate::{Params, Query};

/// How many IDs a query names: with 36 letters each, it stays below the 4096 that the server reads.
const IDS: usize = 100;

/// Rows as the server has them, by ID.
#[derive(Default)]
pub(super) struct Found(HashMap<String, Value>);

impl Found {
    /// Reads those rows that are there.
    ///
    /// # Errors
    /// As the calls' own.
    pub(super) async fn by_ids(target: &Target, rows: &[Row]) -> Result<Self> {
        let mut found = HashMap::new();
        for rows in rows.chunks(IDS) {
            let mut params = Params::new();
            for (name, value) in
                target.params.iter().filter(|(name, _)| target.bulk.list.param(name).is_some())
            {
                params.set_raw(name.to_owned(), value.to_owned());
            }
            params.set("queries", &[pick(rows), Query::limit(rows.len() as u64)]);
            let response = target.client.execute(target.bulk.list, params, target.call.clone()).await?;
            let mut page: Value = response.json()?;
            let Value::Array(items) = page[target.bulk.parameter].take() else { continue };
            let named = items.into_iter().filter_map(|row| Some((row["$id"].as_str()?.to_owned(), row)));
            found.extend(named);
        }
        Ok(Self(found))
    }

    /// Whether a row with this ID is there.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Whether all rows are there and are these: a call stores all of its rows or none, so that one row with an ID made
    /// here proves it for all. IDs of the caller's may be somebody else's rows too, unless these hold the same.
    pub(super) fn are_all_of(&self, rows: &[Row]) -> bool {
        let all = rows.iter().all(|row| self.has(&row.id));
        all && (rows.iter().any(|row| row.has_own_id) || rows.iter().all(|row| self.is_same(row)))
    }

    fn is_same(&self, row: &Row) -> bool {
        let (Some(there), Ok(Value::Object(sent))) = (self.0.get(&row.id), serde_json::from_str(&row.json))
        else {
            return false;
        };
        let own = sent.iter().filter(|(name, _)| !name.starts_with('$'));
        own.into_iter().all(|(name, value)| is_equal(value, &there[name.as_str()]))
    }
}

/// Whether the server has what was sent: numbers may have another form, and moments are stored in one form.
fn is_equal(sent: &Value, there: &Value) -> bool {
    match (sent, there) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::String(one), Value::String(other)) => one == other || is_same_moment(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (one, other) => one == other,
    }
}

/// Whether two texts name the same second, as `2026-11-28T01:29:48` in front of a fraction and a zone.
fn is_same_moment(one: &str, other: &str) -> bool {
    const SECOND: usize = "2026-11-28T01:29:48".len();
    let second =
        |text: &str| text.get(..SECOND).filter(|text| text.as_bytes()[10] == b'T').map(str::to_owned);
    second(one).is_some() && second(one) == second(other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_id_made_here_proves_a_call_and_given_ids_need_the_same_rows() {
        let row = |id: &str, has_own_id| {
            let json = format!(r#"{{"$id":"{id}","n":1}}"#);
            Row { index: 0, id: id.to_owned(), has_own_id, json }
        };
        let there = |ids: &[&str], n: i64| {
            Found(ids.iter().map(|id| ((*id).to_owned(), json!({"$id": id, "n": n}))).collect())
        };
        let (given, mixed) = ([row("a", false), row("b", false)], [row("a", true), row("b", false)]);
        for (found, given_are, mixed_are) in [
            (there(&["a", "b"], 1), true, true),
            (there(&["a", "b"], 2), false, true),
            (there(&["a"], 1), false, false),
            (there(&[], 1), false, false),
        ] {
            assert_eq!((found.are_all_of(&given), found.are_all_of(&mixed)), (given_are, mixed_are));
        }
    }

    #[test]
    fn what_the_server_stores_in_its_own_form_is_the_same() {
        assert!(is_equal(&json!(1), &json!(1.0)));
        assert!(is_equal(&json!("2026-11-28T01:29:48Z"), &json!("2026-11-28T01:29:48.000+00:00")));
        assert!(is_equal(&json!([1, "a"]), &json!([1, "a"])));
        assert!(!is_equal(&json!("a long text of the caller's"), &json!("a long text of another's")));
        assert!(!is_equal(&json!(9_007_199_254_740_993_i64), &json!(9_007_199_254_740_000_i64)));
        assert!(!is_equal(&json!(null), &json!(1)));
    }
}
