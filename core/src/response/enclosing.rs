//! Which row of a response cannot be decoded.

use serde_json::Error;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The ID of the row in which decoding stopped; `None` where it stopped elsewhere, or the body is not JSON.
pub(super) fn row(body: &[u8], cause: &Error) -> Option<String> {
    if !cause.is_data() {
        return None;
    }
    let text = std::str::from_utf8(body).ok()?;
    let before: usize = text.split_inclusive('\n').take(cause.line().checked_sub(1)?).map(str::len).sum();
    let place = before + cause.column().checked_sub(1)?;
    let body: &RawValue = serde_json::from_str(text).ok()?;
    within(body, text.as_ptr() as usize + place)
}

/// The ID of the innermost row around an address of the text.
fn within(value: &RawValue, place: usize) -> Option<String> {
    let text = value.get();
    let start = text.as_ptr() as usize;
    if !(start..start + text.len()).contains(&place) {
        return None;
    }
    if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        return items.into_iter().find_map(|item| within(item, place));
    }
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    let own = || serde_json::from_str(fields.get("$id")?.get()).ok();
    let of_a_row = fields.contains_key("$databaseId") || fields.contains_key("$tableId");
    fields.values().find_map(|field| within(field, place)).or_else(|| own().filter(|_| of_a_row))
}

#[cfg(test)]
mod tests {
    use super::row;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct List {
        #[serde(rename = "rows")]
        _rows: Vec<Row>,
    }

    #[derive(Debug, Deserialize)]
    struct Row {
        #[serde(rename = "year")]
        _year: i64,
    }

    fn found(text: &str) -> Option<String> {
        row(text.as_bytes(), &serde_json::from_str::<List>(text).unwrap_err())
    }

    #[test]
    fn the_row_is_found_wherever_its_id_stands() {
        let rows =
            |row: &str| format!("{{\"rows\":[\n{{\"year\":1,\"$id\":\"a\",\"$tableId\":\"t\"}},\n{row}\n]}}");
        let b = Some("b".to_owned());
        assert_eq!(found(&rows(r#"{"year":"x","$id":"b","$tableId":"t"}"#)), b);
        assert_eq!(found(&rows(r#"{"$id":"b","$tableId":"t","year":null}"#)), b);
        assert_eq!(found(&rows(r#"{"$id":"b","$tableId":"t"}"#)), b);
        assert_eq!(found(&rows(r#"{"year":"x"}"#)), None);
        assert_eq!(found(r#"{"rows":1}"#), None);
        assert_eq!(found("{"), None);
    }
}
