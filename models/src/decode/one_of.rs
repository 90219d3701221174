//! Decoding unions, by the fields that distinguish their models.

use serde_json::Value;

/// A field and the value that it must have; `None`: it must only be present.
pub type Condition = (&'static str, Option<&'static str>);

/// Whether all conditions of any alternative hold.
pub fn holds(response: &Value, alternatives: &[&[Condition]]) -> bool {
    let met = |(field, wanted): &Condition| match (response.get(field), wanted) {
        (Some(Value::String(there)), Some(wanted)) => there == wanted,
        (found, None) => found.is_some(),
        _ => false,
    };
    alternatives.iter().any(|conditions| conditions.iter().all(met))
}

/// One of several models, distinguished by fields of the response.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$meaning:meta])* $member:ident($model:ty) when $when:expr,)* }
    ) => {
        $(#[$about])*
        #[derive(Clone)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "its models are alike; a box each would only cost the reader")]
        pub enum $name {
            $($(#[$meaning])* $member($model),)*
            /// A model that this version does not know, as JSON. It may contain secrets, so `Debug` shows only the names of
            /// its fields.
            Unknown($crate::serde_json::Value),
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$member(model) => {
                        formatter.debug_tuple(stringify!($member)).field(model).finish()
                    })*
                    Self::Unknown(value) => $crate::decode::show_unknown(formatter, value),
                }
            }
        }

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown($crate::serde_json::Value::Null)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$member(model) => model.serialize(serializer),)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }

        impl<'de> $crate::decode::Lenient<'de> for $name {
            #[inline]
            fn lenient<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::serde::Deserialize::deserialize(deserializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::serde_json::Value::deserialize(deserializer)?;
                $(
                    const { let _: &[&[$crate::decode::Condition]] = $when; }
                    if $crate::decode::holds(&value, $when) {
                        return <$model>::deserialize(value).map(Self::$member).map_err($crate::serde::de::Error::custom);
                    }
                )*
                Ok(Self::Unknown(value))
            }
        }
    };
}
