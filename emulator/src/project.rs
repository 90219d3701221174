//! Projects for tests in Rust, over the emulator's own API as other languages have them.

mod next;
mod records;

use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use axum::http::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{Emulator, Error, Options, control, failure::Failure, faults::Fault, mail::Mail, state::State};

pub use next::Next;
pub use records::{Delivery, ReceivedRequest};

/// How to make a project; the default has nothing in it.
#[derive(Debug, Clone, Default)]
pub struct ProjectOptions {
    /// Its ID (default made up).
    pub id: Option<String>,
    /// The secret of its first key (default made up).
    pub key: Option<String>,
    /// What it has from the start, as [`Emulator::seed`] describes it; a text is that of a seed's file of JSON or TOML.
    pub seed: Value,
    /// Whether the IDs that the server makes up are `00000000000000000001` and those that follow, the same in each run
    /// (default no). `ID::unique()` makes IDs up in the program; the server does it for `unique()`.
    pub counted_ids: bool,
    /// A date that its clock shows: it stands there and moves by [`Project::advance`] only (default the time it is).
    pub now: Option<String>,
}

impl ProjectOptions {
    /// A project with a seed.
    #[must_use]
    pub fn seed(seed: impl Into<Value>) -> Self {
        Self { seed: seed.into(), ..Self::default() }
    }
}

/// A project of a test's own, which goes when it is dropped.
///
/// ```
/// # fn main() -> Result<(), polywrite_emulator::Error> {
/// use polywrite_emulator::{Project, ProjectOptions};
///
/// let seed = serde_json::json!({"users": [{"userId": "ada", "email": "ada@example.com"}]});
/// let project = Project::new(ProjectOptions::seed(seed))?;
/// println!("{} {} {}", project.endpoint(), project.id(), project.key());
/// # Ok(())
/// # }
/// ```
pub struct Project {
    emulator: Arc<Emulator>,
    id: String,
    key: String,
    keys: Value,
}

/// The emulator of this process's tests, as long as one of them has a project.
static SHARED: Mutex<Weak<Emulator>> = Mutex::new(Weak::new());

impl Project {
    /// Makes a project on the emulator that all tests of this process share.
    ///
    /// # Errors
    /// When the emulator does not start, or as [`Project::on`].
    pub fn new(options: ProjectOptions) -> Result<Self, Error> {
        Self::on(&shared()?, options)
    }

    /// Makes a project on an emulator of your own.
    ///
    /// # Errors
    /// When the options are wrong: the ID is none or taken, the date is none, or a call of the seed would fail.
    pub fn on(emulator: &Arc<Emulator>, options: ProjectOptions) -> Result<Self, Error> {
        let ProjectOptions { id, key, seed, counted_ids, now } = options;
        let ids = if counted_ids { "counted" } else { "random" };
        let asked = json!({"id": id, "key": key, "seed": seed, "ids": ids, "now": now});
        let (_, made) = control::run(&emulator.state, &Method::POST, &["projects"], asked)
            .map_err(|failure| Error::new("make a project", failure.message))?;
        let text = |name: &str| made[name].as_str().unwrap_or_default().to_owned();
        let (id, key, keys) = (text("id"), text("key"), made["keys"].clone());
        Ok(Self { emulator: Arc::clone(emulator), id, key, keys })
    }

    /// The endpoint to give to clients.
    pub fn endpoint(&self) -> &str {
        self.emulator.endpoint()
    }

    /// The project's ID.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The secret of its first key, which has every scope.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The secret of a key of the seed.
    pub fn key_of_seed(&self, id: &str) -> Option<&str> {
        self.keys[id].as_str()
    }

