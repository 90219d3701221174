//! The definition's types in TypeScript.

use polywrite_api::{Api, Model, Returns, Type};

/// Types as a generated file sees them.
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    /// How models are reached: `Models.`.
    pub(super) models: &'static str,
    /// How enums are reached: `enums.`.
    pub(super) enums: &'static str,
}

impl Types<'_> {
    /// A type. `open` is the model that the caller's own type stands for, if there is one here.
    pub(super) fn of(&self, kind: &Type, open: Option<&str>) -> String {
        match kind {
            Type::String => "string".to_owned(),
            Type::Integer | Type::Float => "number".to_owned(),
            Type::BigInteger => "number | bigint".to_owned(),
            Type::Boolean => "boolean".to_owned(),
            Type::Object => "Record<string, any>".to_owned(),
            Type::Any => "any".to_owned(),
            Type::File => "FileSource".to_owned(),
            Type::Enum(name) => format!("{}{name}", self.enums),
            Type::Union(name) => format!("{}{name}", self.models),
            Type::Model(name) => self.model(name, open),
            Type::Array(inner) => {
                let inner = self.of(inner, open);
                if inner.contains(" | ") { format!("({inner})[]") } else { format!("{inner}[]") }
            }
        }
    }

    /// A type of which a self-hosted server may have another.
    pub(super) fn either(&self, kind: &Type, other: Option<&Type>, open: Option<&str>) -> String {
        let one = self.of(kind, open);
        match other.map(|other| self.of(other, open)) {
            Some(other) if other != one => format!("{one} | {other}"),
            _ => one,
        }
    }

    /// What a method returns.
    pub(super) fn returned(&self, returns: &Returns, open: Option<&str>) -> String {
        match returns {
            Returns::Model(name) => self.of(&Type::Model(name.clone()), open),
            Returns::Union(name) => self.of(&Type::Union(name.clone()), None),
            Returns::Json => "any".to_owned(),
            Returns::Empty => "{}".to_owned(),
            Returns::Bytes => "ArrayBuffer".to_owned(),
            Returns::Text | Returns::Redirect => "string".to_owned(),
        }
    }

    fn model(&self, name: &str, open: Option<&str>) -> String {
        match open {
            Some(open) if open == name => open.to_owned(),
            Some(open) if self.open_model(name) == Some(open) => format!("{}{name}<{open}>", self.models),
            _ => format!("{}{name}", self.models),
        }
    }

    /// The open model that a generic model is about: itself, or the one inside of it.
    pub(super) fn open_model(&self, name: &str) -> Option<&str> {
        let model = self.api.models.get(name).filter(|model| model.generic)?;
        if model.open {
            return Some(&model.name);
        }
        model.fields.values().find_map(|field| match field.kind.innermost() {
            Type::Model(inner) if inner != name => self.open_model(inner),
            _ => None,
        })
    }

    /// The parameter list of a type that is generic over an open model.
    pub(super) fn generics(&self, open: Option<&str>) -> String {
        let models = self.models;
        open.map_or(String::new(), |open| format!("<{open} extends {models}{open} = {models}Default{open}>"))
    }
}

/// Whether rows of an open model have fields of the server's beside the user's.
pub(super) fn has_own_fields(model: &Model) -> bool {
    !model.fields.is_empty()
}
