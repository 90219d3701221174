//! Models: every schema of the document.

use super::document::{Document, is_any, model_name};
use super::draft::{Draft, Entry, Model, sentence};
use super::kinds::is_nullable;
use anyhow::{Result, ensure};

pub(super) fn read(document: &Document, draft: &mut Draft) -> Result<()> {
    for (name, schema) in document.schemas().filter(|(name, _)| !is_any(name)) {
        if !document.is_model(schema, draft) {
            continue;
        }
        let title = model_name(name);
        let mut model = Model {
            about: sentence(schema["description"].as_str().unwrap_or_default()),
            open: document.is_open(schema),
            ..Model::default()
        };
        for (field, property, required) in document.properties(schema) {
            let kind = document.kind(property, &title, field, draft);
            let nullable = required && is_nullable(property);
            let entry = Entry {
                kind: format!("{kind}{}{}", mark(required, "!"), mark(nullable, "?")),
                about: sentence(property["description"].as_str().unwrap_or_default()),
                from_project: false,
            };
            model.fields.insert(field.clone(), entry);
        }
        ensure!(
            draft.models.insert(title.clone(), model).is_none(),
            "two schemas would make the same model, {title}"
        );
    }
    Ok(())
}

fn mark(condition: bool, sign: &'static str) -> &'static str {
    if condition { sign } else { "" }
}
