//! Checks arguments before a request is sent.

use std::fmt::Write;

use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::operation::{Kind, Operation, Param, Place};
use crate::params::Params;

/// Checks arguments against the operation's parameters.
///
/// # Errors
/// `Argument`, naming the parameter: it is unknown, missing, `null` where null is not allowed, or not of its kind. The
/// message does not show the value: it may be a password.
pub(crate) fn check(operation: &Operation, params: &Params) -> Result<()> {
    for (name, value) in params.iter() {
        let param = operation.param(name).ok_or_else(|| unknown(operation, name))?;
        check_value(param, value)?;
    }
    params.check()?;
    for param in operation.params {
        let given = params.get(param.name).is_some() || param.source.is_some() || param.kind == Kind::File;
        if param.required && !given {
            return Err(Error::argument(format!("`{}` is missing", param.name)));
        }
    }
    Ok(())
}

fn unknown(operation: &Operation, name: &str) -> Error {
    let mut known = String::new();
    for param in operation.params {
        let separator = if known.is_empty() { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(known, "{separator}{}", param.name);
    }
    let hint = if known.is_empty() { "it takes none".into() } else { format!("it takes: {known}") };
    Error::argument(format!("`{}` is not a parameter", name.escape_debug())).with_hint(hint)
}

fn check_value(param: &Param, value: &RawValue) -> Result<()> {
    if value.get() == "null" {
        return match param.nullable || param.kind == Kind::Any {
            true => Ok(()),
            false => Err(Error::argument(format!("`{}` must not be null", param.name))
                .with_hint("leave it out to send nothing")),
        };
    }
    // A path is text: an ID that a program keeps as a whole number becomes its digits.
    if param.place == Place::Path && param.kind == Kind::String && Found::of(value.get()) == Found::Integer {
        return Ok(());
    }
    match mismatch(param.kind, value) {
        None => Ok(()),
        Some(found) => Err(Error::argument(format!("`{}` must be {}, not {found}", param.name, param.kind))),
    }
}

/// Describes a value that is not of the kind; `None` when it is.
fn mismatch(kind: Kind, value: &RawValue) -> Option<&'static str> {
    let text = value.get();
    let found = Found::of(text);
    let fits = match kind {
        Kind::Any => true,
        Kind::String => found == Found::String,
        Kind::Boolean => found == Found::Boolean,
        Kind::Object => found == Found::Object,
        Kind::Float => matches!(found, Found::Integer | Found::Number),
        Kind::Integer if found == Found::Integer => {
            return text.parse::<i64>().err().map(|_| "a number beyond 64 bits");
        }
        Kind::Integer => false,
        Kind::File => return Some("JSON: files are given beside the parameters"),
        Kind::Array(item) if found == Found::Array => {
            let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
            return items.into_iter().find_map(|value| mismatch(*item, value)).map(|found| match found {
                "null" => "a list with null in it",
                _ => "a list with something else in it",
            });
        }
        Kind::Array(_) => false,
        Kind::Either((one, other)) => return mismatch(*one, value).and(mismatch(*other, value)),
    };
    (!fits).then_some(found.name())
}

