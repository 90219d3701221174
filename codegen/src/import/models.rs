//! Models: every schema of the document.

use super::document::{Document, is_any, model_name, properties};
use super::draft::{Draft, Entry, Model, sentence};
use anyhow::{Result, ensure};

pub(super) fn read(document: &Document<'_>, draft: &mut Draft) -> Result<()> {
    for (name, schema) in document.schemas().filter(|(name, _)| !is_any(name)) {
        let title = model_name(name);
        let mut model = Model {
            about: sentence(schema["description"].as_str().unwrap_or_default()),
            open: schema["additionalProperties"] == true,
            ..Model::default()
        };
        for (field, property, required) in properties(schema) {
            let kind = document.kind(property, &title, field, draft);
            let nullable = required && property["nullable"] == true;
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
