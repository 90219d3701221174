//! From files to [`Api`]: each file on its own first, then what needs all files.

mod client;
mod files;
mod flow;
mod helpers;
mod raw;
mod resolve;
mod schema;
mod secrets;
mod service;

pub(crate) use files::Files;

use crate::embedded::{self, BULK, KINDS, TRANSACTIONS};
use crate::{Api, Error, ErrorKind, Problem, Result, check, kind};
use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use std::fmt::Display;

/// Collects problems, so that all of them are reported at once.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn add(&mut self, place: impl Into<String>, message: impl Display) {
        self.0.push(Problem { place: place.into(), message: message.to_string() });
    }

    /// The value, or its default with the problem noted.
    pub(crate) fn or_default<T: Default, E: Display>(&mut self, place: &str, result: Result<T, E>) -> T {
        result.unwrap_or_else(|error| {
            self.add(place, error);
            T::default()
        })
    }

    fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error { problems: self.0 }) }
    }
}

pub(crate) fn from_files(files: &Files) -> Result<Api> {
    let mut problems = Problems::default();
    let glossary: IndexMap<String, String> = files.parse_or_default("glossary.toml", &mut problems);
    let scopes = files.parse_or_default("scopes.toml", &mut problems);
    let errors: IndexMap<String, Vec<String>> = files.parse_or_default("errors.toml", &mut problems);
    let mut api = Api {
        services: service::read(files, &glossary, &mut problems),
        models: schema::models(files, &glossary, &mut problems),
        unions: schema::unions(files, &mut problems),
        enums: schema::enums(files, &mut problems),
        client: client::read(files, &glossary, &mut problems),
        helpers: helpers::read(files, &mut problems),
        scopes,
        errors: by_type(&errors, &mut problems),
        kinds: kinds(files, &mut problems),
        bulk: ours(files, BULK, &mut problems),
        transactions: ours(files, TRANSACTIONS, &mut problems),
        page_size: 0,
        waits: flow::waits(files, &mut problems),
        events: files.parse_or_default("events.toml", &mut problems),
        glossary,
    };
    files.parse_or_default::<raw::Secrets>("secrets.toml", &mut problems).mark(&mut api);
    resolve::all(&mut api);
    flow::say_ttl(&mut api);
    flow::lists(&mut api, files, &mut problems);
    check::all(&api, &mut problems);
    problems.finish()?;
    Ok(api)
}

/// `errors.toml` lists types by status, or by `unknown`, for the eye; programs look a type up.
fn by_type(errors: &IndexMap<String, Vec<String>>, problems: &mut Problems) -> IndexMap<String, Option<u16>> {
    let mut all = IndexMap::new();
    for (status, types) in errors {
        let number = match status.as_str() {
            "unknown" => None,
            number => Some(problems.or_default(&format!("errors.toml: {status}"), number.parse())),
        };
        all.extend(types.iter().map(|name| (name.clone(), number)));
    }
    all.sort_unstable_keys();
    all
}

fn kinds(files: &Files, problems: &mut Problems) -> IndexMap<String, ErrorKind> {
    let raw: IndexMap<String, kind::Raw> = ours(files, KINDS, problems);
    raw.into_iter().map(|(name, raw)| (name.clone(), ErrorKind::of(name, raw))).collect()
}

/// What a file says; one that is missing says what ours does.
fn ours<T: DeserializeOwned + Default>(files: &Files, path: &str, problems: &mut Problems) -> T {
    match files.text(path) {
        Some(_) => files.parse_or_default(path, problems),
        None => embedded::files().parse_or_default(path, problems),
    }
}
