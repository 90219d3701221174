//! Models without user data: all fields start with their defaults, then each is decoded in place.

use crate::decode::{Key, Lenient, Object, ObjectOrNothing, Present, nothing};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A model whose fields can be decoded one by one.
pub trait Fields: Sized {
    /// Its name in error messages.
    const NAME: &'static str;

    /// The model when every field is missing.
    fn absent() -> Self;

    /// Decodes the value of the field with this wire name; false when there is no such field.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error>;
}

/// Decodes a model, field by field, in one pass over its keys.
pub fn fields<'de, D: Deserializer<'de>, T: Fields>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(Reader(PhantomData))
}

/// Decodes a field's value in place; null leaves the default.
pub fn value<'de, A, T>(map: &mut A, field: &mut T) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: Lenient<'de>,
{
    if let Some(value) = map.next_value_seed(Present::new())? {
        *field = value;
    }
    Ok(())
}

/// As [`value`], for a free-form object.
pub fn object<'de, A, T>(map: &mut A, field: &mut T) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: From<Object>,
{
    if let Some(value) = map.next_value::<Option<ObjectOrNothing>>()? {
        *field = value.0.into();
    }
    Ok(())
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Fields> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object, {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut model = T::absent();
        while let Some(key) = map.next_key_seed(Key)? {
            if !model.read(&key, &mut map)? {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(model)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        nothing(items, &self)?;
        Ok(T::absent())
    }
}
