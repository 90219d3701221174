//! A model that is missing where it should be, and what PHP writes for an empty one.

use serde::Deserialize;
use serde::de::value::MapDeserializer;
use serde::de::{Error, Expected, IgnoredAny, SeqAccess, Unexpected};

/// Reads a model from an empty object: all of its fields get their usual values.
pub(crate) fn from_nothing<'de, T: Deserialize<'de>, E: Error>() -> Result<T, E> {
    T::deserialize(MapDeserializer::<_, E>::new(std::iter::empty::<(&str, &str)>()))
}

/// Takes an empty list for an empty object: PHP does not know one from the other.
pub(crate) fn nothing<'de, A: SeqAccess<'de>>(mut items: A, expected: &dyn Expected) -> Result<(), A::Error> {
    match items.next_element::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, expected)),
    }
}
