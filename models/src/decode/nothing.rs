//! A model that is missing where it should be.

use serde::Deserialize;
use serde::de::Error;
use serde::de::value::MapDeserializer;

/// Reads a model from an empty object: all of its fields get their usual values.
pub(crate) fn from_nothing<'de, T: Deserialize<'de>, E: Error>() -> Result<T, E> {
    T::deserialize(MapDeserializer::<_, E>::new(std::iter::empty::<(&str, &str)>()))
}
