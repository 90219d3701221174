//! The operation table: a file of rows per service, and the list of all.

use super::secrets;
use super::taken::{file, module};
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Result, ensure};
use indexmap::IndexMap;
use polywrite_api::{
    Api, Content, HttpMethod, List, Method, Paging, Param, Place, Returns, Source, Type, Upload, Versions,
    names,
};
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;

const FOLDER: &str = "core/src/operations/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut modules = Vec::new();
    let mut table: Vec<(&str, String)> = Vec::new();
    let services = api
        .services
        .values()
        .map(|service| (module(&service.name), &service.methods, format!("services/{}.toml", service.name)));
    let client = std::iter::once(("client".to_owned(), &api.client.methods, "client.toml".to_owned()));
    for (module, methods, source) in services.chain(client) {
        let rows: Vec<Row> = methods.values().map(|method| Row::of(api, method, methods)).collect();
        let unique: HashSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        ensure!(unique.len() == rows.len(), "{module} has two methods of the same name in Rust");
        table.extend(rows.iter().map(|row| (row.id, format!("{module}::{}", row.name))));
        let text = templates.render(
            "operations.rs",
            json!({ "header": header(&source), "words": words(methods.values()), "rows": rows }),
        )?;
        files.push(File::new(file(FOLDER, &module), text));
        modules.push(module);
    }
    modules.sort_unstable();
    table.sort_unstable();
    let entries: Vec<&String> = table.iter().map(|(_, entry)| entry).collect();
    let text = templates.render(
        "operation_table.rs",
        json!({
            "header": header("services"),
            "modules": modules,
            "entries": entries,
            "secrets": secrets::everywhere(api),
            "further_secrets": secrets::further(api),
            "secret_parameters": secrets::parameters(api),
            "client": {
                "endpoint": api.client.default_endpoint, "chunk_size": api.client.chunk_size,
                "upload_concurrency": api.client.upload_concurrency,
                "identity_headers": api.client.identity_headers,
            },
            "formats": { "header": api.client.response_format.header, "cloud": api.client.response_format.cloud, "self_hosted": api.client.response_format.self_hosted },
        }),
    )?;
    files.push(File::new(format!("{FOLDER}/mod.rs"), text));
    Ok(files)
}

/// What a file needs of the vocabulary of rows.
fn words<'a>(methods: impl Iterator<Item = &'a Method>) -> Vec<&'static str> {
    let places: HashSet<Place> =
        methods.flat_map(|method| method.params.values().map(|param| param.place)).collect();
    let all = [(Place::Body, "body"), (Place::Path, "path"), (Place::Query, "query")];
    all.into_iter().filter(|(place, _)| places.contains(place)).map(|(_, word)| word).collect()
}

/// The name of an operation's row within its service's module.
pub(super) fn row_name(method: &Method) -> String {
    let name = names::screaming_snake(&method.name);
    // An old spelling differs from the new one in its capitals only, and here all are capitals.
    if method.alias_of.is_some() { format!("{name}_ALIAS") } else { name }
}

/// Where an operation's row is: `tables_db::CREATE_ROWS`.
pub(super) fn row_path(service: &str, method: &Method) -> String {
    format!("{}::{}", module(service), row_name(method))
}

#[derive(Serialize)]
struct Row<'a> {
    name: String,
    id: &'a str,
    /// The row that gives what is usual for the HTTP method: `GET`.
    base: &'static str,
    path: &'a str,
    self_hosted_path: Option<&'a str>,
    /// `path("userId", Kind::String)`
    params: Vec<String>,
    /// `Json`, where the HTTP method does not say so.
    content: Option<&'static str>,
    accept: Option<&'a str>,
    headers: Vec<(&'a String, &'a String)>,
    /// `Bytes`, where it is not the usual object.
    returns: Option<&'static str>,
    upload: Option<String>,
    scopes: &'a [String],
    /// `List { items: "rows", paging: Paging::Cursor("$id") }`
    list: Option<String>,
    /// `DatedBy { operation: &GET_FILE, field: "$createdAt" }`
    dated_by: Option<String>,
    project_header: bool,
    deprecated: Option<String>,
    /// `Availability { cloud: true, self_hosted: false, words: "Appwrite Cloud only" }`
    available: Option<String>,
}

