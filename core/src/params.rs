//! The arguments of a call, as raw JSON under their wire names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::lossless::{self, to_raw_value};

/// Up to so many names are compared one by one; more are looked up in a map, because a stranger may have written thousands.
const FEW: usize = 16;

/// The arguments of a call: wire name to JSON value, in the order given.
///
/// Values keep the text that they were given as, so 64-bit integers are exact. `null` is a value: it is not the same as an
/// absent argument.
#[derive(Clone, Default)]
pub struct Params {
    entries: Vec<Entry>,
    failure: Option<String>,
}

#[derive(Clone)]
struct Entry {
    name: Cow<'static, str>,
    value: Box<RawValue>,
}

impl Params {
    /// No arguments.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a JSON object whose keys are wire names; of a repeated key the last value counts.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when the text is not a JSON object.
    pub fn from_json(text: &str) -> Result<Self> {
        serde_json::from_str(text)
            .map_err(|cause| Error::argument(format!("the parameters are not a JSON object: {cause}")))
    }

    /// Sets an argument. A value that cannot be JSON makes the call fail before anything is sent.
    pub fn set(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: &(impl Serialize + ?Sized),
    ) -> &mut Self {
        let name = name.into();
        match to_raw_value(value) {
            Ok(value) => self.insert(name, value),
            Err(refusal) => {
                self.failure.get_or_insert_with(|| refusal.of(&name));
            }
        }
        self
    }

    /// Sets an argument to JSON text that is already written.
    pub fn set_raw(&mut self, name: impl Into<Cow<'static, str>>, value: Box<RawValue>) -> &mut Self {
        self.insert(name.into(), value);
        self
    }

    /// Sets an argument, for chains.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: &(impl Serialize + ?Sized)) -> Self {
        self.set(name, value);
        self
    }

    /// The JSON value of an argument.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| &*entry.value)
    }

    /// Removes an argument and returns it.
    pub fn remove(&mut self, name: &str) -> Option<Box<RawValue>> {
        let index = self.entries.iter().position(|entry| entry.name == name)?;
        Some(self.entries.remove(index).value)
    }

    /// The arguments in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.entries.iter().map(|entry| (&*entry.name, &*entry.value))
    }

    /// Whether there are no arguments.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Why an argument could not be set: a call with these arguments fails before anything is sent.
    pub fn refusal(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Refuses values that could not be set, and values that the server would read differently.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(failure) = &self.failure {
            return Err(Error::argument(failure));
        }
        for (name, value) in self.iter() {
            let checked = lossless::check(value.get());
            checked.map_err(|refusal| Error::argument(refusal.of(name)))?;
        }
        Ok(())
    }

    fn insert(&mut self, name: Cow<'static, str>, value: Box<RawValue>) {
        let place = self.entries.iter().position(|entry| entry.name == name);
        self.insert_at(place, name, value);
    }

    /// Sets the argument at a place, or a new one.
    fn insert_at(&mut self, place: Option<usize>, name: Cow<'static, str>, value: Box<RawValue>) {
        match place {
            Some(place) => self.entries[place].value = value,
            None => self.entries.push(Entry { name, value }),
        }
    }
}

/// Does not show values: passwords and secrets are arguments too.
impl fmt::Debug for Params {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.entries.iter().map(|entry| &entry.name)).finish()
    }
}

impl<'de> Deserialize<'de> for Params {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Params;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of parameters")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Params, A::Error> {
                let mut params = Params::new();
                let mut places = HashMap::new();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    let name = Cow::from(name);
                    if params.entries.len() <= FEW {
                        params.insert(name, value);
                        continue;
                    }
                    if places.is_empty() {
                        let known = params.entries.iter().enumerate();
                        places.extend(known.map(|(place, entry)| (entry.name.clone(), place)));
                    }
                    let place = places.get(&name).copied();
                    places.entry(name.clone()).or_insert(params.entries.len());
                    params.insert_at(place, name, value);
                }
                Ok(params)
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_as_written() {
        let params = Params::from_json(r#"{"id": 9223372036854775807, "score": 1.10}"#).unwrap();
        assert_eq!(params.get("id").unwrap().get(), "9223372036854775807");
        assert_eq!(params.get("score").unwrap().get(), "1.10");
    }

    #[test]
    fn null_is_not_absent() {
        let params = Params::from_json(r#"{"default": null}"#).unwrap();
        assert_eq!(params.get("default").unwrap().get(), "null");
        assert!(params.get("other").is_none());
    }

    #[test]
    fn of_a_repeated_name_the_last_value_counts_however_many_there_are() {
        let names = || (0..100).map(|number| format!("n{number}"));
        let twice = names().chain(names()).enumerate().map(|(place, name)| format!("\"{name}\":{place}"));
        let params = Params::from_json(&format!("{{{}}}", twice.collect::<Vec<_>>().join(","))).unwrap();
        let found: Vec<_> =
            params.iter().map(|(name, value)| (name.to_owned(), value.get().to_owned())).collect();
        let expected = names().enumerate().map(|(place, name)| (name, (place + 100).to_string()));
        assert_eq!(found, expected.collect::<Vec<_>>());
    }

    #[test]
    fn debug_hides_values() {
        let params = Params::new().with("password", "hunter2");
        assert_eq!(format!("{params:?}"), r#"{"password"}"#);
    }
}
