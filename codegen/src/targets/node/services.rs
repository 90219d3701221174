//! Services: a class each, whose methods name their operation and pass their arguments on.

use super::taken;
use super::types::{Types, has_own_fields};
use super::{FOLDER, docs};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Result, ensure};
use polywrite_api::{Api, Method, Param, Place, Returns, Service, Type, Wait, names};
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;

/// How wide a line of code gets.
const WIDTH: usize = 120;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let types = Types { api, models: "Models.", enums: "enums." };
    let mut files = Vec::new();
    let mut index = Vec::new();
    for service in api.services.values() {
        let methods: Vec<View> = service.methods.values().map(|method| View::of(&types, method)).collect();
        let waits: Vec<WaitView> = crate::docs::waits_of(api, service)
            .map(|(wait, read)| WaitView::of(&types, wait, read))
            .collect();
        let names = || {
            let lists = methods.iter().filter_map(|method| Some(&method.list.as_ref()?.name));
            methods.iter().map(|it| &it.name).chain(waits.iter().map(|it| &it.name)).chain(lists)
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
                "page_size": api.page_size,
                "methods": methods,
                "waits": waits,
                "uses_lists": methods.iter().any(|method| method.list.is_some()),
                "uses_models": uses("Models.") || !waits.is_empty(),
                "uses_enums": uses("enums."),
                "uses_files": methods.iter().any(|method| method.call == "upload"),
                "uses_bytes": methods.iter().any(|method| method.call == "bytes"),
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
    /// The arguments of that method.
    passed: String,
}

#[derive(Serialize)]
struct ListView {
    name: String,
    comment: String,
    /// The field of a page that holds the items.
    items: String,
}

#[derive(Serialize)]
struct WaitView {
    name: String,
    comment: String,
    arguments: Vec<Argument>,
    returns: String,
    /// The arguments of the method of `Service` that waits.
    passed: String,
}

#[derive(Serialize)]
struct Argument {
    name: String,
    comment: String,
    optional: bool,
    /// Nothing that is required comes after it, so a positional call may end before it.
    trailing: bool,
    kind: String,
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
            returns: returns(types, &method.returns, open),
            passed: passed(&[&method.id], method, &params, call, &arguments),
            list: list_view(types.api, method),
            arguments,
            call,
        }
    }

    fn uses(&self, text: &str) -> bool {
        self.returns.contains(text)
            || self.generics.contains(text)
            || self.arguments.iter().any(|argument| argument.kind.contains(text))
    }
}

impl Argument {
    fn progress() -> Self {
        Self {
            name: taken::LISTENER.to_owned(),
            comment: docs::comment(
                &["Called each time the server has taken a part of the file.".to_owned()],
                12,
            ),
            optional: true,
            trailing: true,
            kind: "(progress: UploadProgress) => void".to_owned(),
        }
    }

    fn of(types: &Types<'_>, method: &Method, param: &Param, open: Option<&str>) -> Self {
        let kind = match (&param.kind, open) {
            (Type::Object, Some(open)) if is_row(types, method, open) => {
                format!("Models.{open}{}<{open}>", if param.required { "Data" } else { "Changes" })
            }
            (Type::Object, _) => "object".to_owned(),
            (Type::Array(inner), _) if **inner == Type::Object => "object[]".to_owned(),
            (kind, _) => types.either(kind, param.self_hosted_kind.as_ref(), None),
        };
        let about = docs::about(&param.about, &param.available);
        Self {
            name: taken::argument(method, param),
            comment: docs::comment(&[about], 12),
            // What may be null counts as optional in the declarations of Appwrite's own SDK, although its calls are
            // refused without it as well.
            optional: !param.required || param.nullable,
            trailing: false,
            kind: if param.nullable { format!("{kind} | null") } else { kind },
        }
    }
}

/// Whether a call answers with one row that its object parameter described.
fn is_row(types: &Types<'_>, method: &Method, open: &str) -> bool {
    method.returns == Returns::Model(open.to_owned())
        && types.api.models.get(open).is_some_and(has_own_fields)
}

