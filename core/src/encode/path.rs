use std::borrow::Cow;

use super::flatten::plain_text;
use super::percent::write_encoded;
use crate::error::{Error, Result};
use crate::operation::{Operation, Source};
use crate::params::Params;

/// Appends an operation's path with its values filled in, each one percent-encoded into a single segment.
///
/// # Errors
/// `Argument` for values that no encoding keeps inside their segment: an empty one, `.` and `..`; and for an unpaired
/// surrogate.
pub(crate) fn write_path(
    url: &mut String,
    template: &str,
    operation: &Operation,
    params: &Params,
    project: Option<&str>,
) -> Result<()> {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = path_value(operation, name, params, project)?;
        if matches!(&*value, "" | "." | "..") {
            return Err(Error::argument(format!("`{name}` must not be {}", shown(&value))));
        }
        url.push_str(before);
        write_encoded(url, &value);
        rest = after;
    }
    url.push_str(rest);
    Ok(())
}

fn path_value<'a>(
    operation: &Operation,
    name: &str,
    params: &'a Params,
    project: Option<&'a str>,
) -> Result<Cow<'a, str>> {
    if let Some(value) = params.get(name) {
        return plain_text(name, value);
    }
    match operation.param(name).and_then(|param| param.source) {
        Some(Source::Project) => project.map(Cow::from).ok_or_else(|| {
            Error::configuration("this call needs a project").with_hint("set the client's project")
        }),
        None => Err(Error::argument(format!("`{name}` is missing"))),
    }
}

fn shown(value: &str) -> String {
    if value.is_empty() { "empty".into() } else { format!("`{value}`") }
}
