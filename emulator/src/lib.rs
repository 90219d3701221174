//! A local Appwrite to develop and test against.
//!
//! It answers every method of the API definition: project, credentials, scopes and parameters are checked as the real
//! server checks them. Users, sessions, keys, tables, files and teams are real; other services keep what they are
//! given and answer in the right shape. Data lives in SQLite, in memory or in a directory.
//!
//! ```no_run
//! # async fn example() -> Result<(), polywrite_emulator::Error> {
//! use polywrite_emulator::{Emulator, Options};
//!
//! let emulator = Emulator::start(Options::default()).await?;
//! println!("{} is ready for project {}", emulator.endpoint(), emulator.project());
//! # Ok(())
//! # }
//! ```

mod app;
mod auth;
mod call;
mod clock;
mod control;
mod error;
mod extra;
mod failure;
mod faults;
mod functions;
mod http;
mod journal;
mod mail;
mod options;
mod params;
mod pending;
pub mod program;
mod project;
mod projects;
mod query;
mod random;
mod reads;
mod realtime;
mod response;
mod router;
mod schema;
mod server;
mod services;
mod state;
mod store;
mod tls;
mod trees;
mod webhook;

pub use error::Error;
pub use faults::Fault;
pub use mail::Mail;
pub use options::{Like, Options};
pub use project::{Delivery, Next, Project, ProjectOptions, ReceivedRequest};

use std::{fs::File, sync::Arc};

use server::Server;
use state::{Opened, State};
use tempfile::TempDir;
use tls::Certificate;

/// The version of Appwrite that the emulator behaves like.
pub const SERVER_VERSION: &str = "1.9.6";

/// A running emulator; it stops when dropped.
pub struct Emulator {
    server: Server,
    state: Arc<State>,
    /// Removed with the emulator, whatever its threads still do.
    _scratch: Option<TempDir>,
    _lock: Option<File>,
    endpoint: String,
    project: String,
    root_key: String,
    ca_pem: Option<String>,
}

impl Emulator {
    /// Starts an emulator on the loopback address, on threads of its own.
    ///
    /// # Errors
    /// When the port is taken, the data directory cannot be used or is in use, or the project's ID is none.
    #[allow(clippy::unused_async, reason = "starting may come to need waiting, and callers wait already")]
    pub async fn start(options: Options) -> Result<Self, Error> {
        Self::begin(options)
    }

    fn begin(options: Options) -> Result<Self, Error> {
        let certificate = options.tls.then(Certificate::new).transpose()?;
        let Opened { state, root_key, scratch, lock } = State::open(&options)?;
        let acceptor = certificate.as_ref().map(|certificate| certificate.acceptor.clone());
        let state = Arc::new(state);
        let scheme = if options.tls { "https" } else { "http" };
        let server = Server::start(Arc::clone(&state), options.host, options.port, acceptor)?;
        let endpoint = format!("{scheme}://{}/v1", server.reachable());
        state.set_endpoint(&endpoint);
        let ca_pem = certificate.map(|certificate| certificate.pem);
        Ok(Self {
            server,
            state,
            _scratch: scratch,
            _lock: lock,
            endpoint,
            project: options.project,
            root_key,
            ca_pem,
        })
    }

    /// The endpoint to give to clients: `http://127.0.0.1:49152/v1`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.server.address.port()
    }

    /// The project's ID.
    pub fn project(&self) -> &str {
        &self.project
    }

    /// The secret of an API key with every scope.
    pub fn root_key(&self) -> &str {
        &self.root_key
    }

    /// The messages the real server would have mailed, oldest first: links and codes that only their readers know.
    pub fn mails(&self) -> Vec<Mail> {
        mail::all(&self.state, &self.project)
    }

    /// Makes what a seed describes in the project: `users`, `teams` (with `memberships`), `databases` (with `tables`, those with
    /// `columns`, `indexes` and `rows`), `buckets` (with `files`) and `keys`, each with the parameters of the call that makes
    /// one. A row is as a response shows it, a file has its content as `text` or `base64`. Returns the secrets of keys by ID.
    ///
    /// # Errors
    /// When a call would fail: its operation, Appwrite's message and the parameters. What was made before it stays.
    pub fn seed(&self, seed: &serde_json::Value) -> Result<serde_json::Value, Error> {
        control::seed::plant(&self.state, &self.project, seed)
            .map_err(|failure| Error::new("make what the seed describes", failure.message))
    }

    /// Makes what a seed describes, unless the project's data has it from an earlier start. Data of another seed is an error.
    pub(crate) fn seed_once(&self, seed: &serde_json::Value) -> Result<(), Error> {
        let attempt = "make what the seed describes";
        let has_it = self.state.has_seed(&self.project, seed);
        match has_it.map_err(|failure| Error::new(attempt, failure.message))? {
            Some(true) => return Ok(()),
            Some(false) => {
                let cause = "the data is of another seed, or of this file before it was changed: start without --seed to \
                             keep the data, or remove it to begin anew";
                return Err(Error::new(attempt, cause));
            }
            None => {}
        }
        self.seed(seed)?;
        let kept = self.state.keep_seed(&self.project, seed);
        kept.map_err(|failure| Error::new(attempt, failure.message))
    }

    /// Has calls of the project fail as `faults` ask.
    pub(crate) fn set_faults(&self, faults: Vec<faults::Fault>) {
        if let Some(project) = self.state.projects.find(&self.project) {
            project.faults.set(faults);
        }
    }

    /// Moves the end of every open transaction of the project into the past: a test need not wait a minute for it.
    ///
    /// # Errors
    /// When the data cannot be written.
    pub fn expire_transactions(&self) -> Result<(), Error> {
        let _writing = self.state.writing();
        services::expire_transactions(&self.state, &self.project)
            .map_err(|failure| Error::new("expire its transactions", failure.message))
    }

    /// Makes reads of a resource show other fields than its own: those of `reads`, one after the other; the last stay.
    ///
    /// Nothing is built, sent or executed here, and no column fails. A test says what becomes of them instead: with
    /// `{"status": "processing"}` and `{"status": "failed", "error": "too wide"}`, a column fails when it is read for the
    /// second time; with the first alone it never gets ready. `path` is the resource's own, without `/v1`:
    /// `/tablesdb/d/tables/t/columns/c`, `/functions/f/deployments/d`. Being listed counts as being read, and so does
    /// being shown among the columns and indexes of a table, also of a table in a list.
    pub fn plan_reads(&self, path: &str, reads: impl IntoIterator<Item = serde_json::Value>) {
        self.state.reads.plan(&self.project, path, reads.into_iter().collect());
    }

    /// The certificate to trust, as PEM, when it speaks https.
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Its threads may not come to that any more.
        self.state.programs.end();
    }
}

impl std::fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Emulator")
            .field("endpoint", &self.endpoint)
            .field("project", &self.project)
            .field("root_key", &"[redacted]")
            .finish_non_exhaustive()
    }
}
