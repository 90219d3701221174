//! Sentences and types as Python writes them.

use crate::docs;
use polywrite_api::Type;

/// How wide a line may be.
pub(super) const WIDTH: usize = 120;

/// A docstring of one or more paragraphs, indented by `indent` but for its first line.
pub(super) fn docstring(paragraphs: &[String], indent: usize) -> String {
    let room = WIDTH - indent;
    let paragraphs: Vec<&String> = paragraphs.iter().filter(|paragraph| !paragraph.is_empty()).collect();
    if let [only] = paragraphs.as_slice()
        && only.chars().count() + 6 <= room
        && !only.contains('\n')
    {
        return format!("\"\"\"{}\"\"\"", apart_from_end(escaped(only)));
    }
    let margin = " ".repeat(indent);
    let mut lines = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        for line in paragraph.lines() {
            // The first line has the quotes before it, an entry of a list its continuation further in.
            let inner = line.len() - line.trim_start().len();
            let further = if inner > 0 { inner + 4 } else { 0 };
            let width = if lines.is_empty() { room - 3 } else { room - further };
            for (part, piece) in docs::wrap(line.trim_start(), width).into_iter().enumerate() {
                lines.push(format!(
                    "{}{}",
                    " ".repeat(if part == 0 { inner } else { further }),
                    escaped(&piece)
                ));
            }
        }
    }
    if let [only] = lines.as_mut_slice() {
        *only = apart_from_end(std::mem::take(only));
    }
    let mut text = String::from("\"\"\"");
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push('\n');
            if !line.is_empty() {
                text.push_str(&margin);
            }
        }
        text.push_str(line);
    }
    if lines.len() > 1 {
        text.push('\n');
        text.push_str(&margin);
    }
    text.push_str("\"\"\"");
    text
}

/// A text before three quotes: a quote at its own end would be taken for one of them.
fn apart_from_end(mut text: String) -> String {
    if text.ends_with('"') {
        text.insert(text.len() - 1, '\\');
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace("\"\"\"", "'''")
}

/// The type of a parameter. Enums and models are named with their package, since some share a name.
pub(super) fn parameter(kind: &Type) -> String {
    match kind {
        Type::Object | Type::Model(_) | Type::Union(_) => "_types.Fields".into(),
        Type::File => "_types.InputFile".into(),
        Type::Enum(name) => format!("enums.{name} | str"),
        Type::Array(inner) => format!("Sequence[{}]", parameter(inner)),
        scalar => self::scalar(scalar).into(),
    }
}

/// The type of a field; `generic` says whether a model takes the type of user data.
pub(super) fn field(kind: &Type, generic: &dyn Fn(&str) -> bool) -> String {
    match kind {
        Type::Object => "dict[str, Any]".into(),
        Type::File => "bytes".into(),
        Type::Enum(name) => format!("enums.{name}"),
        Type::Model(name) if generic(name) => format!("models.{name}[T]"),
        Type::Model(name) | Type::Union(name) => format!("models.{name}"),
        Type::Array(inner) => format!("list[{}]", field(inner, generic)),
        scalar => self::scalar(scalar).into(),
    }
}

fn scalar(kind: &Type) -> &'static str {
    match kind {
        Type::String => "str",
        Type::Integer | Type::BigInteger => "int",
        Type::Float => "float",
        Type::Boolean => "bool",
        _ => "Any",
    }
}

/// A call or literal on one line if it fits, else an item a line.
pub(super) fn listed(open: &str, items: &[String], close: &str, indent: usize) -> String {
    let line = format!("{open}{}{close}", items.join(", "));
    if indent + line.chars().count() <= WIDTH {
        return line;
    }
    let margin = " ".repeat(indent);
    let lines: String = items.iter().map(|item| format!("{margin}    {item},\n")).collect();
    format!("{open}\n{lines}{margin}{close}")
}

/// What follows `opening`, the name of a function: its arguments on the same line if they fit, else one a line.
pub(super) fn listed_signature(opening: &str, items: &[String], closing: &str) -> String {
    let whole = listed(opening, items, closing, 0);
    let tail = whole.strip_prefix(opening).unwrap_or(&whole);
    if tail.starts_with('\n') {
        let lines: String = items.iter().map(|item| format!("        {item},\n")).collect();
        return format!("\n{lines}    {closing}");
    }
    tail.to_owned()
}

/// Text as a Python literal.
pub(super) fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A JSON value as a Python literal.
pub(super) fn value(json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::Null => "None".into(),
        serde_json::Value::Bool(true) => "True".into(),
        serde_json::Value::Bool(false) => "False".into(),
        serde_json::Value::Array(items) => {
            format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
