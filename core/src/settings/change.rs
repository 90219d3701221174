//! A change of one setting, and how JSON says the values of settings and options.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::secret::Secret;

/// What a patch does to one setting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Leave it as it is: the key is absent in JSON.
    #[default]
    Keep,
    /// Set it back to its default: `null` in JSON.
    Reset,
    /// Set it.
    To(T),
}

impl Change<String> {
    pub(super) fn map(&self, shown: impl FnOnce(&str) -> String) -> Self {
        match self {
            Change::To(value) => Change::To(shown(value)),
            other => other.clone(),
        }
    }
}

impl Change<String> {
    pub(super) fn to_secret(&self) -> Change<Secret> {
        match self {
            Change::Keep => Change::Keep,
            Change::Reset => Change::Reset,
            Change::To(value) => Change::To(value.clone().into()),
        }
    }
}

impl<T: fmt::Debug + PartialEq> Change<T> {
    /// Shows the change, if it is one.
    pub(super) fn show(&self, name: &str, shown: &mut fmt::DebugStruct<'_, '_>) {
        if *self != Change::Keep {
            shown.field(name, self);
        }
    }
}

impl<T: Default + PartialEq> Change<T> {
    /// Whether it asks for something: not for `false` or an empty text.
    pub(super) fn is_something(&self) -> bool {
        matches!(self, Change::To(value) if *value != T::default())
    }
}

impl<T> From<T> for Change<T> {
    fn from(value: T) -> Self {
        Change::To(value)
    }
}

impl<T> From<Option<T>> for Change<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Change::Reset, Change::To)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// What a duration must be.
pub(super) const DURATION: &str = "a duration, 0 or more";

/// What a count must be.
pub(super) const COUNT: &str = "a whole number, 0 or more";

/// Reads an optional number of milliseconds.
pub(crate) fn millis<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let wanted = || D::Error::custom(format_args!("expected {DURATION}"));
    let millis = Option::<f64>::deserialize(deserializer).map_err(|_| wanted())?;
    millis.map(|millis| Duration::try_from_secs_f64(millis / 1000.0)).transpose().map_err(|_| wanted())
}

/// Reads a change of a duration in milliseconds.
pub(crate) fn change_millis<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Change<Duration>, D::Error> {
    millis(deserializer).map(Change::from)
}

/// Reads an optional count. A language's largest integer, which says "without end", may be larger than ours.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let count = Option::<u64>::deserialize(deserializer);
    let count = count.map_err(|_| D::Error::custom(format_args!("expected {COUNT}")))?;
    Ok(count.map(|count| u32::try_from(count).unwrap_or(u32::MAX)))
}

/// Reads a change of a count.
pub(crate) fn change_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Change<u32>, D::Error> {
    count(deserializer).map(Change::from)
}

/// Reads headers from an object.
pub(crate) fn headers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, String)>, D::Error> {
    Ok(BTreeMap::deserialize(deserializer)?.into_iter().collect())
}
