//! A server's names may be words that a language keeps for itself, or names that the packages use themselves.
//! `./dev test --freshness` compiles what is made of the same document.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use polywrite_api::Api;
use polywrite_codegen::{import, targets};

fn awkward() -> Api {
    import::import(include_str!("documents/awkward.json"), None, true).expect("sound").api
}

/// What a language's target makes of the document, all files in one.
fn made(language: &str) -> String {
    let targets = targets::named(&[language.to_owned()]).expect("known");
    let files = targets[0].render(&awkward()).unwrap_or_else(|error| panic!("{language}: {error:#}"));
    files.into_iter().map(|file| format!("==> {}\n{}", file.path, file.text)).collect()
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is missing in {text}");
    }
}

#[test]
fn rust_keeps_its_own_names() {
    let made = made("rust");
    says(
        &made,
        &["pub struct Everything", "pub meta_id: String = \"$id\"", "pub items: Vec<models::VecModel>"],
    );
    says(&made, &["pub struct ResultModel", "pub struct FieldsModel", "pub struct ClientService"]);
    says(&made, &["services/generated/client_.rs", "pub fn new_(", "pub struct ResultCall("]);
    says(&made, &["Asc = \"asc\"", "ASC = \"ASC\"", "_1a = \"1a\"", "SelfValue = \"self\"", "U3C = \"<\""]);
}

#[test]
fn node_keeps_its_own_names() {
    let made = made("node");
    says(&made, &["xthis?: string;", "xtypeof?: string;", "_2fa?: string;", "pageSize: \"page[size]\""]);
    says(&made, &["    xrun(", "    xconstructor(", "    xtoString(", "\"xpath\", {"]);
    says(&made, &["class ClientService extends Service", "type RecordModel =", "const ClientEnum ="]);
    // A file that exports nothing would be no module.
    says(&made, &["export {};"]);
}

#[test]
fn python_keeps_its_own_names() {
    let made = made("python");
    says(&made, &["xself: str", "xoptions: str", "xlambda: str", "page_size_: str", "_2fa: str"]);
    says(&made, &["def xclient(", "def ximport(", "and \"quote\\\"\"\"\"", "models/xclass.py\n"]);
    says(&made, &["items as _items", "related: list[models.Class] = _items(", "meta_id: str = _text("]);
    says(&made, &["TYPE_CHECKING, Any, Union\n\nUNIONS", "ASC2 = \"ASC\"", "_A = \"-a-\"", "A_B2 = \"a_b\""]);
}
