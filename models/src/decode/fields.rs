//! Models without user data: first all fields have their usual values, then each is read in its place.

use crate::decode::{Key, Lenient, Object, ObjectOrNothing, Present, nothing};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A model whose fields can be read one by one.
pub(crate) trait Fields: Sized {
    /// What it is called in error messages.
    const NAME: &'static str;

    /// The model as it is when every field is missing.
    fn absent() -> Self;

    /// Reads the value of the field with this wire name; false when it has no such field.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error>;
}

/// Reads a model, field by field, in one pass over its keys.
pub(crate) fn fields<'de, D: Deserializer<'de>, T: Fields>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(Reader(PhantomData))
}

/// Reads a field's value in its place; null leaves what is there.
pub(crate) fn value<'de, A, T>(map: &mut A, field: &mut T) -> Result<(), A::Error>
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
pub(crate) fn object<'de, A, T>(map: &mut A, field: &mut T) -> Result<(), A::Error>
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
