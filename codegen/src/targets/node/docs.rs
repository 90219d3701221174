//! Sentences as JSDoc comments.

use crate::docs::{self, wrap};
use polywrite_api::Deprecation;

pub(super) use crate::docs::{about, scopes};

/// The widest that a line gets.
const WIDTH: usize = 120;

/// A JSDoc comment of these paragraphs, indented; in one line where it fits. Ends in a line break.
pub(super) fn comment(paragraphs: &[String], indent: usize) -> String {
    let space = " ".repeat(indent);
    let lines: Vec<String> = paragraphs
        .iter()
        .filter(|paragraph| !paragraph.is_empty())
        .enumerate()
        .flat_map(|(index, paragraph)| {
            // Tags follow each other; sentences stand apart.
            let apart = index > 0 && !paragraph.starts_with('@');
            let lines = wrap(&paragraph.replace("*/", "*\\/"), WIDTH - indent - 3);
            apart.then(String::new).into_iter().chain(lines)
        })
        .collect();
    match &*lines {
        [] => String::new(),
        [line] if indent + line.chars().count() + 7 <= WIDTH => format!("{space}/** {line} */\n"),
        lines => {
            let body: String =
                lines.iter().map(|line| format!("{space} * {line}").trim_end().to_owned() + "\n").collect();
            format!("{space}/**\n{body}{space} */\n")
        }
    }
}

/// The tag of something that has been replaced. `own` is the service it stands in, which needs no mention.
pub(super) fn deprecated(deprecated: Option<&Deprecation>, alias_of: Option<&str>, own: &str) -> String {
    match (deprecated, alias_of) {
        (_, Some(name)) => format!("@deprecated The older spelling of {{@link {name}}}."),
        (None, None) => String::new(),
        (Some(deprecation), None) => {
            let other = Some(&*deprecation.replace_with).filter(|other| !other.is_empty());
            let instead =
                other.map(|other| format!("`{}`", other.strip_prefix(&format!("{own}.")).unwrap_or(other)));
            let since = docs::deprecated(deprecation, instead.as_deref());
            format!("@deprecated {}.", since.replacen("since", "Since", 1))
        }
    }
}