    /// The environment for a program that calls it: `APPWRITE_ENDPOINT`, `APPWRITE_PROJECT_ID` and `APPWRITE_API_KEY`.
    pub fn env(&self) -> [(&'static str, &str); 3] {
        [
            ("APPWRITE_ENDPOINT", self.endpoint()),
            ("APPWRITE_PROJECT_ID", &self.id),
            ("APPWRITE_API_KEY", &self.key),
        ]
    }

    /// Makes what a seed describes. Returns the secrets of its keys by ID.
    ///
    /// # Errors
    /// When a call would fail: its operation, Appwrite's message and the parameters. What was made before it stays.
    pub fn seed(&self, seed: impl Into<Value>) -> Result<Value, Error> {
        let made = self.ask(Method::POST, &["seed"], json!({"seed": seed.into()}))?;
        Ok(made["keys"].clone())
    }

    /// The mails so far, oldest first.
    ///
    /// # Errors
    /// When the emulator's data cannot be read.
    pub fn mails(&self) -> Result<Vec<Mail>, Error> {
        self.list("mails", "mails")
    }

    /// Waits for the oldest mail that this method has not returned yet: `project.next_mail().to("ada@example.com").await?`.
    pub fn next_mail(&self) -> Next<'_, Mail> {
        Next::new(self, "mails")
    }

    /// The webhooks that were sent of late, oldest first.
    ///
    /// # Errors
    /// When the emulator's data cannot be read.
    pub fn webhooks(&self) -> Result<Vec<Delivery>, Error> {
        self.list("webhooks", "deliveries")
    }

    /// Waits for the oldest webhook that this method has not returned yet.
    pub fn next_webhook(&self) -> Next<'_, Delivery> {
        Next::new(self, "webhooks")
    }

    /// The requests of late, oldest first: as many as are among the last 1,000 of the emulator.
    ///
    /// # Errors
    /// When the emulator's data cannot be read.
    pub fn requests(&self) -> Result<Vec<ReceivedRequest>, Error> {
        self.list("requests", "requests")
    }

    /// Moves its clock; sessions, tokens and keys end by it.
    ///
    /// # Errors
    /// None as yet.
    pub fn advance(&self, by: Duration) -> Result<(), Error> {
        self.ask(Method::POST, &["clock"], json!({"seconds": by.as_secs_f64()})).map(drop)
    }

    /// Has calls go wrong from now on, in place of earlier faults. The first fault that is due decides; none ends it.
    ///
    /// # Errors
    /// None as yet.
    pub fn faults(&self, faults: impl IntoIterator<Item = Fault>) -> Result<(), Error> {
        if let Some(project) = self.emulator.state.projects.find(&self.id) {
            project.faults.set(faults.into_iter().collect());
        }
        Ok(())
    }

    /// Keeps all that it has under a name, to go back to.
    ///
    /// # Errors
    /// When the name is none, or the data cannot be written.
    pub fn snapshot(&self, name: &str) -> Result<(), Error> {
        self.ask(Method::POST, &["snapshots"], json!({"name": name})).map(drop)
    }

    /// Brings back what it had.
    ///
    /// # Errors
    /// When there is no snapshot of that name, or the data cannot be written.
    pub fn restore(&self, name: &str) -> Result<(), Error> {
        self.ask(Method::POST, &["snapshots", name, "restore"], json!({})).map(drop)
    }

    fn list<T: DeserializeOwned>(&self, path: &str, name: &str) -> Result<Vec<T>, Error> {
        records::read(self.ask(Method::GET, &[path], json!({}))?[name].take())
    }

    fn ask(&self, method: Method, path: &[&str], given: Value) -> Result<Value, Error> {
        let parts: Vec<&str> = ["projects", &self.id].iter().chain(path).copied().collect();
        let (_, body) = control::run(&self.emulator.state, &method, &parts, given).map_err(failed)?;
        Ok(body)
    }

    fn state(&self) -> &Arc<State> {
        &self.emulator.state
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _writing = self.emulator.state.writing();
        // It goes with the emulator otherwise.
        let _ = self.emulator.state.remove_project(&self.id);
    }
}

impl std::fmt::Debug for Project {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Project");
        shown.field("endpoint", &self.endpoint()).field("id", &self.id).finish_non_exhaustive()
    }
}

fn failed(failure: Failure) -> Error {
    Error::new("do this with a project", failure.message)
}

fn shared() -> Result<Arc<Emulator>, Error> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(running) = shared.upgrade() {
        return Ok(running);
    }
    let started = Arc::new(Emulator::begin(Options { rate_limits: false, ..Options::default() })?);
    *shared = Arc::downgrade(&started);
    Ok(started)
}
