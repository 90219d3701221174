//! Sentences as JSDoc comments.

use crate::docs::wrap;
use polywrite_api::{Availability, Deprecation};

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

/// What a sentence should add about where something is to be had.
pub(super) fn where_available(available: Availability) -> &'static str {
    match available {
        Availability::Everywhere => "",
        Availability::Cloud => " Appwrite Cloud only.",
        Availability::SelfHosted => " Self-hosted Appwrite only.",
    }
}

/// The tag of something that has been replaced. `own` is the service it stands in, which needs no mention.
pub(super) fn deprecated(deprecated: Option<&Deprecation>, alias_of: Option<&str>, own: &str) -> String {
    match (deprecated, alias_of) {
        (_, Some(name)) => format!("@deprecated The older spelling of {{@link {name}}}."),
        (None, None) => String::new(),
        (Some(Deprecation { since, replace_with }), None) if replace_with.is_empty() => {
            format!("@deprecated Since {since}.")
        }
        (Some(Deprecation { since, replace_with }), None) => {
            let instead = replace_with.strip_prefix(&format!("{own}.")).unwrap_or(replace_with);
            format!("@deprecated Since {since}; use `{instead}`.")
        }
    }
}
