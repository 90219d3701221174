//! Services: a struct each, a method per call, a builder where a call has optional parameters.

use super::arguments::Argument;
use super::flows::bulk_row;
use super::operations::row_name;
use super::text::{about, sentence};
use super::{taken, waits};
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Result, ensure};
use polywrite_api::{
    Api, BulkKind, BulkWrite, HttpMethod, Method, Model, Param, Place, Returns, Service, Type, Wait, names,
};
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;

const FOLDER: &str = "core/src/services/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let modules = modules(api);
    for (service, Module { module, .. }) in api.services.values().zip(&modules) {
        let view = View::of(api, service, module)?;
        let context = json!({
            "header": header(&format!("services/{}.toml", service.name)),
            "uses": view.uses(),
            "service": view,
        });
        let text = templates.render("services.rs", context)?;
        files.push(File::new(taken::file(FOLDER, module), text));
    }
    let has_tables = api.services.contains_key("tablesDB");
    if has_tables {
        let context = json!({ "header": header("services/tablesDB.toml") });
        files.push(File::new(format!("{FOLDER}/table.rs"), templates.render("table.rs", context)?));
    }
    let context = json!({ "header": header("services"), "modules": modules, "has_tables": has_tables });
    files.push(File::new(format!("{FOLDER}/mod.rs"), templates.render("service_list.rs", context)?));
    Ok(files)
}

/// Where a service is.
#[derive(Serialize)]
pub(crate) struct Module {
    /// `tables_db`
    pub(crate) module: String,
    /// `TablesDB`
    pub(crate) class: String,
    /// The feature of the crate that brings it: `tables-db`.
    feature: String,
}

/// Where the services are, in their order.
pub(super) fn modules(api: &Api) -> Vec<Module> {
    let module = |service: &Service| Module {
        module: taken::module(&service.name),
        class: service.class.clone(),
        feature: names::snake(&service.name).replace('_', "-"),
    };
    api.services.values().map(module).collect()
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    class: &'a str,
    about: String,
    /// The module of its rows in the operation table.
    module: &'a str,
    methods: Vec<MethodView>,
    waits: Vec<WaitView>,
    bulk: Vec<BulkView>,
    /// Whether it has transactions.
    transactions: bool,
}

/// A bulk write.
#[derive(Serialize)]
struct BulkView {
    name: String,
    about: String,
    deprecated: Option<(String, String)>,
    /// `TABLES_DB_BULK_CREATE_ROWS`
    row: String,
    arguments: Vec<Argument>,
}

#[derive(Serialize)]
struct MethodView {
    name: String,
    about: String,
    deprecated: Option<(String, String)>,
    row: String,
    /// The caller gives the response's type: `list_rows::<Movie>`.
    generic: bool,
    required: Vec<Argument>,
    optional: Vec<Argument>,
    /// The struct for its optional parameters.
    builder: Option<String>,
    /// `Call<models::RowList<T>>`
    call: String,
    /// `Call::decoded`
    make: String,
    /// Its options' type.
    options: &'static str,
    /// What else its builder can do: `typed models::User`, `file`, `list models::RowList<T>`.
    extras: Vec<String>,
    /// The file argument's name.
    file: Option<String>,
}

impl<'a> View<'a> {
    fn of(api: &Api, service: &'a Service, module: &'a str) -> Result<Self> {
        let methods: Vec<MethodView> = service
            .methods
            .values()
            // An old spelling has the same name in Rust.
            .filter(|method| method.alias_of.is_none())
            .map(|method| MethodView::of(api, service, method))
            .collect();
        let waits: Vec<WaitView> =
            docs::waits_of(api, service).map(|(wait, read)| WaitView::of(api, wait, read)).collect();
        let names = || methods.iter().map(|it| &it.name).chain(waits.iter().map(|it| &it.name));
        let unique: HashSet<&String> = names().collect();
        ensure!(unique.len() == names().count(), "{} has two methods of the same name in Rust", service.name);
        let bulk = api.bulk.writes(service);
        Ok(Self {
            name: &service.name,
            class: &service.class,
            about: about(&service.name, &service.about, &service.available),
            module,
            methods,
            bulk: bulk.iter().map(|write| BulkView::of(api, service, write)).collect(),
            transactions: api.transactions.has(service),
            waits,
        })
    }

