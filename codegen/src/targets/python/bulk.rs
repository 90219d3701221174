//! Functions that write many rows.

use super::function::{Function, by_wire_name, entries, option_entry};
use super::taken;
use super::text::{docstring, listed, listed_signature, literal, parameter};
use crate::docs;
use crate::flow_options;
use polywrite_api::{Api, BulkWrite, Param, Service, names};

/// A bulk write, which takes its rows from an iterable.
pub(super) fn write(api: &Api, service: &Service, write: &BulkWrite, asynchronous: bool) -> Function {
    let name = taken::function(&write.name());
    let (define, wait, make) =
        if asynchronous { ("async def", "await ", "write_async") } else { ("def", "", "write") };
    let arguments: Vec<&Param> = write.arguments().collect();
    let transaction = &api.transactions.parameter;
    let (rows, item) = (write.rows(), if write.takes_ids() { "str" } else { "Mapping[str, Any]" });
    let rows_kind = match asynchronous {
        true => format!("Iterable[{item}] | AsyncIterable[{item}]"),
        false => format!("Iterable[{item}]"),
    };
    let mut items = vec!["self".to_owned()];
    let typed = |param: &&Param| format!("{}: {}", taken::argument(&param.name), parameter(&param.kind));
    items.extend(arguments.iter().map(typed));
    items.push(format!("{rows}: {rows_kind}"));
    items.push("*".to_owned());
    let options = flow_options::of_bulk(api);
    items.extend(options.iter().map(|option| {
        let (hint, default) = hint(option.name);
        format!("{}: {hint} = {default}", names::snake(option.name))
    }));
    items.push("**options: _types.Unpack[_types.CallOptions]".to_owned());
    let mut params = by_wire_name(arguments.iter().copied());
    params.push(format!("{}: {}", literal(transaction), taken::argument(transaction)));
    let id = format!("{}.{}", service.name, write.name());
    let names = format!("({}, {})", literal(&id), literal(&write.method.id));
    let rest = "on_progress, limit, concurrency, stop_on_error, options";
    let mut about = vec![docs::bulk(write)];
    let mut entries = entries(arguments);
    entries.push(format!("    {rows}: {}", docs::bulk_rows(write)));
    entries.extend(options.iter().map(option_entry));
    about.push(format!("Args:\n{}", entries.join("\n")));
    about.extend(docs::scopes(write.method));
    Function {
        signature: listed_signature(&format!("    {define} {name}("), &items, ") -> BulkReport:"),
        name,
        define,
        deprecated: None,
        about: docstring(&about, 8),
        body: vec![
            listed("params = {", &params, "}", 8),
            format!("names = {names}"),
            format!("given = (self, names, params, {rows})"),
            format!("return {wait}{make}(*given, {rest})"),
        ],
    }
}

/// The type of an option of bulk writes, and its default.
pub(super) fn hint(option: &str) -> (&'static str, &'static str) {
    match option {
        "onProgress" => ("Callable[[BulkProgress], Any] | None", "None"),
        "stopOnError" => ("bool", "False"),
        "transactionId" => ("str | None", "None"),
        _ => ("int | None", "None"),
    }
}
