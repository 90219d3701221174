//! The kinds of errors.

use crate::names;

/// What went wrong, as far as a caller would act on it.
#[derive(Debug, Clone)]
pub struct ErrorKind {
    /// Name in snake_case: `missing_scope`.
    pub name: String,
    /// What it means.
    pub about: String,
    /// The class in TypeScript.
    pub node: String,
    /// The class in Python.
    pub python: String,
    /// The kind whose class is the parent of this one's.
    pub under: Option<String>,
    /// An exception of Python's that the class is as well.
    pub python_also: Option<String>,
}

/// A kind as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    about: String,
    node: Option<String>,
    python: Option<String>,
    under: Option<String>,
    python_also: Option<String>,
}

impl ErrorKind {
    pub(crate) fn of(name: String, raw: Raw) -> Self {
        let class = names::pascal(&name);
        Self {
            about: raw.about,
            node: raw.node.unwrap_or_else(|| format!("{class}Exception")),
            python: raw.python.unwrap_or_else(|| format!("{class}Error")),
            under: raw.under,
            python_also: raw.python_also,
            name,
        }
    }
}
