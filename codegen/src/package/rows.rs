//! What an SDK's operations are, as the core reads them at run time: see `describe` in core/src/directory.rs.

use crate::docs;
use crate::targets::made_by;
use indexmap::IndexMap;
use polywrite_api::{
    Api, Content, HttpMethod, List, Method, Paging, Param, Place, Returns, Service, Source, Type, Versions,
};
use serde_json::{Map, Value, json};

/// The names of a definition's operations in one process: that of the SDK, what its rows say in short, and the ID.
pub(super) struct Names(String);

impl Names {
    pub(super) fn of(api: &Api, package: &str) -> Self {
        let rows: String = api
            .services
            .values()
            .flat_map(|service| of(api, service, &Self(String::new())).into_values())
            .collect();
        // FNV-1a: two versions of an SDK may be in one process.
        let hash = rows
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self(format!("{package}-{hash:08x}#"))
    }

    /// The name of the operation with an ID.
    pub(super) fn name(&self, id: &str) -> String {
        format!("{}{id}", self.0)
    }

    /// What all names begin with, up to the `#`.
    pub(super) fn home(&self) -> &str {
        self.0.trim_end_matches('#')
    }

    /// The definition with these names in place of IDs, so that facades call operations by them.
    pub(super) fn put_into(&self, api: &Api) -> Api {
        let mut api = api.clone();
        for method in api.services.values_mut().flat_map(|service| service.methods.values_mut()) {
            method.id = self.name(&method.id);
        }
        api
    }
}

/// The rows of a service's operations by their names.
pub(super) fn of(api: &Api, service: &Service, names: &Names) -> IndexMap<String, String> {
    let row = |method: &Method| (names.name(&method.id), row(api, method, service).to_string());
    service.methods.values().map(row).collect()
}

fn row(api: &Api, method: &Method, service: &Service) -> Value {
    let mut row = Map::new();
    let mut put = |name: &str, value: Value| drop(row.insert(name.to_owned(), value));
    put("id", json!(method.id));
    put("method", json!(method.http_method.as_str()));
    put("path", json!(method.path));
    if let Some(path) = &method.self_hosted_path {
        put("selfHostedPath", json!(path));
    }
    put("params", method.params.values().map(param).collect());
    put("content", json!(content(method)));
    if method.accept != "application/json" {
        put("accept", json!(method.accept));
    }
    if !method.headers.is_empty() {
        put("headers", json!(method.headers));
    }
    put("returns", json!(returns(api, method)));
    if let Some(upload) = &method.upload {
        let reader = made_by(method, &service.methods);
        let reader = reader.map(|reader| self::row(api, reader, service));
        let upload =
            json!({ "file": upload.file, "id": upload.id, "chunked": upload.chunked, "readBy": reader });
        put("upload", upload);
    }
    if !method.scopes.is_empty() {
        put("scopes", json!(method.scopes));
    }
    if let Some(List { items, paging }) = &method.list {
        put(
            "list",
            match paging {
                Paging::Cursor(field) => json!({ "items": items, "paging": "cursor", "cursor": field }),
                Paging::Offset => json!({ "items": items, "paging": "offset" }),
                Paging::Parameters => json!({ "items": items, "paging": "parameters" }),
            },
        );
    }
    if let Some(dated) = &method.dated_by
        && let Some(operation) = service.methods.get(&dated.method)
    {
        let operation = self::row(api, operation, service);
        put("datedBy", json!({ "operation": operation, "field": dated.field }));
    }
    put("projectHeader", json!(method.project_header));
    if let Some(deprecated) = &method.deprecated {
        let instead = Some(deprecated.replace_with.as_str()).filter(|instead| !instead.is_empty());
        put("deprecated", json!(docs::deprecated(deprecated, instead)));
    }
    if let Some(words) = docs::whereabouts(&method.available) {
        let always = |versions: &Option<Versions>| *versions == Some(Versions::default());
        let (cloud, own) = (always(&method.available.cloud), always(&method.available.self_hosted));
        put("available", json!({ "cloud": cloud, "selfHosted": own, "words": words }));
    }
    Value::Object(row)
}

fn content(method: &Method) -> &'static str {
    match method.content {
        Content::None => "none",
        Content::Json if method.http_method == HttpMethod::Get => "none",
        Content::Json => "json",
        Content::Multipart => "multipart",
    }
}

fn returns(api: &Api, method: &Method) -> &'static str {
    match &method.returns {
        Returns::Model(name) if api.models.get(name).is_some_and(|model| model.fields.is_empty()) => "data",
        Returns::Model(_) | Returns::Union(_) => "object",
        Returns::Json => "json",
        Returns::Empty => "empty",
        Returns::Bytes => "bytes",
        Returns::Text => "text",
        Returns::Redirect => "redirect",
    }
}

fn param(param: &Param) -> Value {
    let place = match param.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Body => "body",
    };
    let mut row = json!({ "name": param.name, "place": place, "kind": kind(&param.kind) });
    if let Some(own) = &param.self_hosted_kind {
        row["selfHostedKind"] = kind(own);
    }
    let is_project = param.source == Some(Source::Project);
    for (name, is_so) in [
        ("required", param.required || param.place == Place::Path),
        ("nullable", param.nullable),
        ("isProject", is_project),
    ] {
        if is_so {
            row[name] = json!(true);
        }
    }
    row
}

/// Enum values are text: the core takes any, since servers add members.
fn kind(kind: &Type) -> Value {
    match kind {
        Type::String | Type::Enum(_) => json!("string"),
        Type::Integer | Type::BigInteger => json!("integer"),
        Type::Float => json!("float"),
        Type::Boolean => json!("boolean"),
        Type::Object | Type::Model(_) | Type::Union(_) => json!("object"),
        Type::Any => json!("any"),
        Type::File => json!("file"),
        Type::Array(inner) => json!([self::kind(inner)]),
    }
}
