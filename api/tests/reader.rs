//! The reader reports all problems of a definition at once, each with its place.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it skips"
)]

use polywrite_api::{Api, Type};

const CLIENT: &str = r#"
default_endpoint = "https://zoo.example/v1"
chunk_size = 5_242_880
upload_concurrency = 8
identity_headers = []
[response_format]
header = "x-format"
about = "The format."
cloud = "1"
self_hosted = "1"
"#;

/// A definition with this one service, and an animal.
fn zoo(service: &str) -> Result<Api, polywrite_api::Error> {
    let animal = "[Animal]\nabout = \"It.\"\n[Animal.fields]\nid = \"string!\"\nlegs = 'int! = 4'\nnote = \"string\"\n";
    Api::from_texts([
        ("client.toml", CLIENT),
        ("glossary.toml", "id = \"Its ID.\"\n"),
        ("models/shared.toml", animal),
        ("services/zoo.toml", service),
    ])
}

fn problems(methods: &str) -> Vec<String> {
    let text = format!("name = \"zoo\"\nclass = \"Zoo\"\n{methods}");
    let error = zoo(&text).err().unwrap_or_else(|| panic!("this should be refused: {methods}"));
    error.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_small_definition_is_enough() {
    let service = "name = \"zoo\"\nclass = \"Zoo\"\n[methods.get]\nget = \"/zoo/{id}\"\nreturns = \"Animal\"\n\
                   [methods.get.params]\nid = \"string!\"\nseen = { type = \"[string]\", about = \"Who saw it.\" }\n";
    let api = zoo(service).expect("sound");
    let get = api.method("zoo.get").expect("there");
    assert_eq!(get.params["id"].about, "Its ID.");
    assert_eq!(get.params["seen"].about, "Who saw it.");
    let animal = &api.models["Animal"];
    assert_eq!(animal.fields["legs"].default, Some(4.into()));
    assert_eq!(
        (animal.fields["note"].kind.clone(), animal.fields["note"].default.clone()),
        (Type::String, None)
    );
    assert_eq!(
        api.without_meaning(),
        ["service zoo", "method zoo.get", "field Animal.legs", "field Animal.note"]
    );
}

#[test]
fn each_problem_has_its_place() {
    for (methods, place, words) in [
        ("[methods.get]\nreturns = \"empty\"\n", "services/zoo.toml: get", "give one of get, post"),
        (
            "[methods.get]\nget = \"/a/{id}\"\n",
            "services/zoo.toml: get",
            "the path names `id`, which is not a parameter",
        ),
        (
            "[methods.get]\nget = \"/a\"\n[methods.get.params]\nid = \"strin\"\n",
            "services/zoo.toml: get.id",
            "`strin` is not a type",
        ),
        (
            "[methods.get]\nget = \"/a\"\n[methods.get.params]\nkind = \"enum:Kind\"\n",
            "services/zoo.toml: get.kind",
            "there is no enum `Kind`",
        ),
        (
            "[methods.get]\nget = \"/a\"\nreturns = \"Plant\"\n",
            "services/zoo.toml: get",
            "no such model or union",
        ),
        (
            "[methods.b]\nget = \"/b\"\n[methods.a]\nget = \"/a\"\n",
            "services/zoo.toml",
            "`a` belongs before `b`",
        ),
        (
            "[methods.a]\npost = \"/a\"\n[methods.a.params]\none = \"int\"\ntwo = \"int!\"\n",
            "services/zoo.toml: a",
            "`two` is required and stands after `one`",
        ),
        (
            "[methods.a]\npost = \"/a\"\n[methods.a.params]\nphoto = \"file!\"\n",
            "services/zoo.toml: a",
            "a method with a file needs `upload`",
        ),
        (
            "[methods.a]\nget = \"/a\"\navailable = \"moon\"\n",
            "services/zoo.toml: a",
            "`moon` is not an availability",
        ),
        ("[methods.a]\nalias_of = \"b\"\n", "services/zoo.toml: a", "names no method of this service"),
        ("[methods.a]\nget = \"/a\"\ncolour = 3\n", "services/zoo.toml", "unknown field `colour`"),
    ] {
        let found = problems(methods);
        let wanted = |line: &String| line.starts_with(&format!("{place}: ")) && line.contains(words);
        assert!(found.iter().any(wanted), "{methods}\nwanted {place}: {words}\nfound {found:#?}");
    }
}

#[test]
fn all_problems_are_reported_at_once() {
    let found =
        problems("[methods.a]\nget = \"/a/{x}\"\nreturns = \"Plant\"\n[methods.b]\nreturns = \"empty\"\n");
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn helpers_name_their_own_arguments_and_known_rules() {
    let refused = |entry: &str| {
        let helpers = format!("[Query.near]\nargs = {{ by = \"int\" }}\n{entry}\n");
        let error = Api::from_texts([("client.toml", CLIENT), ("helpers.toml", &helpers)]).expect_err(entry);
        error.to_string()
    };
    for (entry, problem) in [
        ("unsigned = [\"to\"]", "helpers.toml: Query.near.unsigned: `to` is not an argument"),
        ("unlabelled = [\"by\"]", "helpers.toml: Query.near: no helper has a key `unlabelled`"),
        ("returns = [\"limit(by + 1)\"]", "`limit(by + 1)` is not a call of another helper"),
        ("returns = [\"limit(to)\"]", "helpers.toml: Query.near.returns: `to` is not an argument"),
        ("values = [\"by\", \"to\"]", "helpers.toml: Query.near.values: `to` is not an argument"),
    ] {
        let said = refused(entry);
        assert!(said.contains(problem), "{entry}: {said}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let error =
        Api::from_texts([("services/zoo.toml", "name = \"zoo\"\nclass = \"Zoo\"\n")]).expect_err("refused");
    assert!(error.to_string().contains("client.toml: the file is missing"), "{error}");
}
