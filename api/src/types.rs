//! The types of parameters and fields.

use serde_json::Value;
use std::fmt;

/// Type of a parameter or field, as it is on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// Text.
    String,
    /// A whole number that fits in 53 bits wherever it occurs.
    Integer,
    /// A whole number that may need all 64 bits; integer elsewhere, `bigint` in JavaScript.
    BigInteger,
    /// A number with a fraction.
    Float,
    /// True or false.
    Boolean,
    /// Free-form JSON object.
    Object,
    /// Any JSON value.
    Any,
    /// An upload.
    File,
    /// A list.
    Array(Box<Type>),
    /// One of an enum's values.
    Enum(String),
    /// A model.
    Model(String),
    /// One of several models, distinguished by its fields.
    Union(String),
}

impl Type {
    /// Reads a type as the definition writes it; model names stay models until the reader knows the unions.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return Ok(Self::Array(Box::new(Self::parse(inner)?)));
        }
        if let Some(name) = text.strip_prefix("enum:") {
            return Ok(Self::Enum(name.to_owned()));
        }
        Ok(match text {
            "string" => Self::String,
            "int" => Self::Integer,
            "bigint" => Self::BigInteger,
            "float" => Self::Float,
            "bool" => Self::Boolean,
            "object" => Self::Object,
            "any" => Self::Any,
            "file" => Self::File,
            name if name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric) => {
                Self::Model(name.to_owned())
            }
            other => {
                return Err(format!(
                    "`{other}` is not a type; write string, int, bigint, float, bool, object, any, file, [T], \
                     enum:Name or the Name of a model or union"
                ));
            }
        })
    }

    /// The type inside all lists: `[[float]]` is about `float`.
    pub fn innermost(&self) -> &Self {
        match self {
            Self::Array(inner) => inner.innermost(),
            other => other,
        }
    }

    pub(crate) fn innermost_mut(&mut self) -> &mut Self {
        match self {
            Self::Array(inner) => inner.innermost_mut(),
            other => other,
        }
    }

    /// The default of a missing field of this type; none for enums and models.
    pub fn natural_default(&self) -> Option<Value> {
        Some(match self {
            Self::String => Value::from(""),
            Self::Integer | Self::BigInteger => Value::from(0),
            Self::Float => Value::from(0.0),
            Self::Boolean => Value::from(false),
            Self::Object => Value::Object(serde_json::Map::new()),
            Self::Array(_) => Value::Array(Vec::new()),
            Self::Any | Self::File | Self::Enum(_) | Self::Model(_) | Self::Union(_) => return None,
        })
    }
}

impl fmt::Display for Type {
    /// Writes the type as the definition does.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::String => "string",
            Self::Integer => "int",
            Self::BigInteger => "bigint",
            Self::Float => "float",
            Self::Boolean => "bool",
            Self::Object => "object",
            Self::Any => "any",
            Self::File => "file",
            Self::Array(inner) => return write!(formatter, "[{inner}]"),
            Self::Enum(name) => return write!(formatter, "enum:{name}"),
            Self::Model(name) | Self::Union(name) => name,
        })
    }
}

/// A type with its marks: `string!` is required, `string!?` required and may be null, `int! = 5` has a default.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Marked {
    pub(crate) kind: Type,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) default: Option<Value>,
}

impl Marked {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (marked, default) = match text.split_once(" = ") {
            Some((marked, json)) => {
                let value =
                    serde_json::from_str(json).map_err(|error| format!("default `{json}`: {error}"))?;
                (marked, Some(value))
            }
            None => (text, None),
        };
        let (marked, nullable) = strip(marked, '?');
        let (kind, required) = strip(marked, '!');
        Ok(Self { kind: Type::parse(kind)?, required, nullable, default })
    }
}

fn strip(text: &str, mark: char) -> (&str, bool) {
    match text.strip_suffix(mark) {
        Some(rest) => (rest, true),
        None => (text, false),
    }
}