/// The type of a JSON value, by its first byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Found {
    fn of(text: &str) -> Self {
        match text.as_bytes().first() {
            Some(b'"') => Found::String,
            Some(b'[') => Found::Array,
            Some(b'{') => Found::Object,
            Some(b't' | b'f') => Found::Boolean,
            Some(b'n') | None => Found::Null,
            Some(_) if text.contains(['.', 'e', 'E']) => Found::Number,
            Some(_) => Found::Integer,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Found::Null => "null",
            Found::Boolean => "true or false",
            Found::Integer => "a whole number",
            Found::Number => "a number with a fraction or exponent",
            Found::String => "a string",
            Found::Array => "a list",
            Found::Object => "an object",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Content, Method, Returns};

    const fn param(name: &'static str, kind: Kind, required: bool, nullable: bool) -> Param {
        Param { name, place: Place::Body, kind, required, nullable, source: None }
    }

    static OPERATION: Operation = Operation {
        id: "test.create",
        method: Method::Post,
        path: "/test",
        self_hosted_path: None,
        params: &[
            param("id", Kind::String, true, false),
            param("size", Kind::Integer, false, false),
            param("score", Kind::Float, false, true),
            param("data", Kind::Object, false, false),
            param("roles", Kind::Array(&Kind::String), false, false),
            param("points", Kind::Array(&Kind::Array(&Kind::Float)), false, false),
            param("enabled", Kind::Boolean, false, false),
            param("either", Kind::Either(&(Kind::Array(&Kind::String), Kind::String)), false, false),
            Param { place: Place::Path, ..param("shelf", Kind::String, false, false) },
        ],
        content: Content::Json,
        accept: "",
        headers: &[],
        returns: Returns::Json,
        upload: None,
        scopes: &[],
        list: None,
        dated_by: None,
        project_header: true,
        deprecated: None,
        available: None,
    };

    fn refusal(json: &str) -> String {
        check(&OPERATION, &Params::from_json(json).unwrap()).unwrap_err().message().to_owned()
    }

    #[test]
    fn good_arguments_pass() {
        let json = r#"{"id": "a", "size": -9223372036854775808, "score": null, "data": {}, "roles": ["x"],
            "points": [[1, 2.5], []], "enabled": false}"#;
        check(&OPERATION, &Params::from_json(json).unwrap()).unwrap();
        for either in [r#"{"id": "a", "either": ["x"]}"#, r#"{"id": "a", "either": "x"}"#] {
            check(&OPERATION, &Params::from_json(either).unwrap()).unwrap();
        }
    }

    #[test]
    fn bad_arguments_are_named() {
        assert_eq!(refusal("{}"), "`id` is missing");
        assert_eq!(refusal(r#"{"id": "a", "colour": 1}"#), "`colour` is not a parameter");
        assert_eq!(refusal(r#"{"id": null}"#), "`id` must not be null");
        assert_eq!(refusal(r#"{"id": 7}"#), "`id` must be a string, not a whole number");
        assert_eq!(
            refusal(r#"{"id": "a", "size": 2.0}"#),
            "`size` must be a whole number, not a number with a fraction or exponent"
        );
        assert_eq!(
            refusal(r#"{"id": "a", "size": 9223372036854775808}"#),
            "`size` must be a whole number, not a number beyond 64 bits"
        );
        assert_eq!(
            refusal(r#"{"id": "a", "enabled": "true"}"#),
            "`enabled` must be true or false, not a string"
        );
        assert_eq!(
            refusal(r#"{"id": "a", "roles": ["x", null]}"#),
            "`roles` must be a list, each item a string, not a list with null in it"
        );
        assert_eq!(
            refusal(r#"{"id": "a", "points": [[1, "2"]]}"#),
            "`points` must be a list, each item a list, each item a number, not a list with something else in it"
        );
    }

    #[test]
    fn a_whole_number_may_be_an_id_in_a_path() {
        check(&OPERATION, &Params::from_json(r#"{"id": "a", "shelf": 7}"#).unwrap()).unwrap();
        for (other, found) in
            [("7.5", "a number with a fraction or exponent"), ("true", "true or false"), ("[7]", "a list")]
        {
            assert_eq!(
                refusal(&format!(r#"{{"id": "a", "shelf": {other}}}"#)),
                format!("`shelf` must be a string, not {found}")
            );
        }
    }

    #[test]
    fn one_of_two_kinds_is_named_by_both() {
        assert_eq!(
            refusal(r#"{"id": "a", "either": 1}"#),
            "`either` must be a list, each item a string, or a string, not a whole number"
        );
    }

    #[test]
    fn values_stay_out_of_messages() {
        assert!(!refusal(r#"{"id": ["hunter2"]}"#).contains("hunter2"));
    }

    #[test]
    fn what_cannot_be_json_is_refused() {
        let mut params = Params::new();
        params.set("id", &std::collections::HashMap::from([(vec![1], 2)]));
        assert!(
            check(&OPERATION, &params).unwrap_err().message().starts_with("`id` cannot be written as JSON")
        );
    }
}
