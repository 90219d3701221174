//! Typed values as JSON. `serde_json` writes NaN and infinities as `null`; this writer refuses them with their path.

use std::cell::RefCell;
use std::fmt::Display;

use serde::Serialize;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::value::RawValue;

use super::{DEPTH, Refusal, place, too_deep};

/// Writes a value as JSON.
///
/// # Errors
/// For infinite numbers and NaN, for what contains itself, and for what cannot be JSON.
pub(crate) fn to_raw_value(value: &(impl Serialize + ?Sized)) -> Result<Box<RawValue>, Refusal> {
    let watch = RefCell::default();
    serde_json::value::to_raw_value(&Watched { value, watch: &watch, depth: 0 }).map_err(|cause| {
        let Trouble { steps, reason } = watch.into_inner();
        let place = place::shortened(steps.into_iter().rev().collect());
        Refusal { place, reason: reason.unwrap_or_else(|| format!("cannot be written as JSON: {cause}")) }
    })
}

/// What went wrong, and the path to it from the innermost to the outermost step.
#[derive(Default)]
struct Trouble {
    steps: Vec<String>,
    reason: Option<String>,
}

type Watch = RefCell<Trouble>;

/// A value or serializer whose failures are recorded.
struct Watched<'watch, T> {
    value: T,
    watch: &'watch Watch,
    depth: usize,
}

impl<T: Serialize + ?Sized> Serialize for Watched<'_, &T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Watched { value: serializer, watch: self.watch, depth: self.depth })
    }
}

impl<'watch, S: Serializer> Watched<'watch, S> {
    fn refuse<T>(&self, reason: String) -> Result<T, S::Error> {
        self.watch.borrow_mut().reason.get_or_insert(reason);
        Err(S::Error::custom(""))
    }

    fn number(&self, value: f64) -> Result<(), S::Error> {
        match value.is_finite() {
            true => Ok(()),
            false => self.refuse(format!("is {value}, which JSON cannot write")),
        }
    }

    /// The serializer of the inside of a list or an object.
    fn inside<C>(self, begin: impl FnOnce(S) -> Result<C, S::Error>) -> Result<Inside<'watch, C>, S::Error> {
        if self.depth >= DEPTH {
            return self.refuse(too_deep());
        }
        let (watch, depth) = (self.watch, self.depth + 1);
        Ok(Inside { inner: begin(self.value)?, watch, depth, index: 0, key: String::new() })
    }
}

macro_rules! plain {
    ($($method:ident($kind:ty)),* $(,)?) => {
        $(fn $method(self, value: $kind) -> Result<S::Ok, S::Error> {
            self.value.$method(value)
        })*
    };
}

impl<'watch, S: Serializer> Serializer for Watched<'watch, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Inside<'watch, S::SerializeSeq>;
    type SerializeTuple = Inside<'watch, S::SerializeTuple>;
    type SerializeTupleStruct = Inside<'watch, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Inside<'watch, S::SerializeTupleVariant>;
    type SerializeMap = Inside<'watch, S::SerializeMap>;
    type SerializeStruct = Inside<'watch, S::SerializeStruct>;
    type SerializeStructVariant = Inside<'watch, S::SerializeStructVariant>;

    plain! {
        serialize_bool(bool), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
        serialize_i128(i128), serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64),
        serialize_u128(u128), serialize_char(char), serialize_str(&str), serialize_bytes(&[u8]),
        serialize_unit_struct(&'static str),
    }

    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        self.number(value.into())?;
        self.value.serialize_f32(value)
    }

    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        self.number(value)?;
        self.value.serialize_f64(value)
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.value.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.value.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.value.serialize_some(&Watched { value, watch: self.watch, depth: self.depth })
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.value.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.value.serialize_newtype_struct(name, &Watched { value, watch: self.watch, depth: self.depth })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let inner = Watched { value, watch: self.watch, depth: self.depth };
        let written = self.value.serialize_newtype_variant(name, index, variant, &inner);
        noted(self.watch, written, || key_step(variant))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.inside(|inner| inner.serialize_seq(length))
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.inside(|inner| inner.serialize_tuple(length))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.inside(|inner| inner.serialize_tuple_struct(name, length))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        self.inside(|inner| inner.serialize_tuple_variant(name, index, variant, length))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        self.inside(|inner| inner.serialize_map(length))
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        self.inside(|inner| inner.serialize_struct(name, length))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        self.inside(|inner| inner.serialize_struct_variant(name, index, variant, length))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.value.collect_str(value)
    }
}

/// The serializer of the inside of a list or an object, which knows its path.
struct Inside<'watch, C> {
    inner: C,
    watch: &'watch Watch,
    depth: usize,
    index: usize,
    key: String,
}

