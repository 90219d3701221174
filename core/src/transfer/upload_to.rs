//! Uploads to a path that a program names itself.

use http::header::{CONTENT_RANGE, CONTENT_TYPE};
use percent_encoding::percent_decode_str;

use super::options::UploadOptions;
use super::source::FileSource;
use crate::client::{Client, RAW_CALL};
use crate::directory::operations;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::params::Params;
use crate::response::Response;

impl Client {
    /// Sends a file to a path below the endpoint, or to a whole URL of it, as [`upload`](Self::upload) does for the
    /// operation that has this path. Parameters in the path win over `params`; a query does not matter.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when no operation takes a file there, and as
    /// [`upload`](Self::upload).
    pub async fn upload_to(
        &self,
        method: &str,
        path: &str,
        mut params: Params,
        file: FileSource,
        mut options: UploadOptions,
    ) -> Result<Response> {
        let (operation, in_path) = upload_at(self.endpoint(), method, path)?;
        for (name, value) in in_path {
            params.set(name, &value);
        }
        // How the body is written is not the caller's choice.
        let is_own = |name: &str| {
            [CONTENT_TYPE, CONTENT_RANGE].iter().all(|it| !name.eq_ignore_ascii_case(it.as_str()))
        };
        options.call.headers.retain(|(name, _)| is_own(name));
        self.upload(operation, params, file, options).await
    }
}

/// The parameters that stand in a path, decoded.
type InPath = Vec<(&'static str, String)>;

/// The operation that takes a file at a path.
fn upload_at(endpoint: &str, method: &str, path: &str) -> Result<(&'static Operation, InPath)> {
    let place = path.split(['?', '#']).next().unwrap_or_default();
    let place = place.strip_prefix(endpoint).filter(|rest| rest.starts_with('/')).unwrap_or(place);
    let mut uploads = operations().filter(|operation| {
        operation.upload.is_some() && operation.method.as_str().eq_ignore_ascii_case(method)
    });
    let found = uploads.find_map(|operation| Some((operation, in_path(operation.path, place)?)));
    found.ok_or_else(|| {
        let message = format!("{} {place} takes no file", method.to_ascii_uppercase());
        Error::argument(message).with_operation(RAW_CALL.id)
    })
}

/// What stands in a path where a template has names in braces; `None` when the two do not fit.
fn in_path(template: &'static str, path: &str) -> Option<InPath> {
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
        let endpoint = "https://appwrite.example.com/v1";
        let whole = format!("{endpoint}/storage/buckets/a%20b/files?query=1");
        for path in ["/storage/buckets/a%20b/files", &whole] {
            let (operation, params) = upload_at(endpoint, "post", path).expect("files are created there");
            assert_eq!(operation.id, "storage.createFile");
            assert_eq!(params, [("bucketId", "a b".to_owned())]);
        }
        for (method, path) in [
            ("GET", "/storage/buckets/b/files"),
            ("POST", "/storage/buckets/b"),
            ("POST", "/storage/buckets/b/files/more"),
            ("POST", "https://elsewhere.example.com/v1/storage/buckets/b/files"),
            ("POST", "/users"),
        ] {
            let error = upload_at(endpoint, method, path).unwrap_err();
            assert_eq!(error.to_string(), format!("client.request: {method} {path} takes no file"));
        }
    }

    #[test]
    fn slashes_at_the_ends_do_not_matter() {
        assert_eq!(in_path("/a/{id}", "a/1/"), Some(vec![("id", "1".to_owned())]));
        assert_eq!(in_path("/a/{id}", "/b/1"), None);
    }
}
