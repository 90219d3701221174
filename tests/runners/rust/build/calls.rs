use polywrite_api::{Api, HttpMethod, Method, Model, Param, Returns, Service, Type, names};
use std::fmt::Write;

/// `async fn make(client, operation, given) -> Option<Outcome>`, which calls a function for every service.
pub(crate) fn write(api: &Api) -> String {
    let mut functions = String::new();
    let mut arms = String::new();
    for service in api.services.values() {
        let name = names::snake(&service.name);
        let _ =
            writeln!(arms, "        {:?} => Box::pin({name}(client, method, given)).await,", service.name);
        functions.push_str(&function(api, service, &name));
    }
    format!(
        "pub(crate) async fn make(client: &Client, operation: &str, given: &Arguments) -> Option<Outcome> {{\n    \
         let (service, method) = operation.split_once('.')?;\n    \
         match service {{\n{arms}        \
         \"client\" => Some(plain(client.ping().await)),\n        _ => None,\n    }}\n}}\n\n{functions}"
    )
}

fn function(api: &Api, service: &Service, name: &str) -> String {
    let arms: String = service.methods.values().map(|method| arm(api, method)).collect();
    format!(
        "#[allow(deprecated, reason = \"old spellings are called on purpose\")]\n\
         async fn {name}(client: &Client, method: &str, given: &Arguments) -> Option<Outcome> {{\n    \
         let service = services::{}::new(client);\n    \
         Some(match method {{\n{arms}        _ => return None,\n    }})\n}}\n\n",
        service.class
    )
}

/// An old spelling has the same name in Rust.
fn arm(api: &Api, method: &Method) -> String {
    let generic = if has_rows(api, method) { "::<Object>" } else { "" };
    let (files, others): (Vec<&Param>, Vec<&Param>) =
        method.arguments().filter(|param| param.required).partition(|param| param.kind == Type::File);
    // The file comes last.
    let required: Vec<String> = others.into_iter().chain(files).map(required).collect();
    let call = format!("service.{}{generic}({})", names::rust_identifier(&method.name), required.join(", "));
    let mut text = format!("        {:?} => {{\n            let call = {call};\n", method.name);
    for param in method.arguments().filter(|param| !param.required) {
        let setter = names::rust_identifier(&param.name);
        let _ = writeln!(
            text,
            "            let call = match given.given::<{}>({:?}) {{\n                \
             Some(value) => call.{setter}(value),\n                None => call,\n            }};",
            value(&param.kind),
            param.name,
        );
    }
    let outcome = match method.returns {
        Returns::Bytes => "bytes(call.await)",
        Returns::Text | Returns::Redirect => "plain(call.await)",
        Returns::Empty => "nothing(call.await)",
        Returns::Model(_) | Returns::Union(_) | Returns::Json => "decoded(call.await)",
    };
    let _ = writeln!(text, "            {outcome}\n        }}");
    text
}

fn required(param: &Param) -> String {
    let name = &param.name;
    match &param.kind {
        Type::File => format!("file(given.file({name:?}))"),
        Type::String if param.nullable => format!("given.take::<Option<String>>({name:?}).as_deref()"),
        kind if param.nullable => format!("given.take::<Option<{}>>({name:?})", value(kind)),
        kind => format!("given.take::<{}>({name:?})", value(kind)),
    }
}

/// The type that a value is read as before it goes into the call.
fn value(kind: &Type) -> String {
    match kind {
        Type::String => "String".to_owned(),
        Type::Enum(name) => format!("enums::{name}"),
        Type::Integer | Type::BigInteger => "i64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Array(inner) => format!("Vec<{}>", value(inner)),
        _ => "Value".to_owned(),
    }
}

/// Whether the caller must name the type of rows.
fn has_rows(api: &Api, method: &Method) -> bool {
    fn holds(api: &Api, model: &Model) -> bool {
        (model.open && !model.fields.is_empty())
            || model.fields.values().any(|field| match field.kind.innermost() {
                Type::Model(name) => api.models.get(name).is_some_and(|inner| holds(api, inner)),
                _ => false,
            })
    }
    let Returns::Model(name) = &method.returns else { return false };
    method.http_method == HttpMethod::Get
        && api.models.get(name).is_some_and(|model| model.open || holds(api, model))
}
