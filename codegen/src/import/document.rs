//! An OpenAPI 3 document: its parts, and its types in the definition's grammar.

use super::draft::Draft;
use super::enums;
use anyhow::{Result, ensure};
use polywrite_api::names;
use serde_json::Value;

pub(super) struct Document<'a> {
    root: &'a Value,
}

/// One operation of the document.
pub(super) struct Operation<'a> {
    pub(super) verb: &'a str,
    pub(super) path: &'a str,
    pub(super) value: &'a Value,
}

impl<'a> Document<'a> {
    pub(super) fn new(root: &'a Value) -> Result<Self> {
        ensure!(
            root["openapi"].as_str().is_some_and(|version| version.starts_with("3.")),
            "this is no OpenAPI 3 document: it has no `openapi` of 3.x"
        );
        ensure!(root["paths"].is_object(), "the document has no `paths`");
        Ok(Self { root })
    }

    /// The server's version.
    pub(super) fn version(&self) -> Option<&'a str> {
        self.root["info"]["version"].as_str()
    }

    /// The first server that is a plain URL.
    pub(super) fn endpoint(&self) -> Option<&'a str> {
        let servers = self.root["servers"].as_array().into_iter().flatten();
        servers.filter_map(|server| server["url"].as_str()).find(|url| !url.contains(['{', '<']))
    }

    pub(super) fn schemas(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.root["components"]["schemas"].as_object().into_iter().flatten()
    }

    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'a>> {
        let paths = self.root["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, verbs)| {
            let verbs = verbs.as_object().into_iter().flatten();
            verbs
                .filter(|(verb, _)| ["get", "post", "put", "patch", "delete"].contains(&verb.as_str()))
                .map(move |(verb, value)| Operation { verb, path, value })
        })
    }

    pub(super) fn tag_description(&self, tag: &str) -> &'a str {
        let tags = self.root["tags"].as_array().into_iter().flatten();
        tags.filter(|entry| entry["name"] == tag)
            .find_map(|entry| entry["description"].as_str())
            .unwrap_or_default()
    }

    /// The path parameter that stands for the project, if security puts the project there.
    pub(super) fn project_in_path(&self) -> Option<&'a str> {
        let schemes = self.root["components"]["securitySchemes"].as_object()?;
        schemes
            .values()
            .map(|scheme| &scheme["x-appwrite"])
            .filter(|extra| extra["location"] == "path")
            .find_map(|extra| extra["param"].as_str())
    }

    /// The type of a parameter or field. `owner` and `name` make a name for an enum that has none.
    pub(super) fn kind(&self, schema: &Value, owner: &str, name: &str, draft: &mut Draft) -> String {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.model(reference);
        }
        if let Some(union) = draft.union_of(schema) {
            return union;
        }
        if let Some(parts) = schema["allOf"].as_array()
            && let [only] = parts.as_slice()
        {
            return self.kind(only, owner, name, draft);
        }
        match schema["type"].as_str() {
            Some("array") => format!("[{}]", self.kind(&schema["items"], owner, name, draft)),
            Some("string") if schema["format"] == "binary" => "file".to_owned(),
            Some("string") if schema["enum"].is_array() => enums::read(schema, owner, name, draft),
            Some("string") => "string".to_owned(),
            Some("integer") if schema["format"] == "int64" => "bigint".to_owned(),
            Some("integer") => "int".to_owned(),
            Some("number") => "float".to_owned(),
            Some("boolean") => "bool".to_owned(),
            Some("object") => "object".to_owned(),
            _ => "any".to_owned(),
        }
    }

    /// The type for a reference: a model, or `any` for a schema that says nothing.
    pub(super) fn model(&self, reference: &str) -> String {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if is_any(name) { "any".to_owned() } else { model_name(name) }
    }
}

/// The model's name for a schema's: `rowList` → `RowList`.
pub(super) fn model_name(schema: &str) -> String {
    names::pascal(schema)
}

/// Appwrite calls the schema of an answer without a shape so.
pub(super) fn is_any(schema: &str) -> bool {
    schema == "any"
}

/// The schemas of properties, and which must be there.
pub(super) fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value, bool)> {
    let required = schema["required"].as_array();
    schema["properties"].as_object().into_iter().flatten().map(move |(name, property)| {
        (name, property, required.is_some_and(|names| names.iter().any(|it| it == name)))
    })
}
