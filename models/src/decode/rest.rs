//! User data among the fields of a model, decoded in the same pass.

use crate::decode::{Key, Text};
use serde::Serialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde::ser::{Error as _, SerializeMap};
use serde_json::Value;

/// Writes user data among the fields of a model.
pub(crate) fn write_rest<M: SerializeMap>(data: &impl Serialize, map: &mut M) -> Result<(), M::Error> {
    match serde_json::to_value(data).map_err(M::Error::custom)? {
        Value::Null => Ok(()),
        Value::Object(entries) => entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value)),
        _ => Err(M::Error::custom("user data must be an object")),
    }
}

/// An object without the fields that `read` decodes for the model.
///
/// Serde's `flatten` would do the same by keeping a copy of everything first.
pub struct Rest<'a, 'de, A, F> {
    map: &'a mut A,
    read: &'a mut F,
    /// The key whose value comes next, for errors.
    key: Option<Text<'de>>,
}

impl<'a, 'de, A, F> Rest<'a, 'de, A, F>
where
    A: MapAccess<'de>,
    F: FnMut(&str, &mut A) -> Result<bool, A::Error>,
{
    /// Decodes the data, and passes the model's own fields to `read`.
    pub fn read<T: Deserialize<'de>>(map: &'a mut A, read: &'a mut F) -> Result<T, A::Error> {
        let mut rest = Rest { map, read, key: None };
        let data = T::deserialize(&mut rest)?;
        // Some types, such as (), read no key; the model's fields must be decoded nevertheless.
        while rest.next_foreign()?.is_some() {
            rest.map.next_value::<IgnoredAny>()?;
        }
        Ok(data)
    }

    /// The next key that is not the model's.
    fn next_foreign(&mut self) -> Result<Option<Text<'de>>, A::Error> {
        while let Some(key) = self.map.next_key_seed(Key)? {
            if !(self.read)(&key, self.map)? {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }
}

impl<'de, A, F> MapAccess<'de> for &mut Rest<'_, 'de, A, F>
where
    A: MapAccess<'de>,
    F: FnMut(&str, &mut A) -> Result<bool, A::Error>,
{
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(key) = self.next_foreign()? else { return Ok(None) };
        let read = match key.borrowed() {
            Some(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            None => seed.deserialize(StrDeserializer::new(&key)),
        };
        self.key = Some(key);
        read.map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        let Rest { map, key, .. } = &mut **self;
        map.next_value_seed(seed).map_err(|problem| {
            let key = key.as_deref().unwrap_or_default();
            A::Error::custom(format_args!("the column `{key}`: {problem}"))
        })
    }
}

impl<'de, A, F> Deserializer<'de> for &mut Rest<'_, 'de, A, F>
where
    A: MapAccess<'de>,
    F: FnMut(&str, &mut A) -> Result<bool, A::Error>,
{
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}
