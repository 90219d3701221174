//! Free-form objects.

use crate::decode::{Object, nothing};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A free-form object. PHP writes an empty one as an empty list, so the server may send `[]`.
pub struct ObjectOrNothing(pub Object);

impl<'de> Deserialize<'de> for ObjectOrNothing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either).map(Self)
    }
}

struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Object;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut object = Object::new();
        while let Some((key, value)) = map.next_entry()? {
            object.insert(key, value);
        }
        Ok(object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Object, A::Error> {
        nothing(items, &self)?;
        Ok(Object::new())
    }
}
