//! Values as servers of different versions write them: a number for a text, a text for a number. What is tolerated is one
//! rule in all languages; docs/errors.md has it.

use crate::decode::{Object, ObjectOrNothing};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, SeqAccess, Unexpected, Visitor};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;

/// A value that is decoded leniently.
pub trait Lenient<'de>: Sized {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Decodes a value; `None` for null.
pub struct Present<T>(PhantomData<T>);

impl<T> Present<T> {
    #[expect(clippy::new_without_default, reason = "the macros alone make one")]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Lenient<'de>> DeserializeSeed<'de> for Present<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Lenient<'de>> Visitor<'de> for Present<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::lenient(deserializer).map(Some)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Option<T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient(deserializer).map(Some)
    }
}

impl<'de> Lenient<'de> for Object {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ObjectOrNothing::deserialize(deserializer).map(|object| object.0)
    }
}

/// A value of any kind is as it was sent.
impl<'de> Lenient<'de> for Value {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Vec<T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(List(PhantomData))
    }
}

struct List<T>(PhantomData<T>);

impl<'de, T: Lenient<'de>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Item(PhantomData))? {
            list.push(item);
        }
        Ok(list)
    }
}

struct Item<T>(PhantomData<T>);

impl<'de, T: Lenient<'de>> DeserializeSeed<'de> for Item<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::lenient(deserializer)
    }
}

/// A scalar: the name of its visitor, what its errors expect, and how it reads other scalars.
macro_rules! scalar {
    ($kind:ty, $visitor:ident, $wanted:literal: $($visit:ident($value:ident: $given:ty) => $read:expr,)*) => {
        struct $visitor;

        impl<'de> Lenient<'de> for $kind {
            fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any($visitor)
            }
        }

        impl Visitor<'_> for $visitor {
            type Value = $kind;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str($wanted)
            }

            $(
                fn $visit<E: Error>(self, $value: $given) -> Result<$kind, E> {
                    let read: Option<$kind> = $read;
                    read.ok_or_else(|| E::invalid_type($value.unexpected(), &self))
                }
            )*
        }
    };
}

scalar! { String, Text, "a text":
    visit_str(value: &str) => Some(value.to_owned()),
    visit_bool(value: bool) => Some(value.to_string()),
    visit_i64(value: i64) => Some(value.to_string()),
    visit_u64(value: u64) => Some(value.to_string()),
    visit_f64(value: f64) => Some(format!("{value:?}")),
}

scalar! { i64, Integer, "a whole number":
    visit_str(value: &str) => value.parse().ok().or_else(|| whole(value.parse().ok()?)),
    visit_i64(value: i64) => Some(value),
    visit_u64(value: u64) => value.try_into().ok(),
    visit_f64(value: f64) => whole(value),
}

scalar! { f64, Float, "a number":
    visit_str(value: &str) => value.parse().ok().filter(|value: &f64| value.is_finite()),
    visit_i64(value: i64) => Some(value as f64),
    visit_u64(value: u64) => Some(value as f64),
    visit_f64(value: f64) => Some(value),
}

scalar! { bool, Boolean, "true or false":
    visit_str(value: &str) => match value {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    },
    visit_bool(value: bool) => Some(value),
    visit_i64(value: i64) => (value == 0).then_some(false),
    visit_u64(value: u64) => match value {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    },
}

/// The name of a value in serde's errors.
trait Found {
    fn unexpected(&self) -> Unexpected<'_>;
}

impl Found for &str {
    fn unexpected(&self) -> Unexpected<'_> {
        Unexpected::Str(self)
    }
}

impl Found for bool {
    fn unexpected(&self) -> Unexpected<'_> {
        Unexpected::Bool(*self)
    }
}

impl Found for i64 {
    fn unexpected(&self) -> Unexpected<'_> {
        Unexpected::Signed(*self)
    }
}

impl Found for u64 {
    fn unexpected(&self) -> Unexpected<'_> {
        Unexpected::Unsigned(*self)
    }
}

impl Found for f64 {
    fn unexpected(&self) -> Unexpected<'_> {
        Unexpected::Float(*self)
    }
}

/// The integer of a float without a fraction: `2.0`, `1e3`.
fn whole(value: f64) -> Option<i64> {
    // Beyond this, floats skip integers.
    let is_whole = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_991.0;
    #[expect(clippy::cast_possible_truncation, reason = "just checked")]
    is_whole.then_some(value as i64)
}
