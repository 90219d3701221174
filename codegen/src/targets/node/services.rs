//! Services: a class each, whose methods name their operation and pass their arguments on.

use super::arguments::{Argument, passed};
use super::bulk::BulkView;
use super::flows::{ListView, WORK, WaitView};
use super::taken;
use super::types::Types;
use super::{FOLDER, docs};
use crate::flow_options::{self, FlowOption};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Result, ensure};
use polywrite_api::{Api, Method, Param, Returns, Service, names};
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;

const CALL_OPTIONS: &str = "CallOptions";
const DOWNLOAD_OPTIONS: &str = "DownloadOptions";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let types = Types { api, models: "Models.", enums: "enums." };
    let mut files = Vec::new();
    let mut index = Vec::new();
    for service in api.services.values() {
        let methods: Vec<View> = service.methods.values().map(|method| View::of(&types, method)).collect();
        let waits: Vec<WaitView> = crate::docs::waits_of(api, service)
            .map(|(wait, read)| WaitView::of(&types, wait, read))
            .collect();
        let bulk: Vec<BulkView> =
            api.bulk.writes(service).iter().map(|write| BulkView::of(api, service, write)).collect();
        let names = || {
            let lists = methods.iter().filter_map(|method| Some(&method.list.as_ref()?.name));
            let waits = waits.iter().map(|wait| &wait.name);
            methods.iter().map(|it| &it.name).chain(lists).chain(waits).chain(bulk.iter().map(|it| &it.name))
        };
        let unique: HashSet<&String> = names().collect();
        ensure!(
            unique.len() == names().count(),
            "{} has two methods of the same name in TypeScript",
            service.name
        );
        let uses = |text: &str| methods.iter().any(|method| method.uses(text));
        let module = names::snake(&service.name).replace('_', "-");
        let text = templates.render(
            "service.ts",
            json!({
                "header": header(&format!("services/{}.toml", service.name)),
                "comment": docs::comment(&[about(service)], 0),
                "class": service.class,
                "page_size_comment": option(&flow_options::of_lists(api), "pageSize"),
                "transaction_comment": option(&flow_options::of_bulk(api), "transactionId"),
                "methods": methods,
                "waits": waits,
                "bulk": bulk,
                "begins": api.transactions.begins(service),
                "work_comment": docs::comment(&WORK.map(str::to_owned), 4),
                "uses_lists": methods.iter().any(|method| method.list.is_some()),
                "uses_models": uses("Models.") || !waits.is_empty(),
                "uses_enums": uses("enums."),
                "uses_files": methods.iter().any(|method| method.call == "upload"),
                "options": options(&methods, &waits),
                "uses_upload": methods.iter().any(|method| method.call == "upload"),
            }),
        )?;
        files.push(File::new(format!("{FOLDER}/services/{module}.ts"), text));
        index.push(json!({ "class": service.class, "module": module }));
    }
    let text =
        templates.render("services_index.ts", json!({ "header": header("services"), "services": index }))?;
    files.push(File::new(format!("{FOLDER}/services/index.ts"), text));
    Ok(files)
}

/// What is said of an option among the arguments.
/// The names that the service takes from the module of options: what is imported and not used is an error of TypeScript.
fn options(methods: &[View], waits: &[WaitView]) -> Vec<&'static str> {
    let mut names = Vec::new();
    if methods.iter().any(|method| method.options == CALL_OPTIONS || method.list.is_some()) {
        names.push(CALL_OPTIONS);
    }
    if methods.iter().any(|method| method.options == DOWNLOAD_OPTIONS) {
        names.extend([DOWNLOAD_OPTIONS, "DownloadStream", "SaveOptions", "StreamOptions"]);
    }
    if !waits.is_empty() {
        names.push("WaitOptions");
    }
    names
}

fn option(options: &[FlowOption], name: &str) -> String {
    docs::comment(&[flow_options::sentences(options, name, "")], 12)
}

fn about(service: &Service) -> String {
    docs::about(&service.about, &service.available)
}

#[derive(Serialize)]
struct View {
    name: String,
    comment: String,
    generics: String,
    arguments: Vec<Argument>,
    /// No argument has to be given.
    all_optional: bool,
    returns: String,
    /// How its whole list is read, where it returns a page of one.
    list: Option<ListView>,
    /// The method of `Service` that makes the call.
    call: &'static str,
    /// The type of its options.
    options: &'static str,
    /// The arguments of that method.
    passed: String,
}

impl View {
    fn of(types: &Types<'_>, method: &Method) -> Self {
        let mut params: Vec<&Param> = method.arguments().collect();
        // The positional order is that of Appwrite's own SDK; what it lacks comes after what it has.
        let version = &types.api.client.response_format.self_hosted;
        let is_known = method.available.in_self_hosted_sdk(version);
        let is_new = |param: &Param| is_known && !param.available.in_self_hosted_sdk(version);
        params.sort_by_key(|param| is_new(param));
        let open = match &method.returns {
            Returns::Model(name) if method.generic => types.open_model(name),
            _ => None,
        };
        let mut arguments: Vec<Argument> =
            params.iter().map(|param| Argument::of(types, method, param, open)).collect();
        if method.upload.is_some() {
            // There it is the last one.
            let place = params.iter().filter(|param| !is_new(param)).count();
            arguments.insert(place, Argument::progress());
        }
        let mut trailing = true;
        for argument in arguments.iter_mut().rev() {
            trailing &= argument.optional;
            argument.trailing = trailing;
        }
        let call = call(method);
        let about = docs::about(&method.about, &method.available);
        let tag = docs::deprecated(method.deprecated.as_ref(), method.alias_of.as_deref(), &method.service);
        Self {
            name: taken::method(&method.name),
            comment: docs::comment(&[about, docs::scopes(method).unwrap_or_default(), tag], 4),
            generics: types.generics(open),
            all_optional: params.iter().all(|param| !param.required),
            returns: types.returned(&method.returns, open),
            passed: passed(&[&method.id], method, &params, call, &arguments),
            list: ListView::of(types.api, method),
            arguments,
            call,
            options: if call == "bytes" { DOWNLOAD_OPTIONS } else { CALL_OPTIONS },
        }
    }

    fn uses(&self, text: &str) -> bool {
        self.returns.contains(text)
            || self.generics.contains(text)
            || self.arguments.iter().any(|argument| argument.kind.contains(text))
    }
}

fn call(method: &Method) -> &'static str {
    match &method.returns {
        _ if method.upload.is_some() => "upload",
        Returns::Bytes => "bytes",
        Returns::Text | Returns::Redirect => "say",
        Returns::Model(_) | Returns::Union(_) | Returns::Json | Returns::Empty => "run",
    }
}