/// The method that reads the whole list, page after page.
fn list_view(api: &Api, method: &Method) -> Option<ListView> {
    let list = method.list.as_ref()?;
    let about = docs::about(&crate::docs::of_iteration(api, method), &method.available);
    let tag = docs::deprecated(method.deprecated.as_ref(), None, &method.service);
    Some(ListView {
        name: taken::method(&crate::docs::iteration(&method.name)),
        comment: docs::comment(&[about, docs::scopes(method).unwrap_or_default(), tag], 4),
        items: list.items.clone(),
    })
}

impl WaitView {
    fn of(types: &Types<'_>, wait: &Wait, read: &Method) -> Self {
        let params: Vec<&Param> = read.arguments().filter(|param| param.required).collect();
        let arguments: Vec<Argument> =
            params.iter().map(|param| Argument::of(types, read, param, None)).collect();
        let about = docs::about(&crate::docs::of_wait(types.api, wait), &read.available);
        let tag = docs::deprecated(read.deprecated.as_ref(), None, &read.service);
        Self {
            name: taken::method(&wait.name),
            comment: docs::comment(&[about, docs::scopes(read).unwrap_or_default(), tag], 4),
            returns: returns(types, &read.returns, None),
            passed: passed(&[&wait.id, &read.id], read, &params, "waitFor", &arguments),
            arguments,
        }
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

fn returns(types: &Types<'_>, returns: &Returns, open: Option<&str>) -> String {
    match returns {
        Returns::Model(name) => types.of(&Type::Model(name.clone()), open),
        Returns::Union(name) => types.of(&Type::Union(name.clone()), None),
        Returns::Json => "any".to_owned(),
        Returns::Empty => "{}".to_owned(),
        Returns::Bytes => "ArrayBuffer".to_owned(),
        Returns::Text | Returns::Redirect => "string".to_owned(),
    }
}

/// `"users.get", args, ["userId"]` and what else the call has to know; `ids` come first.
fn passed(ids: &[&String], method: &Method, params: &[&Param], call: &str, arguments: &[Argument]) -> String {
    let mut parts: Vec<String> = ids.iter().map(|id| format!("{id:?}")).collect();
    parts.push("args".to_owned());
    let quoted: Vec<String> = arguments.iter().map(|argument| format!("{:?}", argument.name)).collect();
    let line = quoted.join(", ");
    // What stands around the names: `        return this.bytes("…", args, […], {…});`
    let around = 40 + ids.iter().map(|id| id.len()).sum::<usize>() + call.len();
    parts.push(if line.len() + around <= WIDTH {
        format!("[{line}]")
    } else {
        let lines: Vec<String> = crate::docs::wrap(&format!("{line},"), WIDTH - 13)
            .iter()
            .map(|line| format!("            {line}\n"))
            .collect();
        format!("[\n{}        ]", lines.concat())
    });
    if let Some(file) = method.upload.as_ref().and_then(|upload| method.params.get(&upload.file)) {
        parts.push(format!("{:?}", taken::argument(method, file)));
    }
    parts.extend(signature(method, params));
    parts.join(", ")
}

/// What the names alone do not say; see `Signature` in ts/arguments.ts.
fn signature(method: &Method, params: &[&Param]) -> Option<String> {
    let mut entries = Vec::new();
    let nullable: Vec<String> = params
        .iter()
        .filter(|param| param.nullable)
        .map(|param| format!("{:?}", taken::argument(method, param)))
        .collect();
    if !nullable.is_empty() {
        entries.push(format!("nullable: [{}]", nullable.join(", ")));
    }
    let wire: Vec<String> = params
        .iter()
        .map(|param| (taken::argument(method, param), &param.name))
        .filter(|(name, wire)| name != *wire)
        .map(|(name, wire)| format!("{name}: {wire:?}"))
        .collect();
    if !wire.is_empty() {
        entries.push(format!("wire: {{ {} }}", wire.join(", ")));
    }
    let is_object = |param: &&Param| {
        matches!(param.kind, Type::Object | Type::Any | Type::File | Type::Model(_) | Type::Union(_))
            && param.place != Place::Path
    };
    if params.first().is_some_and(is_object) {
        entries.push("takesObject: true".to_owned());
    }
    (!entries.is_empty()).then(|| format!("{{ {} }}", entries.join(", ")))
}
