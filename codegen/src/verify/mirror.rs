//! The definition in the shape of the facts: client, services and methods.

use super::{helpers, schema};
use polywrite_api::{
    Api, Availability, Client, Content, Method, Param, Place, Returns, Service, Source, Type, names,
};
use serde_json::{Map, Value, json};

/// The whole definition.
pub(super) fn mirror(api: &Api) -> Value {
    json!({
        "response_format": {
            "cloud": api.client.response_format.cloud,
            "self_hosted": api.client.response_format.self_hosted,
        },
        "client": client(&api.client),
        "global_headers": headers(&api.client),
        "services": api.services.values().map(service).collect::<Vec<_>>(),
        "models": api.models.values().map(schema::model).collect::<Vec<_>>(),
        "unions": api.unions.values().map(schema::union).collect::<Vec<_>>(),
        "enums": api.enums.values().filter(|item| item.name != CONDITION).map(schema::enumeration).collect::<Vec<_>>(),
        "helpers": helpers::all(api),
    })
}

/// The facts list the members of this enum with the helpers, because only a helper takes it.
pub(super) const CONDITION: &str = "Condition";

/// An object that leaves out what is not said.
pub(super) struct Object(Map<String, Value>);

impl Object {
    pub(super) fn new() -> Self {
        Self(Map::new())
    }

