//! `multipart/form-data`, read as leniently as PHP reads it.

use bytes::Bytes;
use memchr::memmem;
use serde_json::{Map, Value};

use super::query_string;

/// A file that came in a form.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// The file name as sent, percent-encoded quotes decoded.
    pub(crate) name: String,
    /// The contents.
    pub(crate) content: Bytes,
}

/// A form: plain fields and files.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// Fields that are not files, brackets resolved.
    pub(crate) fields: Map<String, Value>,
    /// Files by field name.
    pub(crate) files: Vec<(String, Upload)>,
}

/// The boundary named in a `Content-Type`, quoted or not.
pub(crate) fn boundary(content_type: &str) -> Option<&str> {
    let start = content_type.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let value = content_type[start..].trim_start();
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([';', ',']).next().map(str::trim),
    }
}

/// Reads a whole body; parts that make no sense are skipped.
pub(crate) fn read(body: &Bytes, boundary: &str) -> Form {
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter opens the body, and has no line before it that it could end.
    let mut start = body.starts_with(&delimiter.as_bytes()[2..]).then_some(delimiter.len() - 2);
    let finder = memmem::Finder::new(delimiter.as_bytes());
    let mut form = Form::default();
    for end in finder.find_iter(body) {
        if let Some(start) = start {
            read_part(&body.slice(start..end), &mut form);
        }
        start = Some(end + delimiter.len());
    }
    form
}

fn read_part(part: &Bytes, form: &mut Form) {
    let Some(head_end) = memmem::find(part, b"\r\n\r\n") else { return };
    let head = String::from_utf8_lossy(&part[..head_end]).into_owned();
    let content = part.slice(head_end + 4..);
    let disposition = head
        .split("\r\n")
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"));
    let Some((_, disposition)) = disposition else { return };
    let Some(name) = attribute(disposition, "name") else { return };
    match attribute(disposition, "filename") {
        Some(file_name) => {
            let file_name = file_name.replace("%22", "\"");
            form.files.push((name, Upload { name: file_name, content }));
        }
        None => {
            let value = Value::String(String::from_utf8_lossy(&content).into_owned());
            query_string::insert(&mut form.fields, &name, value);
        }
    }
}

/// An attribute of a header: `name="a"`, `name=a`; a backslash before a quote keeps both.
fn attribute(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header;
    while let Some(position) = rest.find(';') {
        rest = rest[position + 1..].trim_start();
        let Some(value) = rest.strip_prefix(wanted).and_then(|rest| rest.strip_prefix('=')) else { continue };
        let Some(quoted) = value.strip_prefix('"') else {
            return Some(value.split(';').next().unwrap_or_default().trim().to_owned());
        };
        let mut text = String::new();
        let mut escaped = false;
        for character in quoted.chars() {
            if character == '"' && !escaped {
                break;
            }
            escaped = character == '\\' && !escaped;
            text.push(character);
        }
        return Some(text);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fields_and_files() {
        let body = Bytes::from_static(
            b"--B\r\nContent-Disposition: form-data; name=\"permissions[]\"\r\n\r\nread(\"any\")\r\n\
              --B\r\ncontent-disposition: form-data; name=file; filename=\"a\\\"b.txt\"\r\n\r\nhello\r\n--B--\r\n",
        );
        let form = read(&body, "B");
        assert_eq!(form.fields["permissions"], serde_json::json!(["read(\"any\")"]));
        let (name, upload) = &form.files[0];
        assert_eq!((name.as_str(), upload.name.as_str()), ("file", "a\\\"b.txt"));
        assert_eq!(&upload.content[..], b"hello");
    }

    #[test]
    fn content_may_look_like_a_boundary() {
        let body = Bytes::from_static(
            b"--B\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n1--B\n--B2\r\n--B--\r\n",
        );
        assert_eq!(&read(&body, "B").files[0].1.content[..], b"1--B\n--B2");
    }

    #[test]
    fn finds_the_boundary() {
        assert_eq!(boundary("multipart/form-data; boundary=\"B B\"; charset=utf-8"), Some("B B"));
        assert_eq!(boundary("multipart/form-data; Boundary=BB"), Some("BB"));
    }
}
