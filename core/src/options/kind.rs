//! What is known of each option.

/// One of the options of a call, as languages that pass options by name need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CallOption {
    /// The name in camel case, as in JSON.
    pub name: &'static str,
    /// The name in snake case.
    pub field: &'static str,
    /// What its values are.
    pub kind: OptionKind,
}

/// What the values of an option are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OptionKind {
    /// A duration, more than 0; milliseconds in JSON.
    Time,
    /// A whole number, more than 0.
    Count,
    /// A whole number, 0 or more.
    Attempts,
    /// Text.
    Text,
    /// A part of a file.
    Range,
}

impl OptionKind {
    pub(super) fn wanted(self) -> &'static str {
        match self {
            Self::Time => "a duration, more than 0",
            Self::Count => "a whole number, more than 0",
            Self::Attempts => "a whole number, 0 or more",
            Self::Text => "text",
            Self::Range => "a first and a last byte, such as `0-1023`, or `1024-`",
        }
    }
}