impl<'watch, C> Inside<'watch, C> {
    fn value<'value, T: ?Sized>(&self, value: &'value T) -> Watched<'watch, &'value T> {
        Watched { value, watch: self.watch, depth: self.depth }
    }

    fn element<E>(&mut self, written: Result<(), E>) -> Result<(), E> {
        let index = self.index;
        self.index += 1;
        noted(self.watch, written, || format!("[{index}]"))
    }

    fn member<E>(&self, written: Result<(), E>, key: &str) -> Result<(), E> {
        noted(self.watch, written, || key_step(key))
    }
}

/// Records the step that leads to what failed.
fn noted<T, E>(watch: &Watch, written: Result<T, E>, step: impl FnOnce() -> String) -> Result<T, E> {
    if written.is_err() {
        watch.borrow_mut().steps.push(step());
    }
    written
}

fn key_step(key: &str) -> String {
    let mut step = String::new();
    if !key.is_empty() {
        place::push_key(&mut step, key);
    }
    step
}

/// A key as text; empty for what cannot be a key.
fn key_text(key: &(impl Serialize + ?Sized)) -> String {
    match serde_json::to_value(key) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(serde_json::Value::Array(_) | serde_json::Value::Object(_)) | Err(_) => String::new(),
        Ok(other) => other.to_string(),
    }
}

macro_rules! sequence {
    ($($kind:ident $method:ident),*) => {
        $(impl<C: $kind> $kind for Inside<'_, C> {
            type Ok = C::Ok;
            type Error = C::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
                let value = self.value(value);
                let written = self.inner.$method(&value);
                self.element(written)
            }

            fn end(self) -> Result<C::Ok, C::Error> {
                self.inner.end()
            }
        })*
    };
}

macro_rules! fields {
    ($($kind:ident),*) => {
        $(impl<C: $kind> $kind for Inside<'_, C> {
            type Ok = C::Ok;
            type Error = C::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), C::Error> {
                let value = self.value(value);
                let written = self.inner.serialize_field(key, &value);
                self.member(written, key)
            }

            fn skip_field(&mut self, key: &'static str) -> Result<(), C::Error> {
                self.inner.skip_field(key)
            }

            fn end(self) -> Result<C::Ok, C::Error> {
                self.inner.end()
            }
        })*
    };
}

sequence! {
    SerializeSeq serialize_element, SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field
}
fields! { SerializeStruct, SerializeStructVariant }

impl<C: SerializeMap> SerializeMap for Inside<'_, C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), C::Error> {
        self.key = key_text(key);
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
        let value = self.value(value);
        let written = self.inner.serialize_value(&value);
        self.member(written, &self.key)
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), C::Error> {
        let value = self.value(value);
        let written = self.inner.serialize_entry(key, &value);
        noted(self.watch, written, || key_step(&key_text(key)))
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Serialize)]
    struct Film {
        title: &'static str,
        tags: Vec<BTreeMap<&'static str, f64>>,
        score: Option<f32>,
        #[serde(flatten)]
        more: BTreeMap<String, f64>,
        raw: Box<RawValue>,
    }

    fn film() -> Film {
        Film {
            title: "Arrival",
            tags: vec![BTreeMap::new(), BTreeMap::from([("price", 1.0)])],
            score: Some(0.1),
            more: BTreeMap::from([("a".to_owned(), 2.0)]),
            raw: RawValue::from_string("[1.50]".into()).unwrap(),
        }
    }

    fn refused(film: &Film) -> String {
        to_raw_value(film).unwrap_err().of("data")
    }

    #[test]
    fn what_json_can_write_is_written_as_serde_json_does() {
        let written = to_raw_value(&film()).unwrap();
        assert_eq!(written.get(), serde_json::to_string(&film()).unwrap());
        assert!(written.get().contains(r#""raw":[1.50]"#));
    }

    #[test]
    fn what_is_not_a_number_is_refused_with_its_place() {
        let mut one = film();
        one.tags[1].insert("price", f64::NAN);
        assert_eq!(refused(&one), "`data.tags[1].price` is NaN, which JSON cannot write");
        let one = Film { score: Some(f32::INFINITY), ..film() };
        assert_eq!(refused(&one), "`data.score` is inf, which JSON cannot write");
        let one = Film { more: BTreeMap::from([("b\n`".to_owned(), f64::NEG_INFINITY)]), ..film() };
        assert_eq!(refused(&one), "`data.b\\u{a}\\u{60}` is -inf, which JSON cannot write");
    }

    #[test]
    fn what_cannot_be_json_is_refused_with_its_place() {
        let value = [(1, BTreeMap::from([(vec![1], 2)]))];
        let refusal = to_raw_value(&value).unwrap_err().of("data");
        assert!(refusal.starts_with("`data[0][1]` cannot be written as JSON"), "{refusal}");
    }
}
