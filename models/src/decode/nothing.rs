//! A missing model, and what PHP writes for an empty one.

use serde::Deserialize;
use serde::de::value::MapDeserializer;
use serde::de::{Error, Expected, IgnoredAny, SeqAccess, Unexpected};

/// Decodes a model from an empty object: all of its fields get their defaults.
pub fn from_nothing<'de, T: Deserialize<'de>, E: Error>() -> Result<T, E> {
    T::deserialize(MapDeserializer::<_, E>::new(std::iter::empty::<(&str, &str)>()))
}

/// Decodes an empty list as an empty object: PHP writes both as `[]`.
pub fn nothing<'de, A: SeqAccess<'de>>(mut items: A, expected: &dyn Expected) -> Result<(), A::Error> {
    match items.next_element::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, expected)),
    }
}
