//! The table of operations: found by id, and fit to be sent.

use std::collections::HashSet;

use polywrite::{Content, ErrorKind, Kind, Method, Operation, Params, Place, Returns};

fn every_operation() -> impl Iterator<Item = &'static Operation> {
    polywrite::operations()
}

#[test]
fn operations_are_found_by_id() {
    for operation in every_operation() {
        assert!(std::ptr::eq(polywrite::operation(operation.id).unwrap(), operation), "{}", operation.id);
    }
    assert!(polywrite::operation("").is_none());
    assert!(polywrite::operation("tablesDB.listRow").is_none());
    assert!(polywrite::operation("tablesDB.listRowsAndMore").is_none());
}

#[test]
fn paths_and_parameters_agree() {
    for operation in every_operation() {
        let id = operation.id;
        let given: HashSet<&str> = named(operation, Place::Path);
        for path in std::iter::once(operation.path).chain(operation.self_hosted_path) {
            assert!(path.starts_with('/'), "{id}");
            let wanted: HashSet<&str> =
                path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).collect();
            assert_eq!(wanted, given, "{id}");
        }
        let names: HashSet<&str> = operation.params.iter().map(|param| param.name).collect();
        assert_eq!(names.len(), operation.params.len(), "{id}: a name occurs twice");
    }
}

#[test]
fn bodies_and_methods_agree() {
    for operation in every_operation() {
        let id = operation.id;
        let has_body = !named(operation, Place::Body).is_empty();
        if operation.method == Method::Get {
            assert!(operation.content == Content::None && !has_body, "{id}");
        } else {
            assert!(named(operation, Place::Query).is_empty(), "{id}");
            assert!(!has_body || operation.content != Content::None, "{id}");
        }
        let takes_file = operation.params.iter().any(|param| param.kind == Kind::File);
        assert_eq!(takes_file, operation.upload.is_some(), "{id}");
        assert_eq!(takes_file, operation.content == Content::Multipart, "{id}");
        assert!(operation.headers.iter().all(|(name, _)| *name == name.to_lowercase()), "{id}");
    }
}

#[test]
fn uploads_name_their_parameters() {
    for operation in every_operation() {
        let Some(upload) = operation.upload else { continue };
        assert_eq!(
            operation.param(upload.file).map(|param| param.kind),
            Some(Kind::File),
            "{}",
            operation.id
        );
        if let Some(id) = upload.id {
            assert_eq!(operation.param(id).map(|param| param.kind), Some(Kind::String), "{}", operation.id);
        }
        let read_by = upload.read_by;
        assert_eq!(read_by.is_some(), upload.chunked, "{}", operation.id);
        if let Some(reader) = read_by {
            assert_eq!((reader.method, reader.returns), (Method::Get, Returns::Object), "{}", operation.id);
            assert_eq!(reader.params.len(), named(operation, Place::Path).len() + 1, "{}", operation.id);
        }
    }
}

/// Only GET operations return bytes and redirects.
#[test]
fn responses_fit_their_methods() {
    for operation in every_operation() {
        if matches!(operation.returns, Returns::Bytes | Returns::Redirect | Returns::Text) {
            assert_eq!(operation.method, Method::Get, "{}", operation.id);
        }
    }
}

/// Every operation with a required argument fails without arguments, before anything is sent.
#[tokio::test]
async fn missing_arguments_fail_everywhere() {
    // Nothing listens there: a call that is sent ends with another kind of error.
    let client =
        polywrite::Client::builder().endpoint("http://127.0.0.1:1/v1").project("shop").retries(0).build();
    let client = client.unwrap();
    for operation in every_operation() {
        let needed = operation
            .params
            .iter()
            .any(|param| param.required && param.source.is_none() && param.kind != Kind::File);
        if needed {
            let called = client.execute(operation, Params::new(), polywrite::CallOptions::new()).await;
            assert_eq!(called.unwrap_err().kind(), ErrorKind::Argument, "{}", operation.id);
        }
    }
}

fn named(operation: &Operation, place: Place) -> HashSet<&'static str> {
    operation.params.iter().filter(|param| param.place == place).map(|param| param.name).collect()
}