    pub(super) fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    pub(super) fn set_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    pub(super) fn set_if(self, condition: bool, key: &str, value: impl Into<Value>) -> Self {
        if condition { self.set(key, value) } else { self }
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}

/// The versions that the three packages speak: of the cloud Rust's and Python's, of self-hosted servers Node's.
const SPOKEN: [&str; 3] = ["2.6.2", "2.5.0", "1.9.5"];

/// Which of the three packages, Rust's, Python's and Node's, have a thing.
pub(super) fn packages(available: &Availability) -> [bool; 3] {
    let [rust, python, node] = SPOKEN;
    [available.on_cloud(rust), available.on_cloud(python), available.in_self_hosted_sdk(node)]
}

pub(super) fn within(has: [bool; 3]) -> Value {
    let [rust, python, node] = has;
    json!({ "rust": rust, "python": python, "node": node })
}

/// The packages that have a part of something, where not all do that have the whole.
pub(super) fn part_of(available: &Availability, whole: [bool; 3]) -> Option<Value> {
    let all = packages(available);
    let has = [0, 1, 2].map(|index| whole[index] && all[index]);
    let names = ["rust", "python", "node"].into_iter().zip(has).filter(|(_, has)| *has).map(|(name, _)| name);
    (has != whole).then(|| names.collect())
}

fn client(client: &Client) -> Value {
    let ping = client.methods.get("ping");
    Object::new()
        .set("default_endpoint", client.default_endpoint.as_str())
        .set("chunk_size", client.chunk_size)
        .set("upload_concurrency", client.upload_concurrency)
        .set_some(
            "ping",
            ping.map(|ping| {
                json!({ "http": ping.http_method.as_str(), "path": ping.path, "in": { "rust": false, "python": false, "node": true } })
            }),
        )
        .into()
}

fn headers(client: &Client) -> Value {
    let headers = client.settings.values().map(|setting| {
        let object = Object::new()
            .set("setter", setting.setter.as_str())
            .set("snake", names::snake(&setting.setter))
            .set("header", setting.header.as_str())
            .set("secret", setting.secret)
            .set_if(!setting.prefix.is_empty(), "prefix", setting.prefix.as_str())
            .set("in", within(packages(&setting.available)));
        Value::from(object)
    });
    headers.collect()
}

fn service(service: &Service) -> Value {
    json!({
        "name": service.name,
        "class": service.class,
        "in": service_within(service),
        "methods": service.methods.values().map(method).collect::<Vec<_>>(),
    })
}

fn service_within(service: &Service) -> Value {
    let any = |index: usize| service.methods.values().any(|it| method_packages(it)[index]);
    json!({ "rust": any(0), "python": any(1), "node": any(2) })
}

/// Old spellings are Node's alone.
fn method_packages(method: &Method) -> [bool; 3] {
    if method.alias_of.is_some() { [false, false, true] } else { packages(&method.available) }
}

fn method(method: &Method) -> Value {
    let has = method_packages(method);
    let in_node = has[2];
    let positional: Vec<String> = method
        .arguments()
        .filter(|param| packages(&param.available)[2])
        .map(|param| names::node_argument(&param.name))
        .collect();
    Object::new()
        .set("name", method.name.as_str())
        .set_if(method.alias_of.is_none(), "snake", names::snake(&method.name))
        .set("http", method.http_method.as_str())
        .set("path", method.path.as_str())
        .set_some("path_in", method.self_hosted_path.as_ref().map(|path| json!({ "node": path })))
        .set(
            "params",
            method.params.values().map(|it| param(it, packages(&method.available))).collect::<Vec<_>>(),
        )
        .set("content_type", content(method.content))
        .set_if(method.accept != "application/json", "accept", method.accept.as_str())
        .set("response", response(method))
        .set_if(in_node && !positional.is_empty(), "positional", positional)
        .set_some("alias_of", method.alias_of.as_deref())
        .set_some(
            "deprecated",
            method
                .deprecated
                .as_ref()
                .map(|it| json!({ "since": it.since, "replace_with": it.replace_with })),
        )
        .set_some(
            "upload",
            method
                .upload
                .as_ref()
                .map(|it| json!({ "file_param": it.file, "id_param": it.id, "chunked": it.chunked })),
        )
        .set_if(!method.headers.is_empty(), "headers", json!(method.headers))
        .set_if(!method.project_header, "project_header", false)
        .set("in", within(has))
        .into()
}

fn content(content: Content) -> Value {
    match content {
        Content::None => Value::Null,
        Content::Json => "application/json".into(),
        Content::Multipart => "multipart/form-data".into(),
    }
}

fn response(method: &Method) -> Value {
    let kind = |kind: &str| Object::new().set("kind", kind);
    match &method.returns {
        Returns::Model(name) => {
            kind("model").set("model", name.as_str()).set_if(method.generic, "generic", true)
        }
        Returns::Union(name) => kind("union").set("union", name.as_str()),
        Returns::Json => kind("json"),
        Returns::Empty => kind("empty"),
        Returns::Bytes => kind("bytes"),
        Returns::Text => kind("text"),
        Returns::Redirect => kind("redirect"),
    }
    .into()
}

fn param(param: &Param, method: [bool; 3]) -> Value {
    let (snake, node, python) =
        (names::snake(&param.name), names::node_argument(&param.name), names::python_argument(&param.name));
    let place = match param.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Body => "body",
    };
    Object::new()
        .set("name", param.name.as_str())
        .set_if(snake != param.name, "snake", snake.as_str())
        .set_if(node != param.name && param.source.is_none(), "arg", node)
        .set_if(python != snake, "python", python)
        .set("in", place)
        .set("type", kind(&param.kind))
        .set_if(*param.kind.innermost() == Type::BigInteger, "format", "int64")
        .set_some("type_in", param.self_hosted_kind.as_ref().map(|it| json!({ "node": kind(it) })))
        .set("required", param.required)
        .set_if(param.nullable, "nullable", true)
        .set_if(param.source == Some(Source::Project), "source", "project")
        .set_some("packages", part_of(&param.available, method))
        .into()
}

/// A type in the facts' grammar.
pub(super) fn kind(kind: &Type) -> String {
    match kind {
        Type::Integer | Type::BigInteger => "integer".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Array(inner) => format!("array<{}>", self::kind(inner)),
        Type::Model(name) => format!("model:{name}"),
        Type::Union(name) => format!("union:{name}"),
        other => other.to_string(),
    }
}