impl<'a> Row<'a> {
    fn of(api: &Api, method: &'a Method, service: &IndexMap<String, Method>) -> Self {
        let usual = if method.http_method == HttpMethod::Get { Content::None } else { Content::Json };
        Self {
            name: row_name(method),
            id: &method.id,
            base: method.http_method.as_str(),
            path: &method.path,
            self_hosted_path: method.self_hosted_path.as_deref(),
            params: method.params.values().map(param).collect(),
            content: (method.content != usual).then_some(match method.content {
                Content::None => "None",
                Content::Json => "Json",
                Content::Multipart => "Multipart",
            }),
            accept: (method.accept != "application/json").then_some(&method.accept),
            headers: method.headers.iter().collect(),
            returns: match method.returns {
                Returns::Model(ref name)
                    if api.models.get(name).is_some_and(|model| model.fields.is_empty()) =>
                {
                    Some("Data")
                }
                Returns::Model(_) | Returns::Union(_) => None,
                Returns::Json => Some("Json"),
                Returns::Empty => Some("Empty"),
                Returns::Bytes => Some("Bytes"),
                Returns::Text => Some("Text"),
                Returns::Redirect => Some("Redirect"),
            },
            upload: method.upload.as_ref().map(|it| upload(it, made_by(method, service).map(row_name))),
            scopes: &method.scopes,
            list: method.list.as_ref().map(list),
            dated_by: method.dated_by.as_ref().and_then(|dated| {
                let operation = row_name(service.get(&dated.method)?);
                Some(format!("DatedBy {{ operation: &{operation}, field: {:?} }}", dated.field))
            }),
            project_header: method.project_header,
            deprecated: method.deprecated.as_ref().map(|deprecated| {
                let instead = Some(deprecated.replace_with.as_str()).filter(|instead| !instead.is_empty());
                docs::deprecated(deprecated, instead)
            }),
            available: docs::whereabouts(&method.available).map(|words| {
                let always = |versions: &Option<Versions>| *versions == Some(Versions::default());
                let (cloud, own) = (always(&method.available.cloud), always(&method.available.self_hosted));
                format!("Availability {{ cloud: {cloud}, self_hosted: {own}, words: {words:?} }}")
            }),
        }
    }
}

fn param(param: &Param) -> String {
    let place = match param.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Body => "body",
    };
    let cloud = kind(&param.kind);
    let kind = match &param.self_hosted_kind {
        Some(own) => format!("Kind::Either(&({cloud}, {}))", kind(own)),
        None => cloud,
    };
    let mut text = format!("{place}({:?}, {kind})", param.name);
    // What stands in the path is required anyway.
    if param.required && param.place != Place::Path {
        text.push_str(".required()");
    }
    if param.nullable {
        text.push_str(".nullable()");
    }
    if param.source == Some(Source::Project) {
        text.push_str(".filled_with_project()");
    }
    text
}

/// Enum values are text: the core takes any, since servers add members.
fn kind(kind: &Type) -> String {
    match kind {
        Type::String | Type::Enum(_) => "Kind::String".to_owned(),
        Type::Integer | Type::BigInteger => "Kind::Integer".to_owned(),
        Type::Float => "Kind::Float".to_owned(),
        Type::Boolean => "Kind::Boolean".to_owned(),
        Type::Object | Type::Model(_) | Type::Union(_) => "Kind::Object".to_owned(),
        Type::Any => "Kind::Any".to_owned(),
        Type::File => "Kind::File".to_owned(),
        Type::Array(inner) => format!("Kind::Array(&{})", self::kind(inner)),
    }
}

fn list(list: &List) -> String {
    let paging = match &list.paging {
        Paging::Cursor(field) => format!("Cursor({field:?})"),
        Paging::Offset => "Offset".to_owned(),
        Paging::Parameters => "Parameters".to_owned(),
    };
    format!("List {{ items: {:?}, paging: Paging::{paging} }}", list.items)
}

fn upload(upload: &Upload, reader: Option<String>) -> String {
    let Upload { file, id, chunked, .. } = upload;
    let read_by = reader.map_or_else(|| "None".to_owned(), |row| format!("Some(&{row})"));
    format!("Upload {{ file: {file:?}, id: {id:?}, chunked: {chunked}, read_by: {read_by} }}")
}

/// The method that reads one of the things that a method makes: its path has one ID more.
pub(crate) fn made_by<'a>(method: &Method, service: &'a IndexMap<String, Method>) -> Option<&'a Method> {
    let is_one_id = |rest: &str| rest.starts_with("/{") && rest.find('}') == Some(rest.len() - 1);
    let reads = |other: &&Method| {
        let is_json = matches!(other.returns, Returns::Model(_) | Returns::Union(_) | Returns::Json);
        other.http_method == HttpMethod::Get
            && is_json
            && other.path.strip_prefix(&*method.path).is_some_and(is_one_id)
    };
    service.values().find(reads)
}
