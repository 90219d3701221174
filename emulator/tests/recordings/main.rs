//! Replays the recordings of a real Appwrite 1.9.6: status, error type, headers and body shape must be the same.
//!
//! `plan.txt` has them in a sensible order, with the calls between them that were not recorded.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test says what it found, and stops where it must"
)]

mod compare;
mod plan;
mod realtime;
#[path = "../support/receiver.rs"]
mod receiver;
mod recording;
mod replay;
mod webhooks;

use std::{collections::BTreeMap, path::Path};

use polywrite_emulator::{Emulator, Options};
use recording::Recording;

/// Exchanges that do not match, each with its reason.
const KNOWN: &[(&str, &str)] = &[
    ("console/dev-key-create", CONSOLE),
    ("console/project-create", CONSOLE),
    ("console/project-get", CONSOLE),
    ("console/project-keys-legacy-list", CONSOLE),
    ("console/project-list", CONSOLE),
];

const CONSOLE: &str = "the API of the console, which no SDK has";

/// Exchanges of the flows that do not match, each with the reason.
const KNOWN_OF_FLOWS: &[(&str, &str)] = &[];

/// How many flows are replayed; it only grows.
const REPLAYED: usize = 207;

/// Parts of the flows that the emulator does not have: an exchange, or all whose names begin so (`…-`, `…/`).
const NOT_THERE: &[(&str, &str)] = &[
    ("realtime/", "conversations, which `realtime` replays"),
    ("statuses/execution-sync-crash", "a function without a folder does not run, so nothing crashes"),
    ("statuses/migration-csv-", "the definition has the required parameters of 2.0, and 1.9.6 has others"),
    ("webhooks/create-url-localhost", "programs on this machine may be called, as in development"),
    ("webhooks/delivery-", "what the server sent, which `webhooks` replays"),
    ("webhooks/get-after-", "what is left of deliveries, which the tests of webhooks show"),
    ("pagination/which-lists", "a table of requests, and not an exchange"),
];

fn fixtures(folder: &str) -> BTreeMap<String, Recording> {
    recording::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(folder))
}

#[tokio::test]
async fn recordings_are_matched() {
    check(&fixtures("recordings"), include_str!("plan.txt"), KNOWN).await;
}

#[tokio::test]
async fn flows_are_matched() {
    let mut recordings = fixtures("recordings-flows");
    let all = recordings.len();
    let is_part =
        |name: &str, part: &str| name == part || part.ends_with(['-', '/']) && name.starts_with(part);
    for (part, reason) in NOT_THERE {
        assert!(recordings.keys().any(|name| is_part(name, part)), "nothing is {part} ({reason})");
    }
    recordings.retain(|name, _| !NOT_THERE.iter().any(|(part, _)| is_part(name, part)));
    println!("{} of {all} flows are not there: {NOT_THERE:?}", all - recordings.len());
    assert!(recordings.len() >= REPLAYED, "{} flows are replayed, and were {REPLAYED}", recordings.len());
    check(&recordings, include_str!("plan-flows.txt"), KNOWN_OF_FLOWS).await;
}

/// Replays a plan: at least 99 of 100 exchanges match, and the others are known by name.
async fn check(recordings: &BTreeMap<String, Recording>, plan: &str, known: &[(&str, &str)]) {
    let steps = plan::read(plan);
    let unplanned: Vec<&String> = recordings.keys().filter(|name| !plan::mentions(&steps, name)).collect();
    assert!(unplanned.is_empty(), "not in the plan: {unplanned:#?}");

    let options = Options { project: "proj1".to_owned(), ..Options::default() };
    let emulator = Emulator::start(options).await.expect("the emulator starts");
    let outcomes = replay::run(&emulator, recordings, &steps).await;

    let mut services: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut same_words = 0;
    for outcome in &outcomes {
        let service = outcome.name.split('/').next().unwrap_or_default();
        let (matched, total) = services.entry(service).or_default();
        *total += 1;
        *matched += usize::from(outcome.problems.is_empty());
        same_words += usize::from(outcome.same_message);
    }
    let mut unexpected = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| !outcome.problems.is_empty()) {
        match known.iter().find(|(name, _)| *name == outcome.name) {
            Some((name, reason)) => println!("{name}: {reason}"),
            None => {
                println!("{}", outcome.name);
                unexpected.push(outcome.name.as_str());
            }
        }
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
    println!("error messages word for word: {same_words} of {}", replay::with_message(recordings));

    assert!(unexpected.is_empty(), "these should match: {unexpected:#?}");
    assert!(matched * 100 >= total * 99, "{matched} of {total}");
    let mended: Vec<&str> = known
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| outcomes.iter().any(|outcome| outcome.name == *name && outcome.problems.is_empty()))
        .collect();
    assert!(mended.is_empty(), "these match by now; take them off the list: {mended:#?}");
}
