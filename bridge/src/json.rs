//! JSON that goes out within a text, such as a query's, where a call does not look for what would be lost.

use polywrite::{Error, Result};
use serde_json::value::RawValue;

/// Refuses what the server would read differently; the message names its place in the value of this name.
///
/// # Errors
/// [`ErrorKind::Argument`](polywrite::ErrorKind::Argument), also for what is not JSON.
pub(crate) fn check_json(name: &str, text: &[u8]) -> Result<()> {
    let raw: &RawValue = serde_json::from_slice(text)
        .map_err(|cause| Error::argument(format!("this is not JSON: {cause}")))?;
    polywrite::json(name, raw).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_helper_would_lose_is_refused_with_its_place() {
        check_json("values", br#"[9223372036854775807,"a"]"#).unwrap();
        let error = check_json("values", b"[1,18446744073709551617]").unwrap_err();
        assert_eq!(error.message(), "`values[1]` is a whole number beyond 64 bits; send it as a text");
        check_json("values", b"[").unwrap_err();
    }
}
