//! A plan as people read it.

use std::fmt;

use polywrite::one_line;
use serde_json::Value;

use crate::{
    compare::{Described, Fields},
    file::goes_without_saying,
};

use super::{Action, Plan, Step, Thing};

/// One line: `+ make   column main.films.year: type "integer", min 1888`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.action {
            Action::Make => '+',
            Action::Change => '~',
            Action::Remake => '!',
            Action::Drop => '-',
            Action::Await => '.',
        };
        write!(f, "{sign} {:6} {} {}", self.action.verb(), self.target.noun(), self.target)?;
        let mut details: Vec<String> = match (&self.action, &self.wanted) {
            (Action::Make, Some(wanted)) => described(wanted),
            _ => self
                .changes
                .iter()
                .map(|change| format!("{} {} -> {}", change.field, change.from, change.to))
                .collect(),
        };
        details.extend(Some(self.reason.clone()).filter(|reason| !reason.is_empty()));
        if !details.is_empty() {
            write!(f, ": {}", details.join(", "))?;
        }
        if self.destroys { f.write_str(" (its data is lost)") } else { Ok(()) }
    }
}

/// Its steps, a line each, what stays as it is, and hints.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            writeln!(f, "{step}")?;
        }
        for target in &self.unnamed {
            writeln!(f, "  {} {target} is not in the schema and stays as it is", target.noun())?;
        }
        for hint in &self.hints {
            writeln!(f, "  hint: {}", one_line(hint.clone()))?;
        }
        Ok(())
    }
}

/// What a file would say of something.
fn described(thing: &Thing) -> Vec<String> {
    let (id, fields): (&str, Fields) = match thing {
        Thing::Database(it) => (&it.id, it.fields()),
        Thing::Table(it) => (&it.id, it.fields()),
        Thing::Column(it) => (&it.key, it.fields()),
        Thing::Index(it) => (&it.key, it.fields()),
        Thing::Bucket(it) => (&it.id, it.fields()),
        Thing::Team(it) => (&it.id, it.fields()),
    };
    let mut said: Vec<(&String, &Value)> =
        fields.iter().filter(|(name, value)| !goes_without_saying(id, name, value)).collect();
    // The kind first, the rest by name.
    said.sort_by_key(|(name, _)| (*name != "type", *name));
    said.into_iter().map(|(name, value)| format!("{name} {value}")).collect()
}
