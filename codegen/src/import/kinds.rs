//! The types of parameters and fields, in the definition's grammar.

use super::document::{Document, is_any, model_name, referred};
use super::draft::Draft;
use super::enums;
use super::json::Json;

impl Document {
    /// The type of a parameter or field. `owner` and `name` make a name for an enum that has none.
    pub(super) fn kind(&self, schema: &Json, owner: &str, name: &str, draft: &mut Draft) -> String {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.referred_kind(reference, draft);
        }
        if let Some(union) = draft.union_of(schema) {
            return union;
        }
        if let [only] = schema["allOf"].elements() {
            return self.kind(only, owner, name, draft);
        }
        if let Some(kind) = enums::read(schema, owner, name, draft) {
            return kind;
        }
        let choices = choices(schema);
        if !choices.is_empty() {
            return self.chosen_kind(&choices, owner, name, draft);
        }
        let drop_values = |draft: &mut Draft| {
            if !schema["enum"].is_null() {
                draft.note(owner, name, "its values are left out, because an enum's values are texts");
            }
        };
        match type_of(schema) {
            Some("array") => format!("[{}]", self.kind(&schema["items"], owner, name, draft)),
            Some("string") if schema["format"] == *"binary" => "file".to_owned(),
            Some("string") => "string".to_owned(),
            Some("integer") => {
                drop_values(draft);
                if schema["format"] == *"int64" { "bigint".to_owned() } else { "int".to_owned() }
            }
            Some("number") => {
                drop_values(draft);
                "float".to_owned()
            }
            Some("boolean") => "bool".to_owned(),
            Some("object") => "object".to_owned(),
            Some(other) => {
                draft.note(owner, name, &format!("the type `{other}` is not known; any JSON will do"));
                "any".to_owned()
            }
            None if schema["allOf"].elements().len() > 1 || !schema["properties"].is_null() => {
                "object".to_owned()
            }
            None => "any".to_owned(),
        }
    }

    /// The type for a reference: a model or union, or what a schema that is neither says.
    pub(super) fn referred_kind(&self, reference: &str, draft: &mut Draft) -> String {
        let name = referred(reference);
        let target = self.root_schema(name);
        if is_any(name) {
            "any".to_owned()
        } else if self.is_model(target, draft) {
            model_name(name)
        } else if draft.within.iter().any(|outer| outer == name) {
            draft.note(
                "",
                name,
                "it holds itself without an object between, and is left out; any JSON will do",
            );
            "any".to_owned()
        } else {
            draft.within.push(name.to_owned());
            let kind = self.kind(target, "", name, draft);
            draft.within.pop();
            kind
        }
    }

    fn root_schema(&self, name: &str) -> &Json {
        self.schemas().find(|(known, _)| *known == name).map_or(&Json::Null, |(_, schema)| schema)
    }

    /// Whether a named schema is an object with a shape, and not a list, a text or one of several models.
    pub(super) fn is_model(&self, schema: &Json, draft: &Draft) -> bool {
        let is_object = matches!(type_of(schema), None | Some("object"));
        is_object
            && draft.union_of(schema).is_none()
            && choices(schema).is_empty()
            && schema["enum"].is_null()
    }

    /// The one type that all choices have, else any.
    fn chosen_kind(&self, choices: &[&Json], owner: &str, name: &str, draft: &mut Draft) -> String {
        let mut kinds: Vec<String> =
            choices.iter().map(|choice| self.kind(choice, owner, name, draft)).collect();
        kinds.dedup();
        match &*kinds {
            [only] => only.clone(),
            several => {
                let several = several.join(", ");
                draft.note(
                    owner,
                    name,
                    &format!("that it is one of {several} is left out; any JSON will do"),
                );
                "any".to_owned()
            }
        }
    }
}

/// Whether null may stand there, in each of the ways that documents say so.
pub(super) fn is_nullable(schema: &Json) -> bool {
    schema["nullable"].is_true()
        || schema["x-nullable"].is_true()
        || schema["type"].texts().any(|kind| kind == "null")
        || ["oneOf", "anyOf"].iter().any(|key| schema[*key].elements().iter().any(is_null))
}

/// A schema's type; of a list of types the one that is not null.
fn type_of(schema: &Json) -> Option<&str> {
    schema["type"].as_str().or_else(|| schema["type"].texts().find(|kind| *kind != "null"))
}

/// What may stand there instead of each other, without null.
pub(super) fn choices(schema: &Json) -> Vec<&Json> {
    let choices = ["oneOf", "anyOf"].into_iter().map(|key| schema[key].elements());
    choices.flatten().filter(|choice| !is_null(choice)).collect()
}

fn is_null(schema: &Json) -> bool {
    schema["type"] == *"null"
}