    /// The imports that its methods need.
    fn uses(&self) -> Vec<String> {
        let any = |wanted: &dyn Fn(&MethodView) -> bool| self.methods.iter().any(wanted);
        let argument = |text: &str| {
            any(&|method| method.required.iter().chain(&method.optional).any(|it| it.kind.contains(text)))
        };
        let mut uses = vec!["crate::Client".to_owned(), format!("crate::operations::{}", self.module)];
        if any(&|method| method.file.is_some()) {
            uses.push("crate::FileSource".to_owned());
        }
        if !self.waits.is_empty() {
            uses.extend([
                "crate::call::WaitCall".to_owned(),
                "crate::flow::wait::generated as rows".to_owned(),
            ]);
        }
        if argument("enums::") {
            uses.push("crate::enums".to_owned());
        }
        if any(&|method| method.call.contains("models::")) || !self.waits.is_empty() {
            uses.push("crate::models".to_owned());
        }
        if any(&|method| !method.required.is_empty() || !method.optional.is_empty()) {
            uses.push("crate::call::Arguments".to_owned());
        }
        for kind in ["UploadCall", "DownloadCall"] {
            if any(&|method| method.call.starts_with(kind)) {
                uses.push(format!("crate::call::{kind}"));
            }
        }
        if any(&|method| method.call.starts_with("Call")) {
            uses.push("crate::call::Call".to_owned());
        }
        if !self.bulk.is_empty() {
            uses.extend(["crate::call::BulkCall", "crate::flow::bulk::generated as bulk"].map(str::to_owned));
        }
        if self.transactions {
            uses.push("crate::call::TransactionCall".to_owned());
        }
        if argument("Serialize") {
            uses.push("serde::Serialize".to_owned());
        }
        if any(&|method| method.generic) {
            uses.push("serde::de::DeserializeOwned".to_owned());
        }
        uses.sort_unstable();
        uses
    }
}

impl BulkView {
    fn of(api: &Api, service: &Service, write: &BulkWrite) -> Self {
        let is_argument = |param: &&Param| param.place == Place::Path || is_change(write, param);
        Self {
            name: taken::function(&write.name()),
            about: format!("{}\n\n{}", docs::bulk(write), docs::scopes(write.method).unwrap_or_default()),
            deprecated: deprecated(api, write.method),
            row: bulk_row(service, write),
            arguments: write.method.arguments().filter(is_argument).map(Argument::of).collect(),
        }
    }
}

/// Whether a parameter says how rows are changed, which such a write cannot do without.
fn is_change(write: &BulkWrite, param: &Param) -> bool {
    write.kind == BulkKind::Update && param.kind == Type::Object
}

fn deprecated(api: &Api, method: &Method) -> Option<(String, String)> {
    method.deprecated.as_ref().map(|deprecated| {
        let instead = api.method(&deprecated.replace_with).map(|other| format!("`{}`", path_of(api, other)));
        (deprecated.since.clone(), docs::deprecated(deprecated, instead.as_deref()))
    })
}

impl MethodView {
    fn of(api: &Api, service: &Service, method: &Method) -> Self {
        let upload = method.upload.as_ref().map(|upload| upload.file.as_str());
        let arguments = || method.arguments().filter(|param| Some(param.name.as_str()) != upload);
        let required: Vec<Argument> = arguments().filter(|param| param.required).map(Argument::of).collect();
        let optional: Vec<Argument> =
            arguments().filter(|param| !param.required).map(Argument::setter).collect();
        let generic = method.http_method == HttpMethod::Get && has_typed_response(api, method);
        let returned = returned_type(method, generic);
        let (call, make) = match &method.returns {
            Returns::Bytes => ("DownloadCall".to_owned(), "DownloadCall::new"),
            _ if upload.is_some() => (format!("UploadCall<{returned}>"), "UploadCall::new"),
            Returns::Empty => ("Call<()>".to_owned(), "Call::empty"),
            Returns::Text => ("Call<String>".to_owned(), "Call::plain"),
            Returns::Redirect => ("Call<String>".to_owned(), "Call::location"),
            Returns::Model(_) | Returns::Union(_) | Returns::Json => {
                (format!("Call<{returned}>"), "Call::decoded")
            }
        };
        let builder = (!optional.is_empty()).then(|| {
            let mut name = names::pascal(&method.name);
            while name == service.class || taken::is_taken(&name) {
                name.push_str("Call");
            }
            name
        });
        Self {
            name: taken::function(&method.name),
            about: method_about(method, &required, upload),
            deprecated: deprecated(api, method),
            row: row_name(method),
            generic,
            extras: extras(method, generic, &returned),
            required,
            optional,
            builder,
            call,
            make: make.to_owned(),
            options: if upload.is_some() { "UploadOptions" } else { "CallOptions" },
            file: upload.map(names::rust_identifier),
        }
    }
}

