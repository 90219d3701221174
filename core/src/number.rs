//! A number argument that keeps integers and floats apart.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::Error;

/// A number given to a helper: an integer stays an integer on the wire, a float stays a float.
///
/// Made with `into()` from any of Rust's number types up to 64 bit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer of up to 64 bits with sign.
    Integer(i64),
    /// An integer above `i64::MAX`.
    Unsigned(u64),
    /// A float; JSON cannot express infinities and NaN.
    Float(f64),
}

impl Number {
    /// Whether JSON can express it: all integers, and floats that are neither infinite nor NaN.
    pub fn is_finite(self) -> bool {
        match self {
            Number::Float(value) => value.is_finite(),
            _ => true,
        }
    }

    pub(crate) fn is_zero(self) -> bool {
        match self {
            Number::Integer(value) => value == 0,
            Number::Unsigned(value) => value == 0,
            Number::Float(value) => value == 0.0,
        }
    }
}

/// Refuses infinities and NaN, where there is a number.
pub(crate) fn finite(place: &str, name: &str, number: impl Into<Option<Number>>) -> Result<(), Error> {
    check(number.into().is_none_or(Number::is_finite), place, name, "must not be infinite or NaN")
}

/// Refuses zero.
pub(crate) fn nonzero(place: &str, name: &str, number: Number) -> Result<(), Error> {
    check(!number.is_zero(), place, name, "must not be 0")
}

/// Refuses zero, where numbers count from 1.
pub(crate) fn at_least_1(place: &str, name: &str, number: u64) -> Result<(), Error> {
    check(number > 0, place, name, "must be 1 or more")
}

/// How many come before a page.
pub(crate) fn before(place: &str, page: u64, size: u64) -> Result<u64, Error> {
    (page - 1)
        .checked_mul(size)
        .ok_or_else(|| Error::argument(format!("{place}: the offset is out of range")))
}

fn check(fits: bool, place: &str, name: &str, rule: &str) -> Result<(), Error> {
    if fits { Ok(()) } else { Err(Error::argument(format!("{place}: `{name}` {rule}"))) }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Number::Integer(value) => serializer.serialize_i64(value),
            Number::Unsigned(value) => serializer.serialize_u64(value),
            Number::Float(value) => serializer.serialize_f64(value),
        }
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        match number {
            Number::Integer(value) => value.into(),
            Number::Unsigned(value) => value.into(),
            Number::Float(value) => value.into(),
        }
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        i64::try_from(value).map_or(Number::Unsigned(value), Number::Integer)
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        (value as u64).into()
    }
}

impl From<isize> for Number {
    fn from(value: isize) -> Self {
        Number::Integer(value as i64)
    }
}

macro_rules! lossless {
    ($variant:ident: $($kind:ty),*) => {
        $(impl From<$kind> for Number {
            fn from(value: $kind) -> Self {
                Number::$variant(value.into())
            }
        })*
    };
}

lossless!(Integer: i8, i16, i32, i64, u8, u16, u32);
lossless!(Float: f32, f64);
