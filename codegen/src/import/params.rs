//! Parameters: of the path, the query and the body, in the order of a signature.

use super::document::{Document, Operation};
use super::draft::{Draft, Entry, sentence};
use super::json::Json;
use super::kinds::is_nullable;
use indexmap::IndexMap;

type Params = IndexMap<String, Entry>;

/// The file parameter, and the parameter that names the upload.
type Upload = (String, Option<String>);

/// Reads the parameters of an operation; of those, a variant has the ones that it names.
pub(super) fn read(
    document: &Document,
    operation: &Operation<'_>,
    variant: Option<&Json>,
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
    for param in document.parameters(operation) {
        let name = param["name"].as_str().unwrap_or_default();
        let place = param["in"].as_str().unwrap_or_default();
        if !["path", "query"].contains(&place) {
            draft.note(owner, name, &format!("it travels in a {place}, and is left out"));
        } else if !params.contains_key(name) {
            let required = param["required"].is_true() || place == "path";
            let about = sentence(param["description"].as_str().unwrap_or_default());
            let kind = document.kind(&param["schema"], owner, name, draft);
            params.insert(name.to_owned(), entry(&kind, &param["schema"], required, about));
        }
    }
    let mut upload = None;
    let body = document.resolved(&operation.value["requestBody"]);
    for (media, content) in body["content"].members() {
        let properties = document.properties(&content["schema"]);
        let shape = document.resolved(&content["schema"]);
        if properties.is_empty() && !matches!(shape["type"].as_str(), None | Some("object")) {
            draft.note(owner, media, "a body that is not an object of parameters is left out");
        }
        for (name, property, required) in properties {
            let about = sentence(property["description"].as_str().unwrap_or_default());
            let kind = document.kind(property, owner, name, draft);
            params.insert(name.clone(), entry(&kind, property, required, about));
            if kind == "file" {
                let all = document.properties(&content["schema"]);
                let id = all.into_iter().find(|(_, property, _)| property["x-upload-id"].is_true());
                upload = Some((name.clone(), id.map(|(name, ..)| name.clone())));
            }
        }
    }
    let mut params = chosen(params, variant);
    // Positional calls need what is required first.
    params.sort_by(|_, one, _, other| is_optional(one).cmp(&is_optional(other)));
    (params, upload)
}

fn entry(kind: &str, schema: &Json, required: bool, about: String) -> Entry {
    let marks = match (required, is_nullable(schema)) {
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
fn chosen(mut params: Params, variant: Option<&Json>) -> Params {
    let Some(variant) = variant.filter(|variant| !variant["parameters"].is_null()) else { return params };
    let mut chosen: Params = params
        .iter()
        .filter(|(_, entry)| entry.from_project)
        .map(|(name, it)| (name.clone(), it.clone()))
        .collect();
    for name in variant["parameters"].texts() {
        if let Some(mut entry) = params.shift_remove(name) {
            let must = variant["required"].texts().any(|required| required == name);
            let bare = entry.kind.trim_end_matches(['!', '?']).to_owned();
            let null = if entry.kind.ends_with('?') { "?" } else { "" };
            entry.kind = if must { format!("{bare}!{null}") } else { bare };
            chosen.insert(name.to_owned(), entry);
        }
    }
    chosen
}
