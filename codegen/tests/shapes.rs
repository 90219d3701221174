//! Every shape that a document may have arrives in the definition, or the import reports it as left out.
//! `./dev test --freshness` runs programs that use the same document.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use polywrite_api::{Api, Returns, Type};
use polywrite_codegen::import::{self, Imported};
use polywrite_codegen::targets;

fn shelter() -> Imported {
    import::import(include_str!("documents/shapes.json"), None, true).expect("sound")
}

fn names<'a>(api: &'a Api, id: &str) -> Vec<&'a str> {
    api.method(id).unwrap_or_else(|| panic!("{id}")).params.keys().map(String::as_str).collect()
}

/// All files that a language's target makes of a definition, as one text, with one space where there are several.
fn made(api: &Api, language: &str) -> String {
    let targets = targets::named(&[language.to_owned()]).expect("known");
    let files = targets[0].render(api).unwrap_or_else(|error| panic!("{language}: {error:#}"));
    let text: String = files.into_iter().map(|file| file.text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn contains_all(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is missing");
    }
}

#[test]
fn body_parameters_keep_the_documents_order() {
    let api = shelter().api;
    assert_eq!(names(&api, "pets.create"), ["petId", "name", "kind", "born", "age"]);
    assert_eq!(names(&api, "pets.updatePhone"), ["petId", "phone", "password"]);
    let fields: Vec<&String> = api.models["Pet"].fields.keys().collect();
    assert_eq!(fields[..4], ["$id", "name", "kind", "size"]);
}

#[test]
fn enums_are_read_in_every_form() {
    let api = shelter().api;
    let members = |name: &str| -> Vec<(&str, &str)> {
        api.enums[name].members.iter().map(|it| (it.value.as_str(), it.title())).collect()
    };
    assert_eq!(members("PetKind"), [("dog", "dog"), ("gfish", "GoldFish")]);
    assert_eq!(members("Size"), [("small", "small"), ("large", "large")]);
    assert_eq!(members("PetMoods"), [("calm", "calm"), ("wild", "wild")]);
    let pet = &api.models["Pet"];
    assert_eq!(pet.fields["kind"].kind, Type::Enum("PetKind".to_owned()));
    assert_eq!(pet.fields["size"].kind, Type::Enum("Size".to_owned()));
    assert_eq!(pet.fields["shadow"].kind.to_string(), api.unions.keys().next().expect("one").as_str());
    assert!(!api.models.contains_key("Size") && !api.models.contains_key("Shape"));
}

#[test]
fn null_is_kept_where_something_required_may_be_null() {
    let api = shelter().api;
    let pet = &api.models["Pet"];
    for field in ["weight", "chip"] {
        assert!(pet.fields[field].required && pet.fields[field].nullable, "{field}");
    }
    let born = &api.method("pets.create").expect("there").params["born"];
    assert!(born.required && born.nullable);
}

#[test]
fn references_lead_to_what_they_name() {
    let api = shelter().api;
    assert_eq!(names(&api, "pets.list"), ["limit"]);
    assert_eq!(api.method("pets.create").expect("there").returns, Returns::Model("Pet".to_owned()));
}

#[test]
fn a_redirect_is_recognized_whatever_the_document_calls_it() {
    let api = shelter().api;
    assert_eq!(api.method("links.home").expect("there").returns, Returns::Redirect);
}

#[test]
fn the_import_reports_what_it_leaves_out() {
    let notes = shelter().notes;
    let expected = [
        "HEAD./pets: no call has this HTTP method; the operation is left out",
        "Pet.either: that it is one of string, int is left out; any JSON will do",
        "Pet.grade: its values are left out, because an enum's values are texts",
        "list.X-Trace: it travels in a header, and is left out",
    ];
    let mut notes: Vec<&str> = notes.iter().map(String::as_str).collect();
    notes.sort_unstable();
    assert_eq!(notes, expected);
}

#[test]
fn a_binary_call_without_parameters_has_every_form() {
    let api = shelter().api;
    let node = made(&api, "node");
    contains_all(&node, &["getLatest(options?: DownloadOptions): CallPromise<ArrayBuffer>;"]);
    contains_all(&node, &["getLatest(options: StreamOptions): CallPromise<DownloadStream>;"]);
    contains_all(&node, &["getLatest(options: SaveOptions): CallPromise<void>;"]);
    contains_all(&made(&api, "python"), &["def get_latest(self", "def stream_latest(self"]);
    contains_all(
        &made(&api, "swift"),
        &["func getLatest() async throws -> Data", "to path: String", "func getLatestStream()"],
    );
    contains_all(&made(&api, "rust"), &["pub fn get_latest( &self, ) -> DownloadCall"]);
}

#[test]
fn the_settings_of_the_client_reach_the_sdks() {
    let mut files = shelter().files;
    let client = files.get_mut("client.toml").expect("there");
    *client = client
        .replace("\"https://shelter.example/v1\"", "\"http://shelter.local:8080/v1\"")
        .replace("chunk_size = 5_242_880", "chunk_size = 1_048_576")
        .replace("upload_concurrency = 8", "upload_concurrency = 3")
        .replace("\"x-sdk-platform\", ", "");
    let api = Api::from_texts(files).expect("sound");
    let rust = made(&api, "rust");
    contains_all(
        &rust,
        &["DEFAULT_ENDPOINT: &str = \"http://shelter.local:8080/v1\"", "CHUNK_SIZE: u64 = 1048576"],
    );
    contains_all(
        &rust,
        &["UPLOAD_CONCURRENCY: usize = 3", "&[\"x-sdk-name\",\"x-sdk-language\",\"x-sdk-version\""],
    );
    contains_all(&made(&api, "node"), &["chunkSize = 1048576"]);
}

/// TypeScript and Rust refuse or warn of what is imported and not used.
#[test]
fn files_import_what_they_use() {
    let api = shelter().api;
    contains_all(
        &made(&api, "node"),
        &[
            "import type { DownloadOptions, DownloadStream, SaveOptions, StreamOptions } from \"../../options\"",
        ],
    );
    contains_all(&made(&api, "rust"), &["use super::operation::BulkOperation;"]);
}

#[test]
fn an_endpoint_written_by_hand_survives_the_next_import() {
    let first = shelter();
    let mut known = import::Known::from(first.api);
    let client = first.files["client.toml"].replace("https://shelter.example/v1", "https://mine.example/v1");
    known.hand_made.insert("client.toml".to_owned(), client);
    let again = import::import(include_str!("documents/shapes.json"), Some(&known), true).expect("sound");
    assert_eq!(again.api.client.default_endpoint, "https://mine.example/v1");
}

/// `oneOf` of one-value enums and `nullable` instead of Appwrite's own extensions.
#[test]
fn a_document_in_newer_openapi_says_the_same() {
    let old = r#"{"openapi": "3.0.0", "paths": {"/a": {"get": {"tags": ["a"], "operationId": "aGet",
        "parameters": [{"name": "order", "in": "query", "required": true, "schema": ENUM}],
        "responses": {"204": {}}}}}}"#;
    let own = r#"{"type": "string", "enum": ["a", "b"], "x-enum-name": "Order", "x-enum-keys": ["Up", "Down"],
        "x-nullable": true}"#;
    let todays = r#"{"x-enum-name": "Order", "nullable": true, "oneOf": [
        {"type": "string", "enum": ["a"], "title": "Up"}, {"type": "string", "enum": ["b"], "title": "Down"}]}"#;
    let read = |schema: &str| import::import(&old.replace("ENUM", schema), None, true).expect("sound").files;
    assert_eq!(read(own), read(todays));
}
