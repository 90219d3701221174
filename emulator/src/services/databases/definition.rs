//! Whether a column makes sense: its name, its bounds, and a default that fits them.

use serde_json::Value;

use super::{validate, words::Words};
use crate::{
    failure::Failure,
    params::{ID_RULE, is_id},
    query,
};

/// The longest text a column can be made for.
const LONGEST: u64 = 1_073_741_824;

/// Refuses a column that no value could fit, or whose default does not (400).
pub(super) fn check(words: &Words, column: &Value) -> Result<(), Failure> {
    if !column["key"].as_str().is_some_and(is_id) {
        return Err(Failure::argument("key", ID_RULE));
    }
    if let Some(size) = column.get("size")
        && !size.as_u64().is_some_and(|size| (1..=LONGEST).contains(&size))
    {
        let rule = format!("Value must be a valid range between 1 and {}", query::grouped(LONGEST as usize));
        return Err(Failure::argument("size", rule));
    }
    let invalid = |message: &str| Err(Failure::new(400, format!("{}_value_invalid", words.column), message));
    if query::order(&column["min"], &column["max"]).is_some_and(std::cmp::Ordering::is_gt) {
        return invalid("Minimum value must be less than or equal to the maximum value.");
    }
    if let Some(elements) = column["elements"].as_array()
        && (elements.is_empty() || elements.iter().any(|element| element.as_str().is_none_or(str::is_empty)))
    {
        return invalid("An enum needs elements, and none of them may be empty.");
    }
    let default = &column["default"];
    if default.is_null() {
        return Ok(());
    }
    let unsupported = |what: &str| {
        Err(Failure::new(
            400,
            format!("{}_default_unsupported", words.column),
            format!("Cannot set default value for {what}"),
        ))
    };
    if column["required"] == true {
        return unsupported(&format!("required {}", words.column));
    }
    if column["array"] == true {
        return unsupported(&format!("array {}s", words.column));
    }
    match validate::rule_broken(column, default) {
        Some(rule) => invalid(&format!("The default value has invalid {rule}")),
        None => Ok(()),
    }
}
