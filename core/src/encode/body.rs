use bytes::Bytes;

use crate::operation::{Operation, Place};
use crate::params::Params;

/// The JSON body of an operation: its body parameters in signature order, each one exactly as given.
pub(crate) fn json_body(operation: &Operation, params: &Params) -> Bytes {
    let given = operation.params.iter().filter(|param| param.place == Place::Body);
    write_object(given.filter_map(|param| Some((param.name, params.get(param.name)?.get()))))
}

/// The JSON object of arguments that no operation describes, in the order given.
pub(crate) fn json_object(params: &Params) -> Bytes {
    write_object(params.iter().map(|(name, value)| (name, value.get())))
}

fn write_object<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Bytes {
    let mut body = String::from("{");
    for (name, value) in entries {
        if body.len() > 1 {
            body.push(',');
        }
        write_name(&mut body, name);
        body.push(':');
        body.push_str(value);
    }
    body.push('}');
    body.into()
}

fn write_name(body: &mut String, name: &str) {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'$' | b'_' | b'-')) {
        body.push('"');
        body.push_str(name);
        body.push('"');
    } else {
        body.push_str(&serde_json::Value::from(name).to_string());
    }
}
