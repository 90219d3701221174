//! The repository's own definition can be read and says what it should.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it skips"
)]

use polywrite_api::{Api, Content, HttpMethod, Place, Returns, Source, Type};

fn api() -> Api {
    Api::embedded().expect("the repository's definition is sound")
}

#[test]
fn the_embedded_definition_is_the_one_in_the_folder() {
    let folder = Api::load(env!("CARGO_MANIFEST_DIR")).expect("readable");
    assert_eq!(format!("{:?}", api()), format!("{folder:?}"));
}

#[test]
fn it_is_complete() {
    let api = api();
    assert!(api.methods().count() >= 949, "{} methods", api.methods().count());
    assert_eq!(api.services.len(), 33);
    assert_eq!(api.unions.len(), 8);
    assert_eq!(api.errors.len(), 292);
    assert_eq!(api.errors.get("general_rate_limit_exceeded"), Some(&Some(429)));
    assert_eq!(api.errors.get("user_invalid_challenge"), Some(&None), "no fact says its status");
}

#[test]
fn places_and_contents_are_derived() {
    let api = api();
    let list = api.method("tablesDB.listRows").expect("there");
    assert_eq!((list.http_method, list.content), (HttpMethod::Get, Content::None));
    let places: Vec<(&str, Place)> =
        list.params.values().map(|param| (param.name.as_str(), param.place)).collect();
    assert_eq!(places[0], ("databaseId", Place::Path));
    assert_eq!(places[2], ("queries", Place::Query));
    assert!(list.generic);
    assert_eq!(list.returns, Returns::Model("RowList".to_owned()));

    let delete = api.method("tablesDB.deleteRows").expect("there");
    assert_eq!(delete.content, Content::Json);
    assert_eq!(delete.params["queries"].place, Place::Body);

    let upload = api.method("storage.createFile").expect("there");
    assert_eq!(upload.content, Content::Multipart);
    assert_eq!(upload.params["file"].kind, Type::File);
}

#[test]
fn unions_are_distinguished_from_models() {
    let api = api();
    let column = api.method("tablesDB.getColumn").expect("there");
    assert_eq!(column.returns, Returns::Union("Column".to_owned()));
    let columns = &api.models["ColumnList"].fields["columns"];
    assert_eq!(columns.kind.innermost(), &Type::Union("Column".to_owned()));
}

#[test]
fn an_alias_is_its_target_under_an_older_name() {
    let api = api();
    let alias = api.method("users.updateMfa").expect("there");
    let target = api.method("users.updateMFA").expect("there");
    assert_eq!((&alias.path, alias.params.len()), (&target.path, target.params.len()));
    assert_eq!(alias.deprecated.as_ref().map(|it| it.replace_with.as_str()), Some("users.updateMFA"));
    assert_eq!(alias.available, target.available);
}

#[test]
fn the_project_is_not_an_argument_where_it_is_in_the_path() {
    let api = api();
    let token = api.method("oauth2.createToken").expect("there");
    assert_eq!(token.params["project_id"].source, Some(Source::Project));
    assert!(token.arguments().all(|param| param.name != "project_id"));
    assert!(!token.project_header);
}

#[test]
fn the_client_can_ping() {
    let api = api();
    let ping = api.method("client.ping").expect("there");
    assert_eq!((ping.path.as_str(), &ping.returns), ("/ping", &Returns::Text));
}

#[test]
fn every_service_with_rows_writes_many_of_them_and_has_transactions() {
    let api = api();
    let with_bulk: Vec<&str> = api.bulk.services.keys().map(String::as_str).collect();
    assert_eq!(with_bulk, ["databases", "documentsDB", "tablesDB", "vectorsDB"]);
    for service in api.services.values() {
        let writes = api.bulk.writes(service);
        // A method that takes a list of rows is not forgotten.
        let is_there =
            ["createRows", "createDocuments"].iter().any(|name| service.methods.contains_key(*name));
        assert_eq!(writes.len(), if is_there { 4 } else { 0 }, "{}", service.name);
        assert!(writes.iter().all(|write| !write.parameter().is_empty()), "{}", service.name);
        assert_eq!(api.transactions.has(service), service.methods.contains_key("createTransaction"));
    }
    assert_eq!(api.transactions.services(&api).count(), 4);
    assert!(api.transactions.again.iter().all(|name| api.errors.contains_key(name)));
}

#[test]
fn sentences_have_the_time_that_a_transaction_stays_open() {
    let api = api();
    for service in api.transactions.services(&api) {
        let ttl = &service.methods[&api.transactions.begin].params["ttl"];
        assert!(ttl.about.ends_with(&format!("; default {}.", api.transactions.ttl)), "{}", ttl.about);
    }
}
