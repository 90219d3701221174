//! Methods that read whole lists, and methods that wait.

use super::function::{
    Function, MODEL_TYPE, argument, by_wire_name, deprecated, entries, option_entry, options,
};
use super::text::{WIDTH, docstring, listed, listed_signature, literal};
use super::{models, taken};
use crate::docs;
use crate::flow_options;
use polywrite_api::{Api, Method, Param, Returns, Wait};

/// `iterate_rows` beside `list_rows`.
pub(super) fn iteration(api: &Api, method: &Method, asynchronous: bool) -> Option<Function> {
    let list = method.list.as_ref()?;
    let Returns::Model(page) = &method.returns else { return None };
    let (attribute, item) = models::items_of(api, page, &list.items)?;
    let name = taken::function(&docs::iteration(&method.name));
    let class = if asynchronous { "AsyncItems" } else { "Items" };
    let generic = if method.generic { "[T]" } else { "" };
    let returned = format!("_types.{class}[models.{page}{generic}, {item}]");
    let mut items = vec!["self".to_owned()];
    items.extend(method.arguments().map(argument));
    items.push("page_size: int | None = None".to_owned());
    if method.generic {
        items.push("model_type: type[T] = DICT".to_owned());
    }
    items.push(options(api, method));
    let mut body = Vec::new();
    if method.generic {
        body.push("self._check(model_type)".to_owned());
    }
    body.push(params(method.arguments()));
    let of = if method.generic {
        format!("lambda page: models.{page}._of(page, model_type)")
    } else {
        format!("models.{page}._of")
    };
    let field = literal(&attribute);
    let id = literal(&method.id);
    let given = [id.as_str(), "params", "page_size", "options", &of, &field].map(str::to_owned);
    body.push(called("return self._read_list(", &given));
    let mut about = vec![docs::about(&docs::of_iteration(api, method), &method.available)];
    let mut entries = entries(method.arguments());
    entries.extend(flow_options::of_lists(api).iter().map(option_entry));
    if method.generic {
        entries.push(MODEL_TYPE.to_owned());
    }
    about.push(format!("Args:\n{}", entries.join("\n")));
    about.extend(docs::scopes(method));
    Some(Function {
        signature: listed_signature(&format!("    def {name}("), &items, &format!(") -> {returned}:")),
        define: "def",
        deprecated: deprecated(api, method, asynchronous),
        about: docstring(&about, 8),
        body,
        name,
    })
}

/// `wait_for_column`
pub(super) fn wait(api: &Api, wait: &Wait, read: &Method, asynchronous: bool) -> Function {
    let name = taken::function(&wait.name);
    let define = if asynchronous { "async def" } else { "def" };
    let required = || read.arguments().filter(|param| param.required);
    let mut items = vec!["self".to_owned()];
    items.extend(required().map(argument));
    items.push("timeout: float | None = None".to_owned());
    items.push("on_status: Callable[[str], Any] | None = None".to_owned());
    items.push("**options: _types.Unpack[_types.PrefixedCallOptions]".to_owned());
    let ids = [literal(&wait.id), literal(&read.id)];
    let given: Vec<String> =
        ids.into_iter().chain(["params", "timeout", "on_status", "options"].map(str::to_owned)).collect();
    let awaited = if asynchronous { "result = await self._wait_for(" } else { "result = self._wait_for(" };
    let (returned, opening) = match &read.returns {
        Returns::Union(name) => (format!("models.{name}"), format!("one_of({}, ", literal(name))),
        Returns::Model(name) => (format!("models.{name}"), format!("models.{name}._of(")),
        _ => ("Any".to_owned(), "(".to_owned()),
    };
    let body = vec![params(required()), called(awaited, &given), format!("return {opening}result)")];
    let mut about = vec![docs::about(&docs::of_wait(api, wait), &read.available)];
    let mut entries = entries(required());
    entries.extend(flow_options::of_waits(docs::time_limit(api, wait)).iter().map(option_entry));
    about.push(format!("Args:\n{}", entries.join("\n")));
    about.extend(docs::scopes(read));
    Function {
        signature: listed_signature(&format!("    {define} {name}("), &items, &format!(") -> {returned}:")),
        define,
        deprecated: deprecated(api, read, asynchronous),
        about: docstring(&about, 8),
        body,
        name,
    }
}

/// A call in the body of a method, laid out as ruff does it.
fn called(opening: &str, arguments: &[String]) -> String {
    let line = arguments.join(", ");
    let width = |indent: usize, text: &str| indent + text.chars().count();
    if width(8, opening) + width(1, &line) <= WIDTH {
        return format!("{opening}{line})");
    }
    if width(12, &line) <= WIDTH {
        return format!("{opening}\n            {line}\n        )");
    }
    let lines: String = arguments.iter().map(|argument| format!("            {argument},\n")).collect();
    format!("{opening}\n{lines}        )")
}

/// `params = {"databaseId": database_id}`
fn params<'a>(params: impl Iterator<Item = &'a Param>) -> String {
    listed("params = {", &by_wire_name(params), "}", 8)
}
