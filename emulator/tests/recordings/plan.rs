//! The order of things: one step a line.
//!
//! ```text
//! # a remark
//! service/name                      replay this exchange
//! service/name A=B                  the same, with the placeholder A standing for B (`totp`: a one-time password)
//! + POST /users {"userId":"a"}      a call with the root key that was not recorded
//! + guest POST /account {…}         the same without credentials
//! + SESSION_SECRET_002 GET /account the same with this session
//! + … => NAME pointer               remember what the response has at this JSON pointer (or `cookie`, `mail`)
//! + file BUCKET ID NAME LENGTH      upload a file
//! + chunk BUCKET ID 0-99/200        upload a chunk of a file
//! + rows DATABASE TABLE COUNT       fill a table with rows, r00000 and so on
//! reads /path {…}                   reads of this resource show these fields from now on
//! expire                            end every open transaction
//! ~ /path                           repeat the request until nothing there is `processing`
//! ```

use serde_json::Value;

/// One step.
#[derive(Debug)]
pub(crate) enum Step {
    /// Replay an exchange, with placeholders of this step only.
    Replay(String, Vec<(String, String)>),
    /// A call that prepares the next exchange.
    Call(Call),
    /// An upload that prepares the next exchange.
    Upload { bucket: String, id: String, name: String, length: usize, range: Option<String> },
    /// Rows that prepare the next exchange: a table's path, and how many.
    Rows(String, usize),
    /// End every open transaction.
    Expire,
    /// What reads of a resource show from now on, over its own fields.
    Reads(String, Value),
    /// Repeat this request until nothing in the response is `processing`.
    Wait(String),
}

/// A call that prepares the next exchange.
#[derive(Debug)]
pub(crate) struct Call {
    /// `guest`, a session's placeholder, or nothing for the root key.
    pub(crate) caller: Option<String>,
    /// HTTP method.
    pub(crate) method: String,
    /// Path below `/v1`.
    pub(crate) path: String,
    /// JSON body.
    pub(crate) body: Option<Value>,
    /// What to remember of the response: a name, and its place.
    pub(crate) remember: Option<(String, String)>,
}

/// Reads the plan.
pub(crate) fn read(text: &str) -> Vec<Step> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut words = line.split_whitespace();
            match words.next().unwrap_or_default() {
                "+" => read_call(line[1..].trim()),
                "~" => Step::Wait(words.next().expect("a path").to_owned()),
                "expire" => Step::Expire,
                "reads" => {
                    let path = words.next().expect("a path");
                    let (_, fields) = line.split_once(path).expect("it is there");
                    Step::Reads(path.to_owned(), fields.parse().expect("fields as JSON"))
                }
                name => {
                    let pairs = words.filter_map(|word| word.split_once('='));
                    let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
                    Step::Replay(name.to_owned(), pairs.collect())
                }
            }
        })
        .collect()
}

fn read_call(line: &str) -> Step {
    let (line, remember) = match line.split_once(" => ") {
        Some((line, wanted)) => {
            let (name, pointer) = wanted.trim().split_once(' ').expect("`=> NAME pointer`");
            (line, Some((name.to_owned(), pointer.to_owned())))
        }
        None => (line, None),
    };
    let mut words = line.splitn(2, ' ');
    let first = words.next().unwrap_or_default();
    let parts: Vec<&str> = line.split_whitespace().collect();
    let upload = |name: &str, length, range| Step::Upload {
        bucket: parts[1].to_owned(),
        id: parts[2].to_owned(),
        name: name.to_owned(),
        length,
        range,
    };
    match first {
        "file" => return upload(parts[3], parts[4].parse().expect("a length"), None),
        "rows" => {
            let path = format!("/tablesdb/{}/tables/{}/rows", parts[1], parts[2]);
            return Step::Rows(path, parts[3].parse().expect("a count"));
        }
        "chunk" => {
            let ends: Vec<usize> =
                parts[3].split(['-', '/']).map(|number| number.parse().expect("a number")).collect();
            return upload("big.bin", ends[1] - ends[0] + 1, Some(parts[3].to_owned()));
        }
        _ => {}
    }
    let is_method = matches!(first, "GET" | "POST" | "PUT" | "PATCH" | "DELETE");
    let (caller, rest) = match is_method {
        true => (None, line),
        false => (Some(first.to_owned()), words.next().unwrap_or_default()),
    };
    let parts: Vec<&str> = rest.trim().splitn(3, ' ').collect();
    Step::Call(Call {
        caller,
        method: parts[0].to_owned(),
        path: parts[1].to_owned(),
        body: parts.get(2).map(|body| body.parse().unwrap_or_else(|_| panic!("no JSON: {body}"))),
        remember,
    })
}

/// Whether the plan replays an exchange.
pub(crate) fn mentions(steps: &[Step], name: &str) -> bool {
    steps.iter().any(|step| matches!(step, Step::Replay(planned, _) if planned == name))
}
