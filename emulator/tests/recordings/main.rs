//! Replays what a real Appwrite 1.9.6 answered: status, error type, headers and body shape must be the same.
//!
//! The exchanges lie outside of the repository (`../shared/recordings`); without them the test says so and passes.
//! `plan.txt` has them in an order in which they make sense, with the calls between them that nobody recorded.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test says what it found, and stops where it must"
)]

mod compare;
mod plan;
mod recording;
mod replay;

use std::{collections::BTreeMap, path::Path};

use polywrite_emulator::{Emulator, Options};

/// Folders in which every exchange must match.
const COMPLETE: &[&str] =
    &["users", "tablesdb", "databases", "storage", "multipart", "tokens", "teams", "errors"];

/// Whether an exchange is one that must match.
fn must_match(name: &str) -> bool {
    let (folder, file) = name.split_once('/').unwrap_or((name, ""));
    COMPLETE.contains(&folder)
        || (folder == "account" && file.starts_with("session"))
        || (folder == "project" && file.contains("key"))
}

#[tokio::test]
async fn recordings_are_matched() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/recordings");
    if !folder.is_dir() {
        println!("skipped: there are no recordings at ../shared/recordings");
        return;
    }
    let recordings = recording::load(&folder);
    let steps = plan::read(include_str!("plan.txt"));
    let unplanned: Vec<&String> = recordings.keys().filter(|name| !plan::mentions(&steps, name)).collect();
    assert!(unplanned.is_empty(), "not in plan.txt: {unplanned:#?}");

    let options = Options { project: "proj1".to_owned(), ..Options::default() };
    let emulator = Emulator::start(options).await.expect("the emulator starts");
    let outcomes = replay::run(&emulator, &recordings, &steps).await;

    let mut services: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut same_words = 0;
    for outcome in &outcomes {
        let service = outcome.name.split('/').next().unwrap_or_default();
        let (matched, total) = services.entry(service).or_default();
        *total += 1;
        *matched += usize::from(outcome.problems.is_empty());
        same_words += usize::from(outcome.same_message);
    }
    for outcome in outcomes.iter().filter(|outcome| !outcome.problems.is_empty()) {
        println!("{}", outcome.name);
        for problem in &outcome.problems {
            println!("    {}", problem.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    for (service, (matched, total)) in &services {
        println!("{service:12} {matched:4} of {total:4}");
    }
    let total = outcomes.len();
    let matched = outcomes.iter().filter(|outcome| outcome.problems.is_empty()).count();
    println!("{:12} {matched:4} of {total:4} ({:.1} %)", "all", matched as f64 * 100.0 / total as f64);
    println!("error messages word for word: {same_words} of {}", replay::with_message(&recordings));

    let broken: Vec<&str> = outcomes
        .iter()
        .filter(|outcome| !outcome.problems.is_empty() && must_match(&outcome.name))
        .map(|outcome| outcome.name.as_str())
        .collect();
    assert!(broken.is_empty(), "these must match: {broken:#?}");
    assert!(matched * 10 >= total * 9, "fewer than nine in ten match");
}
