//! A server's names may be words that a language reserves, or names that the packages use themselves.
//! `./dev test --freshness` compiles the packages that the same document makes.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use polywrite_api::Api;
use polywrite_codegen::{import, targets};

fn awkward() -> Api {
    import::import(include_str!("documents/awkward.json"), None, true).expect("sound").api
}

/// All files that a language's target makes of the document, as one text.
fn made(language: &str) -> String {
    let targets = targets::named(&[language.to_owned()]).expect("known");
    let files = targets[0].render(&awkward()).unwrap_or_else(|error| panic!("{language}: {error:#}"));
    files.into_iter().map(|file| format!("==> {}\n{}", file.path, file.text)).collect()
}

#[track_caller]
fn contains_all(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is missing in {text}");
    }
}

#[test]
fn rust_reserves_its_own_names() {
    let made = made("rust");
    contains_all(
        &made,
        &["pub struct Everything", "pub meta_id: String = \"$id\"", "pub items: Vec<models::VecModel>"],
    );
    contains_all(&made, &["pub struct ResultModel", "pub struct FieldsModel", "pub struct ClientService"]);
    contains_all(&made, &["services/generated/client_.rs", "pub fn new_(", "pub struct ResultCall("]);
    contains_all(
        &made,
        &["Asc = \"asc\"", "ASC = \"ASC\"", "_1a = \"1a\"", "SelfValue = \"self\"", "U3C = \"<\""],
    );
}

#[test]
fn node_reserves_its_own_names() {
    let made = made("node");
    contains_all(
        &made,
        &["xthis?: string;", "xtypeof?: string;", "_2fa?: string;", "pageSize: \"page[size]\""],
    );
    contains_all(&made, &["    xrun(", "    xconstructor(", "    xtoString(", "\"xpath\", {"]);
    contains_all(&made, &["class ClientService extends Service", "type RecordModel =", "const ClientEnum ="]);
    // A file that exports nothing would not be a module.
    contains_all(&made, &["export {};"]);
}

#[test]
fn python_reserves_its_own_names() {
    let made = made("python");
    contains_all(&made, &["xself: str", "xoptions: str", "xlambda: str", "page_size_: str", "_2fa: str"]);
    contains_all(&made, &["def xclient(", "def ximport(", "and \"quote\\\"\"\"\"", "models/xclass.py\n"]);
    contains_all(
        &made,
        &["items as _items", "related: list[models.Class] = _items(", "meta_id: str = _text("],
    );
    contains_all(
        &made,
        &["TYPE_CHECKING, Any, Union\n\nUNIONS", "ASC2 = \"ASC\"", "_A = \"-a-\"", "A_B2 = \"a_b\""],
    );
}
