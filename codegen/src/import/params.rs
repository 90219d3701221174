//! Parameters: of the path, the query and the body, in the order of a signature.

use super::document::{Document, Operation, properties};
use super::draft::{Draft, Entry, sentence};
use indexmap::IndexMap;
use serde_json::Value;

type Params = IndexMap<String, Entry>;

/// The file parameter, and the parameter that names the upload.
type Upload = (String, Option<String>);

/// Reads the parameters of an operation; of those, a variant has the ones that it names.
pub(super) fn read(
    document: &Document<'_>,
    operation: &Operation<'_>,
    variant: Option<&Value>,
    owner: &str,
    draft: &mut Draft,
) -> (Params, Option<Upload>) {
    let mut params = Params::new();
    let in_path = |name: &&str| operation.path.contains(&format!("{{{name}}}"));
    if let Some(project) = document.project_in_path().filter(in_path) {
        let kind = "string!".to_owned();
        params.insert(
            project.to_owned(),
            Entry { kind, about: "ID of the project.".to_owned(), from_project: true },
        );
    }
    for param in operation.value["parameters"].as_array().into_iter().flatten() {
        let (Some(name), Some("path" | "query")) = (param["name"].as_str(), param["in"].as_str()) else {
            continue;
        };
        if !params.contains_key(name) {
            let required = param["required"] == true || param["in"] == "path";
            let about = sentence(param["description"].as_str().unwrap_or_default());
            let kind = document.kind(&param["schema"], owner, name, draft);
            params.insert(name.to_owned(), entry(&kind, &param["schema"], required, about));
        }
    }
    let mut upload = None;
    let contents = operation.value["requestBody"]["content"].as_object().into_iter().flatten();
    for (_, content) in contents {
        for (name, property, required) in properties(&content["schema"]) {
            let about = sentence(property["description"].as_str().unwrap_or_default());
            let kind = document.kind(property, owner, name, draft);
            params.insert(name.clone(), entry(&kind, property, required, about));
            if kind == "file" {
                let id =
                    properties(&content["schema"]).find(|(_, property, _)| property["x-upload-id"] == true);
                upload = Some((name.clone(), id.map(|(name, ..)| name.clone())));
            }
        }
    }
    let mut params = chosen(params, variant);
    // Positional calls need what is required first.
    params.sort_by(|_, one, _, other| is_optional(one).cmp(&is_optional(other)));
    (params, upload)
}

fn entry(kind: &str, schema: &Value, required: bool, about: String) -> Entry {
    let marks = match (required, schema["x-nullable"] == true) {
        (true, true) => "!?",
        (true, false) => "!",
        (false, _) => "",
    };
    Entry { kind: format!("{kind}{marks}"), about, from_project: false }
}

fn is_optional(entry: &Entry) -> bool {
    !entry.kind.contains('!')
}

/// The parameters that a variant has, in its order, and required as it says.
fn chosen(mut params: Params, variant: Option<&Value>) -> Params {
    let Some(names) = variant.and_then(|variant| variant["parameters"].as_array()) else { return params };
    let required = variant.and_then(|variant| variant["required"].as_array());
    let mut chosen: Params = params
        .iter()
        .filter(|(_, entry)| entry.from_project)
        .map(|(name, it)| (name.clone(), it.clone()))
        .collect();
    for name in names.iter().filter_map(Value::as_str) {
        if let Some(mut entry) = params.shift_remove(name) {
            let must = required.is_some_and(|names| names.iter().any(|it| it == name));
            let bare = entry.kind.trim_end_matches(['!', '?']).to_owned();
            let null = if entry.kind.ends_with('?') { "?" } else { "" };
            entry.kind = if must { format!("{bare}!{null}") } else { bare };
            chosen.insert(name.to_owned(), entry);
        }
    }
    chosen
}
