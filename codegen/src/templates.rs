//! The templates, and what every one of them may use.

use crate::{docs, literals};
use anyhow::{Context, Result};
use include_dir::{Dir, include_dir};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use polywrite_api::names;
use serde::Serialize;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The templates of one language.
pub struct Templates {
    environment: Environment<'static>,
    language: &'static str,
}

impl Templates {
    /// The templates in `templates/<language>/`.
    ///
    /// Filters for all: `snake`, `camel`, `pascal`, `screaming_snake` write a name; `comment(sign, width)` wraps a
    /// text into comment lines; `json` writes a value as JSON, strings quoted;
    /// `rust` writes a text, or a list of texts, as Rust does, and `swift` a text as Swift does; `line` makes one line
    /// of a text.
    pub fn of(language: &'static str) -> Self {
        Self::within(&TEMPLATES, language)
    }

    /// As [`of`](Self::of), in another folder than `templates/`.
    pub fn within(folder: &'static Dir<'static>, language: &'static str) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.unwrap_or_default());
        environment.set_loader(move |path| {
            Ok(folder.get_file(path).and_then(|file| file.contents_utf8()).map(str::to_owned))
        });
        environment.add_filter("snake", |name: String| names::snake(&name));
        environment.add_filter("camel", |name: String| names::camel(&name));
        environment.add_filter("pascal", |name: String| names::pascal(&name));
        environment.add_filter("screaming_snake", |name: String| names::screaming_snake(&name));
        environment.add_filter("comment", |text: String, sign: String, width: usize| {
            docs::comment(&text, &sign, width)
        });
        environment.add_filter("json", |value: Value| {
            serde_json::to_string(&value).map_err(|error| {
                minijinja::Error::new(minijinja::ErrorKind::BadSerialization, error.to_string())
            })
        });
        environment.add_filter("rust", |value: Value| match value.as_str() {
            Some(text) => Ok(literals::rust(text)),
            None => value.try_iter().map(|texts| {
                let texts: Vec<String> = texts.map(|text| literals::rust(&text.to_string())).collect();
                format!("[{}]", texts.join(", "))
            }),
        });
        environment.add_filter("swift", |text: String| literals::swift(&text));
        environment.add_filter("line", |text: String| text.split_whitespace().collect::<Vec<_>>().join(" "));
        Self { environment, language }
    }

    /// Renders `templates/<language>/<name>.j2`.
    ///
    /// # Errors
    /// When the template is missing or wrong; says where.
    pub fn render(&self, name: &str, context: impl Serialize) -> Result<String> {
        let path = format!("{}/{name}.j2", self.language);
        let template = self.environment.get_template(&path).with_context(|| format!("template {path}"))?;
        template.render(Serde(context)).with_context(|| format!("template {path}"))
    }
}

/// Whether a word occurs in a text, as a word.
pub fn mentions(text: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word)
        .any(|(start, _)| !text[..start].ends_with(part) && !text[start + word.len()..].starts_with(part))
}
