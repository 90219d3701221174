//! An OpenAPI document becomes a definition, whatever its services are called.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use polywrite_api::{Api, Place, Returns, Type};
use polywrite_codegen::import::{self, Known};
use polywrite_codegen::targets;
use serde_json::{Value, json};

/// A server without Appwrite's own services.
fn zoo() -> Value {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let responses =
        |schema: Value| json!({ "200": { "content": { "application/json": { "schema": schema } } } });
    json!({
        "openapi": "3.0.0",
        "info": { "version": "7.1.0" },
        "servers": [{ "url": "https://zoo.example/v1" }],
        "components": { "schemas": {
            "animal": {
                "description": "An animal. It lives here.",
                "properties": {
                    "id": { "type": "string", "description": "Its ID." },
                    "legs": { "type": "integer", "format": "int32", "description": "How many." },
                    "weight": { "type": "number", "nullable": true },
                    "mood": { "type": "string", "enum": ["good", "bad"] },
                },
                "required": ["id", "legs", "weight"],
            },
            "cageGlass": { "properties": { "kind": { "type": "string" }, "panes": { "type": "integer" } } },
            "cageSteel": { "properties": { "kind": { "type": "string" }, "bars": { "type": "integer" } } },
            "log": { "additionalProperties": true, "properties": { "at": { "type": "string" } } },
        } },
        "paths": {
            "/animals/{id}": {
                "get": {
                    "operationId": "animalsGetOne", "tags": ["animals"], "description": "Finds an animal.",
                    "parameters": [
                        { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
                        { "name": "full", "in": "query", "schema": { "type": "boolean" } },
                    ],
                    "responses": responses(reference("animal")),
                },
                "delete": {
                    "operationId": "animalsRelease", "tags": ["animals"],
                    "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                    "responses": { "204": { "description": "Gone" } },
                },
            },
            "/cages": { "post": {
                "operationId": "cagesBuild", "tags": ["cages"],
                "requestBody": { "content": { "multipart/form-data": { "schema": {
                    "properties": {
                        "note": { "type": "string" },
                        "plan": { "type": "string", "format": "binary" },
                        "planId": { "type": "string", "x-upload-id": true },
                    },
                    "required": ["plan", "planId"],
                } } } },
                "responses": responses(json!({
                    "oneOf": [reference("cageGlass"), reference("cageSteel")],
                    "discriminator": {
                        "propertyName": "kind",
                        "mapping": { "glass": "#/components/schemas/cageGlass", "steel": "#/components/schemas/cageSteel" },
                    },
                })),
            } },
            "/logs": { "get": { "operationId": "logsRead", "tags": ["logs"], "responses": responses(reference("log")) } },
        },
    })
}

#[test]
fn a_foreign_document_becomes_a_definition() {
    let api = import::import(&zoo().to_string(), None, true).expect("sound").api;
    assert_eq!(api.services.keys().collect::<Vec<_>>(), ["animals", "cages", "logs"]);
    assert_eq!(api.client.default_endpoint, "https://zoo.example/v1");
    assert_eq!(api.client.response_format.self_hosted, "7.1.0");

    let get = api.method("animals.getOne").expect("named after its operation");
    assert_eq!(get.returns, Returns::Model("Animal".to_owned()));
    assert_eq!((get.params["id"].place, get.params["full"].place), (Place::Path, Place::Query));
    assert_eq!(get.about, "Finds an animal.");
    assert_eq!(api.method("animals.release").expect("there").returns, Returns::Empty);

    let animal = &api.models["Animal"];
    assert_eq!(animal.about, "An animal.");
    assert_eq!(animal.group, "animals");
    assert_eq!(animal.fields["mood"].kind, Type::Enum("AnimalMood".to_owned()));
    assert!(animal.fields["weight"].nullable && animal.fields["weight"].default.is_none());

    let build = api.method("cages.build").expect("there");
    assert_eq!(build.returns, Returns::Union("Cage".to_owned()));
    let upload = build.upload.as_ref().expect("it takes a file");
    assert_eq!((upload.file.as_str(), upload.id.as_deref()), ("plan", Some("planId")));
    assert_eq!(build.params.keys().collect::<Vec<_>>(), ["plan", "planId", "note"]);
    assert_eq!(api.unions["Cage"].variants[1].when[0][0].value.as_deref(), Some("steel"));
    assert!(api.method("logs.read").expect("there").generic);
}

#[test]
fn an_enums_labels_stay_with_their_values() {
    let mut document = zoo();
    document["components"]["schemas"]["animal"]["properties"]["mood"] =
        json!({ "type": "string", "enum": ["", "g", "b"], "x-enum-keys": ["", "Good", "Bad"] });
    let api = import::import(&document.to_string(), None, true).expect("sound").api;
    let members: Vec<(&str, &str)> =
        api.enums["AnimalMood"].members.iter().map(|it| (it.value.as_str(), it.title())).collect();
    assert_eq!(members, [("g", "Good"), ("b", "Bad")]);
}

#[test]
fn every_language_can_write_it() {
    let api = import::import(&zoo().to_string(), None, true).expect("sound").api;
    for target in targets::all() {
        let files = target.render(&api).unwrap_or_else(|error| panic!("{}: {error:#}", target.name()));
        let mentions = |word: &str| files.iter().any(|file| file.text.contains(word));
        assert!(mentions("Animal") && !mentions("TablesDB"), "{}", target.name());
    }
}

#[test]
fn importing_again_changes_nothing() {
    let first = import::import(&zoo().to_string(), None, true).expect("sound");
    let second = import::import(&zoo().to_string(), Some(&first.api.clone().into()), true).expect("sound");
    assert_eq!(first.files, second.files);
    assert_eq!(import::changes(&first.api, &second.api), import::Changes::default());
}

#[test]
fn changes_are_distinguished() {
    let old = import::import(&zoo().to_string(), None, true).expect("sound").api;
    let mut document = zoo();
    let paths = document["paths"].as_object_mut().expect("an object");
    let gone = paths.remove("/logs").expect("there");
    paths.insert("/journals".to_owned(), gone);
    paths["/journals"]["get"]["operationId"] = json!("logsList");
    document["components"]["schemas"]["animal"]["properties"]["wings"] = json!({ "type": "integer" });
    let new = import::import(&document.to_string(), Some(&old.clone().into()), true).expect("sound").api;
    let changes = import::changes(&old, &new);
    assert_eq!(changes.added, ["method logs.list"]);
    assert_eq!(changes.removed, ["method logs.read"]);
    assert_eq!(changes.changed, ["model Animal: +field wings"]);
}

#[test]
fn sentences_written_by_hand_are_kept() {
    let mut document = zoo();
    let known = import::import(&document.to_string(), None, true).expect("sound").api;
    document["paths"]["/animals/{id}"]["get"]["description"] = json!("Another sentence.");
    let again = import::import(&document.to_string(), Some(&known.into()), true).expect("sound").api;
    assert_eq!(again.method("animals.getOne").expect("there").about, "Finds an animal.");
    let silent = import::import(&document.to_string(), None, false).expect("sound").api;
    assert_eq!(silent.method("animals.getOne").expect("there").about, "");
}

#[test]
fn files_made_by_hand_stay() {
    let first = import::import(&zoo().to_string(), None, true).expect("sound");
    let folder = std::env::temp_dir().join(format!("polywrite-import-{}", std::process::id()));
    import::write_into(&folder, &first).expect("written");
    let client = format!("# mine\n{}", first.files["client.toml"]);
    std::fs::write(folder.join("client.toml"), &client).expect("written");
    std::fs::write(folder.join("secrets.toml"), "names = [\"whisper\"]\n").expect("written");
    let helpers = format!(
        "{}\n[Query.isNearly]\nargs = {{ value = \"int\", by = \"int\" }}\nvalues = [\"value\", \"by\"]\n\
         unsigned = [\"by\"]\nunlabeled = [\"by\"]\n",
        first.files["helpers.toml"]
    );
    std::fs::write(folder.join("helpers.toml"), &helpers).expect("written");
    let mut document = zoo();
    document["info"]["version"] = json!("9.9.9");
    let known = Known::in_folder(&folder).expect("readable");
    import::write_into(&folder, &import::import(&document.to_string(), known.as_ref(), true).expect("sound"))
        .expect("written");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("there");
    assert!(read("client.toml").starts_with("# mine\n"));
    assert_eq!(Api::load(&folder).expect("sound").client.response_format.self_hosted, "9.9.9");
    assert_eq!(read("secrets.toml"), "names = [\"whisper\"]\n");
    assert_eq!(read("helpers.toml"), helpers);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_folder_with_something_else_in_it_is_not_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let theirs = folder.path().join("models/Cargo.toml");
    std::fs::create_dir(folder.path().join("models")).expect("made");
    std::fs::write(&theirs, "by hand").expect("written");
    let imported = import::import(&zoo().to_string(), None, true).expect("sound");
    let error = import::write_into(folder.path(), &imported).expect_err("not a definition");
    assert!(error.to_string().contains("no definition"), "{error}");
    assert!(theirs.exists() && !folder.path().join("services").exists());
}

#[test]
fn what_is_not_an_openapi_document_is_an_error() {
    let error = import::import("{\"swagger\": \"2.0\"}", None, true).err().expect("an error");
    assert!(error.to_string().contains("OpenAPI 3"), "{error}");
    let empty = json!({ "openapi": "3.0.0", "paths": { "/ping": { "get": {} } } });
    let error =
        import::import(&empty.to_string(), None, true).err().expect("there is nothing to make an SDK of");
    assert!(error.to_string().contains("no operations"), "{error}");
}
