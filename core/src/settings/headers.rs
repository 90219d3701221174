//! Settings that travel as headers.

use std::fmt;

use http::header::{HeaderMap, HeaderName};

use super::generated::{ClientConfig, Credential, HEADER_COUNT, HEADER_SETTINGS};
use super::header::header_value;
use crate::error::Result;
use crate::secret::Secret;

const PROJECT: usize = place_of("project");
const ORGANIZATION: usize = place_of("organization");

/// The place of a setting in the table; compiling fails for one that is not there.
const fn place_of(name: &str) -> usize {
    let mut place = 0;
    while !is_same(HEADER_SETTINGS[place].name.as_bytes(), name.as_bytes()) {
        place += 1;
    }
    place
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut place = 0;
    while place < one.len() {
        if one[place] != other[place] {
            return false;
        }
        place += 1;
    }
    true
}

/// What is set, in the order of the table.
#[derive(Clone, Default)]
pub(crate) struct HeaderValues([Option<Secret>; HEADER_COUNT]);

impl HeaderValues {
    /// The project's ID.
    pub(crate) fn project(&self) -> Option<&str> {
        self.0[PROJECT].as_ref().map(Secret::expose)
    }

    /// The organization's ID.
    pub(crate) fn organization(&self) -> Option<&str> {
        self.0[ORGANIZATION].as_ref().map(Secret::expose)
    }

    /// The API key.
    #[cfg(test)]
    pub(crate) fn key(&self) -> Option<&Secret> {
        self.0[const { place_of("key") }].as_ref()
    }

    /// The session's secret.
    #[cfg(test)]
    pub(crate) fn session(&self) -> Option<&Secret> {
        self.0[const { place_of("session") }].as_ref()
    }

    /// Applies a patch; an empty value means none.
    pub(super) fn apply(&mut self, config: &ClientConfig) {
        for (value, change) in self.0.iter_mut().zip(config.header_changes()) {
            change.apply_secret(value);
        }
    }

    /// These values with this credential and no other.
    pub(super) fn with_only(&self, credential: Credential) -> Self {
        let mut values = self.clone();
        for (value, setting) in values.0.iter_mut().zip(&HEADER_SETTINGS) {
            if setting.credential {
                *value = None;
            }
        }
        let Some((name, secret)) = credential.setting() else { return values };
        if let Some(place) = HEADER_SETTINGS.iter().position(|setting| setting.name == name) {
            values.0[place] = usable(secret);
        }
        values
    }

    /// Writes the headers.
    ///
    /// # Errors
    /// `Configuration` for a value that no header can have.
    pub(super) fn write(&self, headers: &mut HeaderMap) -> Result<()> {
        for (value, setting) in self.0.iter().zip(&HEADER_SETTINGS) {
            let Some(value) = value else { continue };
            let text = format!("{}{}", setting.prefix, value.expose());
            headers.insert(HeaderName::from_static(setting.header), header_value(setting.header, &text)?);
        }
        Ok(())
    }
}

/// A value without the line break that files and shells leave at its end; `None` when nothing is left.
pub(crate) fn usable(secret: Secret) -> Option<Secret> {
    let trimmed = secret.expose().trim();
    match trimmed.len() {
        0 => None,
        length if length == secret.expose().len() => Some(secret),
        _ => Some(Secret::from(trimmed)),
    }
}

/// Names what is set; values of credentials stay hidden.
impl fmt::Debug for HeaderValues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_map();
        for (value, setting) in self.0.iter().zip(&HEADER_SETTINGS) {
            match value {
                Some(value) if setting.credential => shown.entry(&setting.name, value),
                Some(value) => shown.entry(&setting.name, &value.expose()),
                None => continue,
            };
        }
        shown.finish()
    }
}
