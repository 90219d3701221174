//! What the definition says about responses: models, their fields and plausible values.

use std::collections::HashMap;

use polywrite_api::{Api, Method, Model, Returns, Type};
use serde_json::{Map, Value, json};

use crate::{Like, SERVER_VERSION, clock, extra, query::AttributeKind};

/// Services that Appwrite's SDK for self-hosted servers has and no such server does: unknown routes. What only the cloud
/// has besides is there, for programs that are made for the cloud.
const MISSING: &[&str] = &["activities", "backups"];

/// The definition, with the questions the emulator asks of it.
#[derive(Debug)]
pub(crate) struct Schema {
    /// The definition itself.
    pub(crate) api: Api,
    /// What a server has besides.
    extra: Vec<Method>,
    /// Which server to be like.
    pub(crate) like: Like,
    /// IDs of methods by their names in GraphQL: `usersCreate`.
    graphql: HashMap<String, String>,
}

impl Schema {
    /// The definition, and the routes it lacks.
    pub(crate) fn new(api: Api, like: Like) -> Self {
        let extra = extra::methods(&api);
        let names = api.methods().map(|method| {
            let mut name = method.name.clone();
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            (format!("{}{name}", method.service), method.id.clone())
        });
        let graphql = names.collect();
        Self { api, extra, like, graphql }
    }

    /// Every method.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &Method> {
        self.api.methods().chain(&self.extra)
    }

    /// The methods that a server of the version has; what only the cloud has is there whatever the version.
    pub(crate) fn routed(&self) -> impl Iterator<Item = &Method> {
        let present = self.methods().filter(|method| !MISSING.contains(&method.service.as_str()));
        present.filter(|method| {
            let versions = self.like.version().zip(method.available.self_hosted.as_ref());
            versions.is_none_or(|(version, versions)| versions.include(version))
        })
    }

    /// The method with this ID.
    pub(crate) fn method(&self, id: &str) -> Option<&Method> {
        self.api.method(id).or_else(|| self.extra.iter().find(|method| method.id == id))
    }

    /// The method with this name in GraphQL.
    pub(crate) fn graphql_method(&self, name: &str) -> Option<&Method> {
        self.api.method(self.graphql.get(name)?)
    }

    /// The model a method answers with; the first of a union's.
    pub(crate) fn response_model(&self, method: &Method) -> Option<&Model> {
        match &method.returns {
            Returns::Model(name) => self.api.models.get(name),
            Returns::Union(name) => self.first_variant(name),
            _ => None,
        }
    }

    /// The name and the model of the items, if a method answers a list.
    pub(crate) fn list_field<'a>(&'a self, method: &Method) -> Option<(&'a str, &'a Type)> {
        let model = self.response_model(method)?;
        // A resource may count something as well: a list has no ID.
        if !model.fields.contains_key("total") || model.fields.contains_key("$id") {
            return None;
        }
        let is_list = |kind: &Type| matches!(kind, Type::Array(_));
        let field = model.fields.values().find(|field| is_list(&field.kind))?;
        match &field.kind {
            Type::Array(item) => Some((&field.name, item)),
            _ => None,
        }
    }

    /// The model of a list's items, or of the response itself.
    pub(crate) fn item_model(&self, method: &Method) -> Option<&Model> {
        match self.list_field(method) {
            Some((_, kind)) => self.model_of(kind),
            None => self.response_model(method),
        }
    }

    /// The model behind a type; the first of a union's.
    pub(crate) fn model_of(&self, kind: &Type) -> Option<&Model> {
        match kind {
            Type::Model(name) => self.api.models.get(name),
            Type::Union(name) => self.first_variant(name),
            _ => None,
        }
    }

    fn first_variant(&self, union: &str) -> Option<&Model> {
        let variant = self.api.unions.get(union)?.variants.first()?;
        self.api.models.get(&variant.model)
    }

    /// What a list of `model` may be asked about the attribute `name`.
    pub(crate) fn attribute_kind(&self, model: Option<&Model>, name: &str) -> Option<AttributeKind> {
        if matches!(name, "$id" | "$createdAt" | "$updatedAt" | "$sequence") {
            return Some(AttributeKind::Text);
        }
        let field = model?.fields.get(name)?;
        Some(match &field.kind {
            Type::String | Type::Enum(_) => AttributeKind::Text,
            Type::Integer | Type::BigInteger | Type::Float => AttributeKind::Number,
            Type::Boolean => AttributeKind::Boolean,
            _ => AttributeKind::Any,
        })
    }

    /// The members of an enum.
    pub(crate) fn members(&self, name: &str) -> Vec<&str> {
        let members = self.api.enums.get(name).map(|found| found.members.as_slice()).unwrap_or_default();
        members.iter().map(|member| member.value.as_str()).collect()
    }

    /// The members of an enum that a self-hosted server knows.
    pub(crate) fn self_hosted_members(&self, name: &str) -> Vec<&str> {
        let members = self.api.enums.get(name).map(|found| found.members.as_slice()).unwrap_or_default();
        let here = members.iter().filter(|member| member.available.on_self_hosted(SERVER_VERSION));
        here.map(|member| member.value.as_str()).collect()
    }

    /// What a method answers with: the given values as its model.
    pub(crate) fn answer(&self, method: &Method, given: &Map<String, Value>) -> Value {
        let model = self.response_model(method);
        model.map_or_else(|| Value::Object(given.clone()), |model| self.sample(model, given))
    }

    /// A resource that the method of a name answers with: the given values, and plausible ones for the rest.
    pub(crate) fn resource(&self, reader: &str, given: Value) -> Value {
        match (self.method(reader), given) {
            (Some(method), Value::Object(given)) => self.answer(method, &given),
            (_, given) => given,
        }
    }

    /// A resource of `model`: the given values, and plausible ones for the rest.
    pub(crate) fn sample(&self, model: &Model, given: &Map<String, Value>) -> Value {
        let mut fields = Map::new();
        for field in model.fields.values() {
            let value = match given.get(&field.name) {
                Some(value) if !value.is_null() => value.clone(),
                _ => self.sample_value(&field.name, &field.kind),
            };
            fields.insert(field.name.clone(), value);
        }
        Value::Object(fields)
    }

    /// A value of a type, named as the field it is for.
    fn sample_value(&self, name: &str, kind: &Type) -> Value {
        match kind {
            Type::String if matches!(name, "$createdAt" | "$updatedAt") => json!(clock::now()),
            Type::String if name == "$id" => json!(crate::random::id()),
            Type::Integer | Type::BigInteger | Type::Float => json!(0),
            Type::Boolean => json!(matches!(name, "enabled" | "live" | "logging" | "status")),
            Type::Enum(name) => self.members(name).first().map_or(Value::Null, |member| json!(member)),
            Type::Array(_) => json!([]),
            Type::Object | Type::Any => json!({}),
            Type::Model(_) | Type::Union(_) => match self.model_of(kind) {
                Some(model) => self.sample(model, &Map::new()),
                None => json!({}),
            },
            Type::String | Type::File => json!(""),
        }
    }
}
