//! JSON that goes out within a text, such as a query's, where a call does not look for what would be lost.

use polywrite::{Error, Result};
use serde_json::value::RawValue;

/// Refuses what the server would read differently; the message names its place in the value of this name.
///
/// # Errors
/// [`ErrorKind::Argument`](polywrite::ErrorKind::Argument), also for what is not JSON.
pub fn check_json(name: &str, text: String) -> Result<()> {
    let raw =
        RawValue::from_string(text).map_err(|cause| Error::argument(format!("this is not JSON: {cause}")))?;
    polywrite::json(name, &raw).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_helper_would_lose_is_refused_with_its_place() {
        check_json("values", r#"[9223372036854775807,"a"]"#.to_owned()).unwrap();
        let error = check_json("values", "[1,18446744073709551617]".to_owned()).unwrap_err();
        assert_eq!(error.message(), "`values[1]` is a whole number beyond 64 bits; send it as a text");
        check_json("values", "[".to_owned()).unwrap_err();
    }
}
