//! Another Appwrite may have a model called `Error`: names that Swift or this package needs for itself get a suffix.

use polywrite_api::{Answer, Api, Type};

/// Types of the standard library and of Foundation that the package, or any program beside it, cannot do without.
const TAKEN: [&str; 36] = [
    "AnyCodable",
    "Array",
    "AsyncSequence",
    "Bool",
    "Character",
    "Codable",
    "CodingKey",
    "Data",
    "Date",
    "Decodable",
    "Decoder",
    "Dictionary",
    "Double",
    "Duration",
    "Encodable",
    "Encoder",
    "Equatable",
    "Error",
    "Hashable",
    "Int",
    "JSON",
    "Mirror",
    "Never",
    "Optional",
    "Result",
    "Self",
    "Sendable",
    "Sequence",
    "Set",
    "String",
    "Swift",
    "Task",
    "Type",
    "URL",
    "UInt8",
    "Void",
];

/// Types of this package's own hand that stand where the services do.
const OWN: [&str; 16] = [
    "AppwriteError",
    "CallOptions",
    "Client",
    "DownloadProgress",
    "DownloadStream",
    "ID",
    "InputFile",
    "JSONText",
    "Locked",
    "Operator",
    "Permission",
    "Query",
    "Role",
    "Service",
    "Topic",
    "UploadProgress",
];

/// The definition with names that are free in Swift.
pub(super) fn renamed(api: &Api) -> Api {
    let mut api = api.clone();
    api.models = std::mem::take(&mut api.models)
        .into_values()
        .map(|mut model| {
            model.name = free(&model.name, "Model");
            model.fields.values_mut().for_each(|field| rename(&mut field.kind));
            (model.name.clone(), model)
        })
        .collect();
    api.unions = std::mem::take(&mut api.unions)
        .into_values()
        .map(|mut union| {
            union.name = free(&union.name, "Model");
            union.variants.iter_mut().for_each(|variant| variant.model = free(&variant.model, "Model"));
            (union.name.clone(), union)
        })
        .collect();
    api.enums = std::mem::take(&mut api.enums)
        .into_values()
        .map(|mut item| {
            item.name = free(&item.name, "Enum");
            (item.name.clone(), item)
        })
        .collect();
    for service in api.services.values_mut() {
        if OWN.contains(&service.class.as_str()) || TAKEN.contains(&service.class.as_str()) {
            service.class.push_str("Service");
        }
        for method in service.methods.values_mut() {
            method.params.values_mut().for_each(|param| rename(&mut param.kind));
            if let Answer::Model(name) | Answer::Union(name) = &mut method.answer {
                *name = free(name, "Model");
            }
        }
    }
    api
}

fn free(name: &str, suffix: &str) -> String {
    if TAKEN.contains(&name) { format!("{name}{suffix}") } else { name.to_owned() }
}

fn rename(kind: &mut Type) {
    match kind {
        Type::Array(inner) => rename(inner),
        Type::Enum(name) => *name = free(name, "Enum"),
        Type::Model(name) | Type::Union(name) => *name = free(name, "Model"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::renamed;
    use polywrite_api::{Answer, Api, Type};

    #[test]
    fn what_swift_needs_for_itself_is_renamed_wherever_it_stands() {
        let mut texts: Vec<(&str, String)> =
            ["client.toml"].iter().filter_map(|path| Some((*path, Api::embedded_text(path)?))).collect();
        let service = "name = \"data\"\nclass = \"Data\"\n[methods.get]\nget = \"/data/{kind}\"\nreturns = \"Error\"\n\
                       [methods.get.params]\nkind = \"enum:Task!\"\n";
        texts.push(("services/data.toml", service.into()));
        texts.push(("enums.toml", "[Task]\nmembers = [\"a\"]\n".into()));
        texts.push((
            "models/data.toml",
            "[Error.fields]\nmore = \"[Error]!\"\n[Index.fields]\nkey = \"string!\"\n".into(),
        ));
        let api = renamed(&Api::from_texts(texts).unwrap());
        let method = &api.services["data"].methods["get"];
        assert_eq!(api.services["data"].class, "DataService");
        assert_eq!(method.answer, Answer::Model("ErrorModel".into()));
        assert_eq!(method.params["kind"].kind, Type::Enum("TaskEnum".into()));
        assert_eq!(
            api.models["ErrorModel"].fields["more"].kind.innermost(),
            &Type::Model("ErrorModel".into())
        );
        assert!(api.models.contains_key("Index") && api.enums.contains_key("TaskEnum"));
    }
}
