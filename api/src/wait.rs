//! What takes time on the server.

use indexmap::IndexMap;

/// Something that a program can wait for.
#[derive(Debug, Clone)]
pub struct Wait {
    /// `tablesDB.waitForColumn`, unique among waits and methods.
    pub id: String,
    /// The service that it belongs to.
    pub service: String,
    /// `waitForColumn`
    pub name: String,
    /// What it does, one sentence.
    pub about: String,
    /// The method of the same service that reads the resource.
    pub read: String,
    /// Lists in its response whose items have the status; empty where the resource has it itself.
    pub parts: Vec<String>,
    /// The name of the meaning of its statuses.
    pub statuses: String,
}

/// What the statuses of a kind of resource mean.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// The field with the status.
    pub field: String,
    /// Waiting is over; an empty text is a response without the field.
    pub done: Vec<String>,
    /// It has failed.
    pub failed: Vec<String>,
    /// It is under way, as is every value that is not listed.
    pub going: Vec<String>,
    /// The field that says why it failed.
    pub reason: Option<String>,
    /// The name of the pace at which it is read.
    pub pace: String,
}

/// How often a resource is read, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// The longest pause, in milliseconds.
    pub longest_pause: u64,
    /// How long to wait unless the caller says otherwise, in milliseconds.
    pub timeout: u64,
}

/// All that can be waited for, and how.
#[derive(Debug, Clone, Default)]
pub struct Waits {
    /// The first pause, in milliseconds.
    pub first_pause: u64,
    /// Waits by ID, sorted.
    pub all: IndexMap<String, Wait>,
    /// Meanings of statuses by name, sorted.
    pub statuses: IndexMap<String, Statuses>,
    /// Paces by name, sorted.
    pub paces: IndexMap<String, Pace>,
    /// Statuses that nothing waits for, as `Model.field`, and why; sorted.
    pub left_out: IndexMap<String, String>,
}

impl Waits {
    /// What the statuses of a wait mean, and the pace at which it reads; none only for names that do not exist.
    pub fn meaning_of(&self, wait: &Wait) -> Option<(&Statuses, &Pace)> {
        let statuses = self.statuses.get(&wait.statuses)?;
        Some((statuses, self.paces.get(&statuses.pace)?))
    }
}

/// `waits.toml` as it is written.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    pub(crate) first_pause: u64,
    #[serde(default)]
    pub(crate) paces: IndexMap<String, Pace>,
    #[serde(default)]
    pub(crate) statuses: IndexMap<String, Statuses>,
    #[serde(default)]
    pub(crate) waits: IndexMap<String, RawWait>,
    #[serde(default)]
    pub(crate) left_out: IndexMap<String, String>,
}

/// A wait as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawWait {
    pub(crate) about: String,
    pub(crate) read: String,
    pub(crate) statuses: String,
    #[serde(default)]
    pub(crate) parts: Vec<String>,
}
