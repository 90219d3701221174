//! Finds entries that lack a meaning.

use crate::Api;

pub(crate) fn missing(api: &Api) -> Vec<String> {
    let mut lines = Vec::new();
    let mut need = |about: &str, kind: &str, name: String| {
        if about.trim().is_empty() {
            lines.push(format!("{kind} {name}"));
        }
    };
    for service in api.services.values() {
        need(&service.about, "service", service.name.clone());
    }
    for method in api.methods() {
        need(&method.about, "method", method.id.clone());
        for param in method.params.values() {
            need(&param.about, "parameter", format!("{}.{}", method.id, param.name));
        }
    }
    for model in api.models.values() {
        need(&model.about, "model", model.name.clone());
        for field in model.fields.values() {
            need(&field.about, "field", format!("{}.{}", model.name, field.name));
        }
    }
    for union in api.unions.values() {
        need(&union.about, "union", union.name.clone());
    }
    for item in api.enums.values() {
        need(&item.about, "enum", item.name.clone());
    }
    lines
}
