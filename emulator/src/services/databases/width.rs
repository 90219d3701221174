//! How many bytes a row takes: the server's database has room for 65,535.

use serde_json::Value;

use super::{columns, words::Words};
use crate::{call::Call, failure::Failure};

/// The most bytes of a row.
const MOST: u64 = 65_535;

/// What every row has: its IDs, dates and permissions.
const OWN: u64 = 1_067;

/// The longest text that stands in the row itself, in characters.
const LONGEST: u64 = 16_381;

/// What stands in the row for what does not.
const POINTER: u64 = 20;

/// Refuses a column that a row has no room for (400).
pub(super) fn require_room(call: &Call, table_id: &str, column: &Value) -> Result<(), Failure> {
    let there: u64 = columns::all(call, table_id)?.iter().map(width).sum();
    if OWN + there + width(column) <= MOST {
        return Ok(());
    }
    let words = Words::of(call);
    Err(Failure::new(
        400,
        format!("{}_limit_exceeded", words.column),
        format!(
            "The maximum number or size of {} for {} '{table_id}' has been reached.",
            words.columns(),
            words.table
        ),
    ))
}

fn width(column: &Value) -> u64 {
    let text = |size: u64| if size > LONGEST { POINTER } else { 4 * size + 2 };
    match column["type"].as_str().unwrap_or_default() {
        _ if column["array"] == true => POINTER,
        "text" | "mediumtext" | "longtext" => POINTER,
        "string" | "varchar" => text(column["size"].as_u64().unwrap_or(255)),
        "relationship" => text(255),
        _ => 8,
    }
}
