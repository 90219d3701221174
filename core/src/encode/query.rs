use super::flatten::flatten;
use super::percent::write_encoded;
use crate::error::Result;
use crate::operation::{Operation, Place};
use crate::params::Params;

/// Appends the query parameters of an operation to a URL, in signature order; without any, not even a `?`.
///
/// # Errors
/// `Argument` for a value that cannot be text.
pub(crate) fn write_query(url: &mut String, operation: &Operation, params: &Params) -> Result<()> {
    let given = operation.params.iter().filter(|param| param.place == Place::Query);
    write_fields(url, given.filter_map(|param| Some((param.name, params.get(param.name)?))))
}

/// Appends names and values to a URL as its query.
///
/// # Errors
/// As [`write_query`].
pub(crate) fn write_fields<'a>(
    url: &mut String,
    fields: impl Iterator<Item = (&'a str, &'a serde_json::value::RawValue)>,
) -> Result<()> {
    let mut separator = '?';
    for (name, value) in fields {
        flatten(name, value, &mut |name, text| {
            url.push(std::mem::replace(&mut separator, '&'));
            write_encoded(url, name);
            url.push('=');
            write_encoded(url, text);
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(json: &str) -> String {
        let params = Params::from_json(json).unwrap();
        let mut url = String::from("/x");
        write_fields(&mut url, params.iter()).unwrap();
        url
    }

    #[test]
    fn booleans_are_digits() {
        assert_eq!(query(r#"{"total": false, "download": true}"#), "/x?total=0&download=1");
    }

    #[test]
    fn lists_are_indexed() {
        assert_eq!(query(r#"{"queries": ["a b", "c&d"]}"#), "/x?queries%5B0%5D=a%20b&queries%5B1%5D=c%26d");
    }

    #[test]
    fn objects_are_bracketed() {
        assert_eq!(
            query(r#"{"headers": {"a": "b", "c": {"d": 1.50}}}"#),
            "/x?headers%5Ba%5D=b&headers%5Bc%5D%5Bd%5D=1.50"
        );
    }

    #[test]
    fn nothing_leaves_no_question_mark() {
        assert_eq!(query("{}"), "/x");
        assert_eq!(query(r#"{"queries": []}"#), "/x");
    }

    #[test]
    fn text_is_unescaped_and_encoded() {
        assert_eq!(query(r#"{"search": "é\n\"+%"}"#), "/x?search=%C3%A9%0A%22%2B%25");
    }

    #[test]
    fn numbers_stay_as_written() {
        assert_eq!(query(r#"{"limit": 9223372036854775807}"#), "/x?limit=9223372036854775807");
    }
}
