//! What a resource's status says.

use serde_json::Value;

use crate::error::Result;
use crate::response::Response;

use super::row::Statuses;

/// How far something is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Done,
    Going,
    Failed,
}

/// A status, as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Status {
    pub(super) stage: Stage,
    /// In the server's word; empty when it sent none.
    pub(super) word: String,
    /// The key of the part that has the status, where the whole has none.
    pub(super) part: Option<String>,
    /// Why it failed.
    pub(super) reason: Option<String>,
}

/// How many characters of a reason are kept, from its end: logs say last what went wrong.
const REASON_LENGTH: usize = 500;

/// Reads the status of a resource, or of its parts: the first that failed, else the first that is under way.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when the response is not JSON.
pub(super) fn read(response: &Response, statuses: &Statuses, parts: &[&str]) -> Result<Status> {
    let resource: Value = response.json()?;
    if parts.is_empty() {
        return Ok(status_of(&resource, statuses, None));
    }
    let items = parts.iter().filter_map(|part| resource.get(part)?.as_array()).flatten();
    let mut found = items
        .map(|item| status_of(item, statuses, item.get("key").and_then(Value::as_str).map(str::to_owned)));
    let mut first_going = None;
    let failed = found.find_map(|status| match status.stage {
        Stage::Failed => Some(status),
        Stage::Going => {
            first_going.get_or_insert(status);
            None
        }
        Stage::Done => None,
    });
    let word = statuses.done.first().map(|word| (*word).to_owned()).unwrap_or_default();
    Ok(failed.or(first_going).unwrap_or(Status { stage: Stage::Done, word, part: None, reason: None }))
}

fn status_of(resource: &Value, statuses: &Statuses, part: Option<String>) -> Status {
    let word = resource.get(statuses.field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let stage = match word.as_str() {
        word if statuses.done.contains(&word) => Stage::Done,
        word if statuses.failed.contains(&word) => Stage::Failed,
        _ => Stage::Going,
    };
    let reason = statuses.reason.and_then(|field| reason_of(resource.get(field)?));
    Status { stage, word, part, reason }
}

/// A text, or a list of texts, without what is empty.
fn reason_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).map(str::trim).collect();
            texts.join("; ")
        }
        _ => return None,
    };
    let text = text.trim();
    let surplus = text.chars().count().saturating_sub(REASON_LENGTH);
    let kept: String = text.chars().skip(surplus).collect();
    (!kept.is_empty()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reason_is_a_text_or_the_texts_of_a_list_and_of_a_long_one_the_end() {
        assert_eq!(reason_of(&json!(" no room\r\n")).as_deref(), Some("no room"));
        assert_eq!(reason_of(&json!(["one ", "two"])).as_deref(), Some("one; two"));
        assert_eq!(reason_of(&json!("")), None);
        assert_eq!(reason_of(&json!([])), None);
        assert_eq!(reason_of(&json!(null)), None);
        let long = reason_of(&json!(format!("{}the end", "é".repeat(1000)))).unwrap();
        assert_eq!((long.chars().count(), long.ends_with("éthe end")), (REASON_LENGTH, true));
    }
}
