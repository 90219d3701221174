//! What the demo makes: its name, so that two runs at once do not mix theirs up, and its removal.

use polywrite::services::{Project, Storage, TablesDB, Users};
use polywrite::{Client, Error, ErrorKind};

use crate::Outcome;

/// Errors that mean that the server lacks something.
const LACKING: [&str; 4] = [
    "general_route_not_found",
    "general_feature_unsupported",
    "general_service_disabled",
    "general_api_disabled",
];

/// The run's name on a foreign server; `./dev test --live` sets it.
pub(crate) fn live() -> Option<String> {
    std::env::var("POLYWRITE_LIVE").ok().filter(|name| !name.is_empty())
}

/// The name of everything that this run makes.
pub(crate) fn name() -> String {
    live().unwrap_or_else(|| "Demo".into())
}

/// An unused mail address in this run's own domain.
pub(crate) fn mail_of(user: &str) -> String {
    format!("{user}@{}.example.com", live().as_deref().unwrap_or("demo"))
}

/// IDs, each with the client that may delete it, noted before the program makes the thing: so none can be forgotten.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) keys: Vec<(Client, String)>,
    pub(crate) users: Vec<(Client, String)>,
    pub(crate) databases: Vec<(Client, String)>,
    pub(crate) buckets: Vec<(Client, String)>,
}

impl Made {
    /// Removes everything, the key last, even after a failure.
    pub(crate) async fn tidy(self) -> Outcome {
        let mut failures = Vec::new();
        for (client, id) in self.databases {
            failures.extend(failed(TablesDB::new(&client).delete(id).await));
        }
        for (client, id) in self.buckets {
            failures.extend(failed(Storage::new(&client).delete_bucket(id).await));
        }
        for (client, id) in self.users {
            failures.extend(failed(Users::new(&client).delete(id).await));
        }
        for (client, id) in self.keys {
            failures.extend(failed(Project::new(&client).delete_key(id).await));
        }
        match failures.is_empty() {
            true => Ok(()),
            false => Err(format!("not everything could be removed: {}", failures.join("; ")).into()),
        }
    }
}

/// What was noted before it was made may not exist.
fn failed(deleted: Result<(), Error>) -> Option<String> {
    let error = deleted.err()?;
    (error.kind() != ErrorKind::NotFound && !lacking(&error)).then(|| error.to_string())
}

/// Whether the server's version, its plan or our key lacks this.
pub(crate) fn lacking(error: &Error) -> bool {
    error.kind() == ErrorKind::MissingScope
        || error.error_type().is_some_and(|it| LACKING.contains(&it))
        || matches!(
            (error.status(), error.error_type()),
            (Some(402 | 405 | 501), _) | (Some(404), None | Some(""))
        )
}
