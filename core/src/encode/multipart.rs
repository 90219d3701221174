//! `multipart/form-data` bodies around one file, as Appwrite reads them.

use bytes::Bytes;
use serde_json::value::RawValue;

use super::plain_text;
use crate::error::{Error, Result};
use crate::operation::{Kind, Operation, Place};
use crate::params::Params;
use crate::random;

/// The bytes before and after the file's. They are the same for every chunk of a file.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// The `content-type` header, with the boundary.
    pub(crate) content_type: String,
    /// The fields, and the head of the file's part.
    pub(crate) before: Bytes,
    /// The end of the form.
    pub(crate) after: Bytes,
}

/// The name and type of the file's part.
pub(crate) struct FilePart<'a> {
    /// The parameter's name.
    pub(crate) name: &'a str,
    /// Never empty: the server refuses a part without a file name.
    pub(crate) file_name: &'a str,
    pub(crate) mime_type: &'a str,
}

impl Form {
    /// Writes the body parameters in the operation's order, then the file, which is last so that the server knows all
    /// fields when its bytes arrive. `null` is left out: a form cannot express it.
    ///
    /// # Errors
    /// `Argument` for a MIME type with a control character, which could add headers, and for a value that is not text.
    pub(crate) fn new(operation: &Operation, params: &Params, file: &FilePart<'_>) -> Result<Self> {
        if file.mime_type.contains(|letter: char| letter.is_control()) {
            return Err(Error::argument("the MIME type contains a control character"));
        }
        let boundary = boundary();
        let mut text = String::with_capacity(512);
        let fields =
            operation.params.iter().filter(|param| param.place == Place::Body && param.kind != Kind::File);
        for param in fields {
            let Some(value) = params.get(param.name) else { continue };
            let items = serde_json::from_str::<Vec<&RawValue>>(value.get());
            if let (Kind::Array(_), Ok(items)) = (&param.kind, items) {
                let name = format!("{}[]", param.name);
                for item in items {
                    field(&mut text, &boundary, &name, item)?;
                }
            } else if value.get() != "null" {
                field(&mut text, &boundary, param.name, value)?;
            }
        }
        let FilePart { name, file_name, mime_type } = file;
        let (name, file_name) = (quoted(name), quoted(file_name));
        text.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
             Content-Type: {mime_type}\r\n\r\n"
        ));
        Ok(Self {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            before: text.into(),
            after: format!("\r\n--{boundary}--\r\n").into(),
        })
    }

    /// The length of the form around a file of so many bytes.
    pub(crate) fn length_with(&self, file: u64) -> u64 {
        self.before.len() as u64 + file + self.after.len() as u64
    }
}

/// A boundary of 128 random bits, which no file contains by chance.
fn boundary() -> String {
    format!("polywrite-{:016x}{:016x}", random::bits(), random::bits())
}

/// Writes a string without its quotes and everything else as its JSON, so that numbers stay exact.
fn field(text: &mut String, boundary: &str, name: &str, value: &RawValue) -> Result<()> {
    let value = match value.get() {
        json if json.starts_with('"') => plain_text(name, value)?,
        json => json.into(),
    };
    let name = quoted(name);
    text.push_str(&format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
    ));
    Ok(())
}

// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Content, Method, Param, Returns};

    const fn body(name: &'static str, kind: Kind) -> Param {
        Param { name, place: Place::Body, kind, required: false, nullable: false, source: None }
    }

    static OPERATION: Operation = Operation {
        id: "test.upload",
        method: Method::Post,
        path: "/files",
        self_hosted_path: None,
        params: &[
            body("fileId", Kind::String),
            body("file", Kind::File),
            body("permissions", Kind::Array(&Kind::String)),
            body("activate", Kind::Boolean),
            body("size", Kind::Integer),
            body("missing", Kind::String),
        ],
        content: Content::Multipart,
        accept: "",
        headers: &[],
        returns: Returns::Json,
        upload: None,
        scopes: &[],
        list: None,
        dated_by: None,
        project_header: true,
        deprecated: None,
        available: None,
    };

    fn write(params: &str, file_name: &str) -> (String, String) {
        let file = FilePart { name: "file", file_name, mime_type: "text/plain" };
        let form = Form::new(&OPERATION, &Params::from_json(params).unwrap(), &file).unwrap();
        let boundary = form.content_type.strip_prefix("multipart/form-data; boundary=").unwrap().to_owned();
        let text = format!(
            "{}<file>{}",
            std::str::from_utf8(&form.before).unwrap(),
            std::str::from_utf8(&form.after).unwrap()
        );
        (text.replace(&boundary, "B"), boundary)
    }

    #[test]
    fn fields_come_in_the_operations_order_and_the_file_last() {
        let (text, _) = write(
            r#"{"size":9223372036854775807,"activate":true,"missing":null,
                "permissions":["read(\"any\")","b"],"fileId":"é1"}"#,
            "a.txt",
        );
        let field = |name: &str, value: &str| {
            format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
                    Content-Type: text/plain\r\n\r\n<file>\r\n--B--\r\n";
        let expected = [
            field("fileId", "é1"),
            field("permissions[]", "read(\"any\")"),
            field("permissions[]", "b"),
            field("activate", "true"),
            field("size", "9223372036854775807"),
            file.to_owned(),
        ];
        assert_eq!(text, expected.concat());
    }

    #[test]
    fn names_cannot_break_out_of_their_quotes() {
        let (text, _) = write("{}", "a\"b\r\nX-Evil: 1.txt");
        assert!(text.contains("filename=\"a%22b%0D%0AX-Evil: 1.txt\"\r\n"), "{text}");
    }

    #[test]
    fn mime_types_cannot_break_out_of_their_line() {
        let file = FilePart { name: "file", file_name: "a", mime_type: "text/plain\r\nX: y" };
        assert!(Form::new(&OPERATION, &Params::new(), &file).is_err());
    }

    #[test]
    fn boundaries_differ_and_are_short_enough() {
        let (one, other) = (write("{}", "a").1, write("{}", "a").1);
        assert_ne!(one, other);
        // RFC 2046, section 5.1.1: at most 70 characters.
        assert!(one.len() <= 70);
    }
}
