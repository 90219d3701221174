use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The arguments of a call, and which of them the program read.
pub struct Arguments {
    values: Map<String, Value>,
    read: RefCell<Vec<String>>,
    misfits: RefCell<Vec<String>>,
}

impl Arguments {
    /// Arguments by wire name.
    pub fn new(values: Map<String, Value>) -> Self {
        Self { values, read: RefCell::default(), misfits: RefCell::default() }
    }

    /// A value of any type; what is missing is null. One that does not fit is a misfit.
    pub fn take<T: DeserializeOwned + Default>(&self, name: &str) -> T {
        self.take_or(name, Value::Null)
    }

    /// As `take`, with something else instead of null.
    pub fn take_or<T: DeserializeOwned + Default>(&self, name: &str, absent: Value) -> T {
        let value = self.values.get(name).cloned().unwrap_or(absent);
        match serde_json::from_value(value) {
            Ok(value) => {
                self.read.borrow_mut().push(name.to_owned());
                value
            }
            Err(_) => {
                self.misfits.borrow_mut().push(name.to_owned());
                T::default()
            }
        }
    }

    /// A value that was given.
    pub fn given<T: DeserializeOwned + Default>(&self, name: &str) -> Option<T> {
        self.values.contains_key(name).then(|| self.take(name))
    }

    /// Name and bytes of a file.
    pub fn file(&self, name: &str) -> (String, Vec<u8>) {
        self.read.borrow_mut().push(name.to_owned());
        let file = &self.values[name]["@file"];
        let text = |key: &str| file[key].as_str().unwrap_or_default();
        (text("name").to_owned(), STANDARD.decode(text("base64")).unwrap_or_default())
    }

    /// Names of the arguments that the program read.
    pub fn read(&self) -> Vec<String> {
        self.read.borrow().clone()
    }

    /// Names of the arguments that were not of the type that the program asked for.
    pub fn misfits(&self) -> Vec<String> {
        self.misfits.borrow().clone()
    }
}

/// Marked integers as integers.
pub(crate) fn exact(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(exact).collect(),
        Value::Object(entries) => {
            if let Some(Value::String(digits)) = entries.get("@integer") {
                return digits.parse::<i64>().map_or(Value::Null, Value::from);
            }
            entries.into_iter().map(|(key, item)| (key, exact(item))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}
