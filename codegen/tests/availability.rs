//! Every language says with the same sentence which servers have something.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use polywrite_api::Api;
use polywrite_codegen::{docs, targets};

const SERVICE: &str = r#"
name = "zoo"
class = "Zoo"
about = "Keeps animals."
[methods.feed]
post = "/zoo/food"
about = "Feeds them."
returns = "Meal"
scopes = ["zoo.write", "food.write"]
available = "cloud since 2.6, self-hosted until 1.9"
deprecated = { since = "1.8.0", replace_with = "zoo.open" }
[methods.feed.params]
amount = { type = "int", about = "How much.", available = "self-hosted since 2.0" }
kind = "enum:Food"
[methods.open]
post = "/zoo"
about = "Opens."
scopes = ["zoo.write"]
"#;
const MODELS: &str = "[Meal]\nabout = \"A meal.\"\navailable = \"cloud\"\n[Meal.fields]\n\
                      taste = { type = \"string!\", about = \"How it was.\", available = \"self-hosted until 1.9\" }\n";
const ENUMS: &str = "[Food]\nabout = \"What they eat.\"\navailable = \"cloud, self-hosted since 1.9.6\"\n\
                     members = [\"hay\", \"leaves\"]\nonly.self-hosted = [\"leaves\"]\n";

fn zoo() -> Api {
    let client = Api::embedded_text("client.toml").expect("there");
    let texts = [
        ("client.toml", client.as_str()),
        ("services/zoo.toml", SERVICE),
        ("models/zoo.toml", MODELS),
        ("enums.toml", ENUMS),
    ];
    Api::from_texts(texts).expect("sound")
}

#[test]
fn every_language_says_which_servers_have_something() {
    for language in ["rust", "node", "python", "swift"] {
        let targets = targets::named(&[language.to_owned()]).expect("known");
        let files = targets[0].render(&zoo()).unwrap_or_else(|error| panic!("{language}: {error:#}"));
        let text: String = files.into_iter().map(|file| file.text).collect();
        // Without comment signs and line breaks.
        let words = text.split_whitespace().filter(|word| !["///", "*", "#"].contains(word));
        let text = words.collect::<Vec<_>>().join(" ");
        for sentence in [
            "Feeds them. On Appwrite Cloud since 2.6, and self-hosted until 1.9.",
            "How much. Self-hosted Appwrite only, since 2.0.",
            "A meal. Appwrite Cloud only.",
            "How it was. Self-hosted Appwrite only, until 1.9.",
            "What they eat. On Appwrite Cloud, and self-hosted since 1.9.6.",
            "Self-hosted Appwrite only.",
            "An API key needs one of the scopes `zoo.write`, `food.write`.",
            "An API key needs the scope `zoo.write`.",
            "ince 1.8.0; use ",
        ] {
            assert!(text.contains(sentence), "{language} lacks `{sentence}`");
        }
    }
}

/// Words without the signs of comments and line breaks.
fn words(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| !["///", "//", "*", "/**", "*/", "#"].contains(word));
    words.map(|word| word.trim_start_matches("\"\"\"")).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_language_says_it_of_every_operation_that_only_some_servers_have() {
    let api = Api::embedded().expect("sound");
    let sentences: Vec<(String, String)> = api
        .methods()
        .filter(|method| docs::whereabouts(&method.available).is_some())
        .map(|method| {
            let sentence = words(&docs::about(&method.about, &method.available));
            (format!("{}.{}", method.service, method.name), sentence)
        })
        .collect();
    assert!(sentences.len() > 400, "{} operations", sentences.len());
    for language in ["rust", "node", "python", "swift"] {
        let targets = targets::named(&[language.to_owned()]).expect("known");
        let files = targets[0].render(&api).unwrap_or_else(|error| panic!("{language}: {error:#}"));
        let text = words(&files.into_iter().map(|file| file.text).collect::<Vec<_>>().join("\n"));
        let lacking: Vec<&str> = sentences
            .iter()
            .filter(|(_, sentence)| !text.contains(sentence.as_str()))
            .map(|(id, _)| id.as_str())
            .collect();
        assert!(lacking.is_empty(), "{language} lacks the sentence of {lacking:?}");
    }
}
