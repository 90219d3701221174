//! Which upload a path stands for.

use percent_encoding::percent_decode_str;
use polywrite::{Operation, Result};

use crate::error::refused;

/// An operation that takes a file, found by its path.
#[derive(Debug)]
pub struct Target {
    /// The operation.
    pub operation: &'static Operation,
    /// The name of the parameter that is the file.
    pub file: &'static str,
    /// The parameters that stand in the path, decoded.
    pub params: Vec<(&'static str, String)>,
}

/// The operation that sends a file to a path below the endpoint.
///
/// # Errors
/// `Argument` when there is none.
pub fn upload_at(method: &str, path: &str) -> Result<Target> {
    let found = polywrite::operations().find_map(|operation| {
        let upload = operation.upload.as_ref()?;
        if !operation.method.as_str().eq_ignore_ascii_case(method) {
            return None;
        }
        Some(Target { operation, file: upload.file, params: in_path(operation.path, path)? })
    });
    found.ok_or_else(|| {
        let message = format!("{} {path} takes no file", method.to_ascii_uppercase());
        refused(polywrite::RAW_CALL.id.to_owned(), message)
    })
}

/// What stands in a path where a template has names in braces; `None` when the two do not fit.
fn in_path(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let mut given = path.trim_matches('/').split('/');
    for part in template.trim_matches('/').split('/') {
        let value = given.next()?;
        match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => found.push((name, percent_decode_str(value).decode_utf8_lossy().into_owned())),
            None if part == value => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::{in_path, upload_at};

    #[test]
    fn a_path_says_which_upload_it_is_and_what_its_parameters_are() {
        let found = upload_at("post", "/storage/buckets/a%20b/files").expect("files are created there");
        assert_eq!((found.operation.id, found.file), ("storage.createFile", "file"));
        assert_eq!(found.params, [("bucketId", "a b".to_owned())]);
        for (method, path) in [
            ("GET", "/storage/buckets/b/files"),
            ("POST", "/storage/buckets/b"),
            ("POST", "/storage/buckets/b/files/more"),
            ("POST", "/users"),
        ] {
            let error = upload_at(method, path).unwrap_err();
            assert_eq!(error.to_string(), format!("client.request: {method} {path} takes no file"));
        }
    }

    #[test]
    fn slashes_at_the_ends_do_not_matter() {
        assert_eq!(in_path("/a/{id}", "a/1/"), Some(vec![("id", "1".to_owned())]));
        assert_eq!(in_path("/a/{id}", "/b/1"), None);
    }
}