fn extras(method: &Method, generic: bool, returned: &str) -> Vec<String> {
    let file = (method.returns == Returns::Bytes).then(|| "file".to_owned());
    let typed = method.generic && !generic && method.upload.is_none();
    let typed = typed.then(|| format!("typed {returned}"));
    let list = method.list.as_ref().map(|_| format!("list {returned}"));
    [file, typed, list].into_iter().flatten().collect()
}

#[derive(Serialize)]
struct WaitView {
    name: String,
    about: String,
    deprecated: Option<(String, String)>,
    row: String,
    required: Vec<Argument>,
    returned: String,
}

impl WaitView {
    fn of(api: &Api, wait: &Wait, read: &Method) -> Self {
        let required: Vec<Argument> =
            read.arguments().filter(|param| param.required).map(Argument::of).collect();
        let about = docs::of_wait(api, wait);
        Self {
            name: taken::function(&wait.name),
            about: with_arguments(docs::about(&about, &read.available), &required, None),
            deprecated: deprecated(api, read),
            row: waits::row_name(wait),
            required,
            returned: returned_type(read, false),
        }
    }
}

/// `TablesDB::list_rows`
fn path_of(api: &Api, method: &Method) -> String {
    let class = api.services.get(&method.service).map_or("Client", |service| service.class.as_str());
    format!("{class}::{}", taken::function(&method.name).trim_start_matches("r#"))
}

fn returned_type(method: &Method, generic: bool) -> String {
    match &method.returns {
        Returns::Model(name) if generic => format!("models::{name}<T>"),
        Returns::Model(name) | Returns::Union(name) => format!("models::{name}"),
        Returns::Json => "serde_json::Value".to_owned(),
        Returns::Empty | Returns::Bytes | Returns::Text | Returns::Redirect => String::new(),
    }
}

/// Whether the response is, or holds, user data that callers nearly always have a type for: rows and the like.
///
/// A model with only some free-form part, such as a user with preferences, has it by `typed` instead, so that
/// callers name a type only where they want one.
fn has_typed_response(api: &Api, method: &Method) -> bool {
    fn holds_rows(api: &Api, model: &Model) -> bool {
        (model.open && !model.fields.is_empty())
            || model.fields.values().any(|field| match field.kind.innermost() {
                Type::Model(name) => api.models.get(name).is_some_and(|inner| holds_rows(api, inner)),
                _ => false,
            })
    }
    let Returns::Model(name) = &method.returns else { return false };
    api.models
        .get(name)
        .is_some_and(|model| (model.open && model.fields.is_empty()) || holds_rows(api, model))
}

fn method_about(method: &Method, required: &[Argument], file: Option<&str>) -> String {
    let text = about(&method.name, &method.about, &method.available);
    let file = file.and_then(|name| method.params.get(name));
    let text = with_arguments(text, required, file);
    match docs::scopes(method) {
        Some(scopes) => format!("{text}\n\n{scopes}"),
        None => text,
    }
}

fn with_arguments(text: String, required: &[Argument], file: Option<&Param>) -> String {
    let mut list: Vec<String> =
        required.iter().map(|it| format!("- `{}`: {}", it.name.trim_start_matches("r#"), it.about)).collect();
    if let Some(file) = file {
        list.push(format!("- `{}`: {}", names::snake(&file.name), sentence(&file.name, &file.about)));
    }
    if list.is_empty() { text } else { format!("{text}\n\n{}", list.join("\n")) }
}
