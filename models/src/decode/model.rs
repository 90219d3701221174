//! Decoding models, written once.
//!
//! A model is decoded in one pass over its keys. The code is generic, so a program compiles only the models that it uses.
//! A model is encoded as the server writes it, so that it can be stored as JSON and decoded again.

/// A model: fields with their wire names, and defaults.
///
/// `as object` decodes a free-form object, `as data` user data in a type of the program's. `or nothing` makes the default a
/// model whose fields are all missing, `or <expression>` a value; without, it is the type's default. `rest` after the fields
/// is for all other members: user data. `but hidden` comes last and hides a field's value from `Debug`.
///
/// Models without user data are decoded in place. User data has no default, so models with it are built at the end.
#[doc(hidden)]
#[macro_export]
macro_rules! model {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$meaning:meta])* pub $field:ident: $kind:ty = $wire:literal $(as $how:ident)? $(or $absent:tt)? $(but $shown:ident)?,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone)]
        pub struct $name {
            $($(#[$meaning])* pub $field: $kind,)*
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let fields: &[(&'static str, &dyn ::std::fmt::Debug)] =
                    &[$((stringify!($field), $crate::model!(@shown self.$field $(, $shown)?)),)*];
                $crate::decode::show(formatter, stringify!($name), fields)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::decode::Writing::begin(serializer)$(.field($wire, &self.$field))*.end()
            }
        }

        impl $crate::decode::Fields for $name {
            const NAME: &'static str = stringify!($name);

            #[inline]
            fn absent() -> Self {
                Self { $($field: $crate::model!(@usual $($absent)?),)* }
            }

            fn read<'de, A: $crate::serde::de::MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
                let read = match key {
                    $($wire => $crate::model!(@read map, self.$field $(, $how)?),)*
                    _ => return Ok(false),
                };
                read.map(|()| true)
            }
        }

        impl<'de> $crate::decode::Lenient<'de> for $name {
            #[inline]
            fn lenient<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::decode::fields(deserializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::decode::fields(deserializer)
            }
        }
    };
    (
        $(#[$about:meta])*
        pub struct $name:ident $(<$data:ident>)? {
            $($(#[$meaning:meta])* pub $field:ident: $kind:ty = $wire:literal $(as $how:ident)? $(or $absent:tt)? $(but $shown:ident)?,)*
        }
        $(rest { $(#[$rest_meaning:meta])* pub $rest:ident: $rest_kind:ty })?
    ) => {
        $(#[$about])*
        #[derive(Clone)]
        pub struct $name $(<$data = $crate::decode::Object>)? {
            $($(#[$meaning])* pub $field: $kind,)*
            $($(#[$rest_meaning])* pub $rest: $rest_kind,)?
        }

        impl $(<$data: ::std::fmt::Debug>)? ::std::fmt::Debug for $name $(<$data>)? {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let fields: &[(&'static str, &dyn ::std::fmt::Debug)] = &[
                    $((stringify!($field), $crate::model!(@shown self.$field $(, $shown)?)),)*
                    $((stringify!($rest), &self.$rest),)?
                ];
                $crate::decode::show(formatter, stringify!($name), fields)
            }
        }

        impl $(<$data: $crate::serde::Serialize>)? $crate::serde::Serialize for $name $(<$data>)? {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::decode::Writing::begin(serializer)$(.field($wire, &self.$field))*$(.rest(&self.$rest))?.end()
            }
        }

        $(
            impl<$data, Other> $crate::decode::Typed<Other> for $name<$data> {
                type Model = $name<Other>;
            }
        )?

        impl<'de $(, $data: $crate::serde::Deserialize<'de>)?> $crate::decode::Lenient<'de> for $name $(<$data>)? {
            #[inline]
            fn lenient<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::serde::Deserialize::deserialize(deserializer)
            }
        }

        impl<'de $(, $data: $crate::serde::Deserialize<'de>)?> $crate::serde::Deserialize<'de> for $name $(<$data>)? {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields $(<$data>(::std::marker::PhantomData<$data>))?;

                impl<'de $(, $data: $crate::serde::Deserialize<'de>)?> $crate::serde::de::Visitor<'de> for Fields $(<$data>)? {
                    type Value = $name $(<$data>)?;

                    fn expecting(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        formatter.write_str(concat!("an object, ", stringify!($name)))
                    }

                    fn visit_map<A: $crate::serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                        $(let mut $field: Option<$kind> = None;)*
                        // Null counts as missing, so each value is decoded as an option.
                        let mut read = |key: &str, map: &mut A| -> Result<bool, A::Error> {
                            match key {
                                $($wire => $field = $crate::model!(@value map $(, $how)?),)*
                                _ => return Ok(false),
                            }
                            Ok(true)
                        };
                        $crate::model!(@walk map, read $(, $rest: $rest_kind)?);
                        Ok($name {
                            $($field: match $field {
                                Some(value) => value,
                                None => $crate::model!(@absent $($absent)?),
                            },)*
                            $($rest,)?
                        })
                    }

                    fn visit_seq<A: $crate::serde::de::SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
                        $crate::decode::nothing(items, &self)?;
                        $crate::decode::from_nothing()
                    }
                }

                deserializer.deserialize_any(Fields $((::std::marker::PhantomData::<$data>))?)
            }
        }
    };
    (@walk $map:ident, $read:ident) => {
        while let Some(key) = $map.next_key_seed($crate::decode::Key)? {
            if !$read(&key, &mut $map)? {
                $map.next_value::<$crate::serde::de::IgnoredAny>()?;
            }
        }
    };
    (@walk $map:ident, $read:ident, $rest:ident: $rest_kind:ty) => {
        let $rest: $rest_kind = $crate::decode::Rest::read(&mut $map, &mut $read)?;
    };
    (@value $map:ident) => { $map.next_value_seed($crate::decode::Present::new())? };
    (@value $map:ident, data) => { $map.next_value_seed($crate::decode::Data::new())? };
    (@value $map:ident, object) => {
        $map.next_value::<Option<$crate::decode::ObjectOrNothing>>()?.map(|object| object.0.into())
    };
    (@read $map:ident, $self:ident.$field:ident) => { $crate::decode::value($map, &mut $self.$field) };
    (@read $map:ident, $self:ident.$field:ident, object) => { $crate::decode::object($map, &mut $self.$field) };
    (@shown $self:ident.$field:ident) => { &$self.$field };
    (@shown $self:ident.$field:ident, hidden) => { &$crate::decode::Hidden(&$self.$field) };
    (@usual) => { Default::default() };
    (@usual nothing) => { $crate::decode::Fields::absent() };
    (@usual $value:tt) => { $value.into() };
    (@absent) => { Default::default() };
    (@absent nothing) => { $crate::decode::from_nothing()? };
    (@absent $value:tt) => { $value.into() };
}
