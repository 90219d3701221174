//! What may differ from call to call.

mod generated;
mod kind;
mod range;
pub(crate) mod reading;

use std::fmt;

use serde_json::json;

pub use generated::CallOptions;
use generated::OPTIONS;
use kind::OptionKind;
pub use range::ByteRange;

use crate::error::{Error, Result};
use crate::lossless;
use crate::params::Params;

impl CallOptions {
    /// Options that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads options from camel-case JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) that names the option, for text that is not such an object.
    /// The message never shows a value.
    pub fn from_json(text: &str) -> Result<Self> {
        reading::read(text, "the call's options", Self::refused).map_err(|error| {
            let problem = lossless::problem(text).map(|problem| format!("the call's options: {problem}"));
            problem.map_or(error, Error::argument)
        })
    }

    /// Whether there is an option of this name in snake case, as [`from_snake_case`](Self::from_snake_case) reads it.
    pub fn is_known(name: &str) -> bool {
        let name = without_prefix(name);
        name == "headers" || OPTIONS.iter().any(|option| option.field == name)
    }

    /// Reads options as languages have them that write names in snake case and times in seconds. Beside parameters of their
    /// names, options have the prefix `call_`.
    ///
    /// # Errors
    /// As [`from_json`](Self::from_json), and `Argument` for values that JSON cannot express.
    pub fn from_snake_case(given: &Params) -> Result<Self> {
        given.check()?;
        if given.is_empty() {
            return Ok(Self::new());
        }
        let in_camel_case = given.iter().map(|(name, value)| {
            let (name, value) = (without_prefix(name), value.get());
            let Some(option) = OPTIONS.iter().find(|option| option.field == name) else {
                return format!("{}:{value}", json!(name));
            };
            match value.parse::<f64>() {
                Ok(seconds) if option.kind == OptionKind::Time => {
                    format!("\"{}\":{}", option.name, json!(seconds * 1000.0))
                }
                _ => format!("\"{}\":{value}", option.name),
            }
        });
        Self::from_json(&format!("{{{}}}", in_camel_case.collect::<Vec<_>>().join(",")))
    }

    /// The error for an option whose value cannot be read, or that does not exist.
    fn refused(name: &str) -> Error {
        let known = OPTIONS.iter().find(|option| option.name == name).map(|option| option.kind.wanted());
        Error::argument(match known.or((name == "headers").then_some("names and values, both text")) {
            Some(wanted) => format!("the option `{name}` must be {wanted}"),
            None => format!("`{name}` is not an option"),
        })
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Refuses limits with which no call could succeed, and a part of a file without a byte.
    ///
    /// # Errors
    /// `Argument` that names the option.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(name) = self.zero() {
            return Err(Error::argument(format!("the option `{name}` must be more than 0")));
        }
        match self.range {
            Some(range) if range.is_empty() => Err(Self::refused("range")),
            _ => Ok(()),
        }
    }
}

/// The name of an option in snake case.
fn without_prefix(name: &str) -> &str {
    name.strip_prefix("call_").unwrap_or(name)
}

/// Header values stay hidden: they may be credentials.
impl fmt::Debug for CallOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let mut shown = formatter.debug_struct("CallOptions");
        self.show(&mut shown);
        shown.field("headers", &names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_in_snake_case_have_their_times_in_seconds() {
        let given = |text: &str| CallOptions::from_snake_case(&Params::from_json(text).unwrap());
        let options = given(r#"{"call_timeout":0.5,"max_response_bytes":9,"headers":{"x-a":"1"}}"#).unwrap();
        assert_eq!(options.timeout, Some(std::time::Duration::from_millis(500)));
        assert_eq!((options.max_response_bytes, options.headers.len()), (Some(9), 1));
        for (text, message) in [
            (r#"{"timeout":-1}"#, "the option `timeout` must be a duration, more than 0"),
            (r#"{"deadline":true}"#, "the option `deadline` must be a duration, more than 0"),
            (r#"{"forwarded_user_agent":7}"#, "the option `forwardedUserAgent` must be text"),
            (r#"{"retry":7}"#, "`retry` is not an option"),
        ] {
            assert_eq!(given(text).unwrap_err().message(), message, "{text}");
        }
        assert!(CallOptions::is_known("call_max_response_bytes") && CallOptions::is_known("headers"));
        assert!(!CallOptions::is_known("maxResponseBytes"));
    }

    #[test]
    fn an_option_that_cannot_be_read_is_named_and_its_value_is_not_shown() {
        for (text, message) in [
            (r#"{"timeout":"s3cret"}"#, "the option `timeout` must be a duration, more than 0"),
            (r#"{"retries":0,"timeout":-1}"#, "the option `timeout` must be a duration, more than 0"),
            (
                r#"{"maxResponseBytes":1.5}"#,
                "the option `maxResponseBytes` must be a whole number, more than 0",
            ),
            (r#"{"retries":-1}"#, "the option `retries` must be a whole number, 0 or more"),
            (r#"{"forwardedUserAgent":7}"#, "the option `forwardedUserAgent` must be text"),
            (
                r#"{"range":"9-5"}"#,
                "the option `range` must be a first and a last byte, such as `0-1023`, or `1024-`",
            ),
            (r#"{"headers":["s3cret"]}"#, "the option `headers` must be names and values, both text"),
            (r#"{"timeOut":5}"#, "`timeOut` is not an option"),
            (r#"[]"#, "the call's options are not a JSON object"),
            ("{", "the call's options are not a JSON object"),
        ] {
            let error = CallOptions::from_json(text).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Argument);
            assert_eq!(error.message(), message, "{text}");
        }
    }
}
