//! What all requests share.

use std::{
    fs::{self, File},
    num::NonZero,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use polywrite_api::Api;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Semaphore;

use crate::{
    Error, Like, Options, clock,
    failure::Failure,
    functions::{Programs, Queue},
    http::limits::Limits,
    journal::Journal,
    params::{ID_RULE, is_id},
    projects::{Project, Projects},
    random,
    reads::Reads,
    realtime::Hub,
    router::Router,
    schema::Schema,
    services,
    store::Store,
    trees,
    webhook::Webhooks,
};

/// The ID of the project that consoles belong to.
pub(crate) const CONSOLE: &str = "console";

/// What the emulator keeps for itself. No project has such an ID.
const OWN: &str = "_emulator";

/// Where the snapshots of all projects are, by project and name. No project has such an ID.
pub(crate) const SNAPSHOTS: &str = "_snapshots";

/// The projects there are.
const PROJECTS: &str = "_emulator/projects";

/// The seeds that projects were started with.
const SEEDS: &str = "_emulator/seeds";

/// The emulator's memory and settings.
#[derive(Debug)]
pub(crate) struct State {
    /// The definition.
    pub(crate) schema: Schema,
    /// Paths to methods.
    pub(crate) router: Router,
    /// Documents.
    pub(crate) store: Store,
    /// Where files lie.
    pub(crate) files: PathBuf,
    /// Whether they are to outlive the emulator.
    pub(crate) keeps_files: bool,
    /// Which server to be like.
    pub(crate) like: Like,
    /// The projects served besides the console's.
    pub(crate) projects: Projects,
    /// The scopes of a project's first key: all that there are.
    scopes: Vec<String>,
    /// Folders whose functions may be run.
    pub(crate) functions: Vec<PathBuf>,
    /// The programs of functions.
    pub(crate) programs: Arc<Programs>,
    /// Executions that no caller waits for.
    pub(crate) executions: Queue,
    /// Where programs on this machine reach it; known once it listens.
    endpoint: OnceLock<String>,
    /// Changes on their way to webhooks.
    pub(crate) webhooks: Webhooks,
    /// The requests of late.
    pub(crate) journal: Journal,
    /// Signs tokens.
    pub(crate) secret: String,
    /// Counts calls.
    pub(crate) limits: Limits,
    /// What reads show on request.
    pub(crate) reads: Reads,
    /// The connections of realtime.
    pub(crate) hub: Hub,
    /// How many calls work at the same time: more threads than processors would only wait for each other.
    pub(crate) places: Arc<Semaphore>,
    /// Held by every call: alone by those that change something, so that reading, deciding and writing are one step.
    turn: RwLock<()>,
}

/// A memory that is ready.
pub(crate) struct Opened {
    /// The memory.
    pub(crate) state: State,
    /// The secret of the key with every scope.
    pub(crate) root_key: String,
    /// The directory that goes with an emulator which has none of its own.
    pub(crate) scratch: Option<TempDir>,
    /// Keeps other emulators away from a directory while it is open.
    pub(crate) lock: Option<File>,
}

impl State {
    /// Opens or makes the memory.
    pub(crate) fn open(options: &Options) -> Result<Opened, Error> {
        if !is_id(&options.project) || options.project == CONSOLE {
            return Err(Error::new(&format!("serve a project {:?}", options.project), ID_RULE));
        }
        if !options.key.as_deref().is_none_or(is_secret) {
            return Err(Error::new("take this key", SECRET_RULE));
        }
        let api = Api::embedded().map_err(|problem| Error::new("read the API definition", problem))?;
        let scratch = match options.data {
            Some(_) => None,
            None => Some(tempfile::tempdir().map_err(|problem| Error::new("make a directory", problem))?),
        };
        let data: Option<&Path> = options.data.as_deref();
        let files = data.or(scratch.as_ref().map(TempDir::path)).unwrap_or(Path::new(".")).join("files");
        std::fs::create_dir_all(&files)
            .map_err(|problem| Error::new(&format!("make the directory {}", files.display()), problem))?;
        let lock = data.map(lock).transpose()?;
        let reading = match data {
            Some(data) => format!("read what {} has", data.display()),
            None => "make a database".to_owned(),
        };
        let store = Store::open(data).map_err(|problem| Error::new(&reading, problem))?;
        let schema = Schema::new(api, options.like);
        let router = Router::new(&schema);
        let mut state = Self {
            schema,
            router,
            store,
            files,
            keeps_files: data.is_some(),
            like: options.like,
            projects: Projects::default(),
            scopes: Vec::new(),
            functions: options.functions.clone(),
            programs: Arc::default(),
            executions: Queue::default(),
            endpoint: OnceLock::new(),
            webhooks: Webhooks::default(),
            journal: Journal::default(),
            secret: String::new(),
            limits: Limits::new(options.rate_limits),
            reads: Reads::default(),
            hub: Hub::default(),
            places: Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(2, NonZero::get))),
            turn: RwLock::new(()),
        };
        let root_key = state
            .prepare(&options.project, options.key.clone())
            .map_err(|problem| Error::new(&reading, problem.message))?;
        Ok(Opened { state, root_key, scratch, lock })
    }

    /// Makes what every emulator needs once: a signing secret and a first project. Returns the secret of its root key.
    fn prepare(&mut self, project: &str, key: Option<String>) -> Result<String, Failure> {
        self.secret = self.remember("signingSecret", || random::hex(64))?;
        self.remember("startedAt", clock::now)?;
        trees::sweep(&self.files, &self.store)?;
        self.scopes = self.every_scope(self.schema.api.scopes.get("project").cloned().unwrap_or_default());
        for project in self.store.all(PROJECTS)? {
            self.projects.add(project["$id"].as_str().unwrap_or_default(), Project::default());
        }
        match self.root_key(project)? {
            Some(key) => {
                self.projects.add(project, Project::default());
                Ok(key)
            }
            None => self.add_project(project, key, Project::default()),
        }
    }

    /// Says where it listens.
    pub(crate) fn set_endpoint(&self, endpoint: &str) {
        // It is said once.
        let _ = self.endpoint.set(endpoint.to_owned());
    }

    /// Where programs on this machine reach it: `http://127.0.0.1:8090/v1`.
    pub(crate) fn endpoint(&self) -> &str {
        self.endpoint.get().map_or("", String::as_str)
    }

    /// The secret of a project's root key; none if there is no such project.
    pub(crate) fn root_key(&self, project: &str) -> Result<Option<String>, Failure> {
        let key = self.store.get(&format!("{project}/keys"), "root")?;
        Ok(key.and_then(|key| Some(key["secret"].as_str()?.to_owned())))
    }

    /// Makes a project. Returns the secret of its root key: the given one, or one that is made up.
    pub(crate) fn add_project(
        &self,
        project: &str,
        key: Option<String>,
        own: Project,
    ) -> Result<String, Failure> {
        if !is_id(project) || project == CONSOLE {
            return Err(Failure::argument("id", ID_RULE));
        }
        if !key.as_deref().is_none_or(is_secret) {
            return Err(Failure::argument("key", SECRET_RULE));
        }
        if !self.projects.add(project, own) {
            return Err(Failure::new(
                409,
                "project_already_exists",
                "Project with the requested ID already exists.",
            ));
        }
        let secret = key.unwrap_or_else(|| format!("standard_{}", random::hex(256)));
        let now = self.now_in(project);
        let key = json!({
            "$id": "root", "$createdAt": now, "$updatedAt": now, "name": "All scopes", "expire": "",
            "scopes": self.scopes, "secret": secret, "accessedAt": "", "sdks": [],
        });
        self.store.put(PROJECTS, project, &json!({"$id": project}))?;
        self.store.put(&format!("{project}/keys"), "root", &key)?;
        self.store.put(&format!("{project}/keySecrets"), &secret, &json!({"keyId": "root"}))?;
        Ok(secret)
    }

    /// Whether the seed that a project has is this one; none if it has none.
    pub(crate) fn has_seed(&self, project: &str, seed: &Value) -> Result<Option<bool>, Failure> {
        let known = self.store.get(SEEDS, project)?;
        Ok(known.map(|known| known["digest"] == digest(seed)))
    }

    /// Remembers which seed a project has.
    pub(crate) fn keep_seed(&self, project: &str, seed: &Value) -> Result<(), Failure> {
        self.store.put(SEEDS, project, &json!({"digest": digest(seed)}))
    }

    /// Now, by the clock of a project.
    pub(crate) fn now_in(&self, project: &str) -> String {
        self.projects.find(project).map_or_else(clock::now, |own| own.serve(clock::now))
    }

    /// Removes a project with all that it has.
    pub(crate) fn remove_project(&self, project: &str) -> Result<(), Failure> {
        if !self.projects.remove(project) {
            return Err(Failure::new(404, "project_not_found", "There is no such project."));
        }
        self.store.remove(PROJECTS, project)?;
        self.store.remove(SEEDS, project)?;
        trees::remove(self, project)?;
        trees::remove(self, &format!("{SNAPSHOTS}/{project}"))
    }

    /// The scopes a key can have by the list, and those that methods ask for though the list lacks them.
    fn every_scope(&self, mut scopes: Vec<String>) -> Vec<String> {
        // What users, guests or consoles have instead of keys.
        let not_for_keys = ["account", "public", "projects.read", "projects.write", "root"];
        for scope in self.schema.methods().flat_map(services::scopes) {
            if !scopes.contains(&scope) && !not_for_keys.contains(&scope.as_str()) {
                scopes.push(scope);
            }
        }
        scopes
    }

    /// A value that survives restarts.
    fn remember(&self, name: &str, make: impl FnOnce() -> String) -> Result<String, Failure> {
        if let Some(found) = self.store.get(OWN, name)? {
            return Ok(found["value"].as_str().unwrap_or_default().to_owned());
        }
        let value = make();
        self.store.put(OWN, name, &json!({"value": value}))?;
        Ok(value)
    }

    /// Waits until no call changes anything, and holds further ones back.
    pub(crate) fn reading(&self) -> RwLockReadGuard<'_, ()> {
        // What a panicking call has written is rolled back, so the lock's poison says nothing.
        self.turn.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the memory, and has it alone.
    pub(crate) fn writing(&self) -> RwLockWriteGuard<'_, ()> {
        self.turn.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether no call has the memory to itself, nor waits for that: one that begins now gets it at once.
    pub(crate) fn is_free(&self) -> bool {
        !matches!(self.turn.try_write(), Err(TryLockError::WouldBlock))
    }

    /// When the emulator was first started with this data.
    pub(crate) fn started_at(&self) -> Result<Value, Failure> {
        Ok(self.store.get(OWN, "startedAt")?.map_or(Value::Null, |found| found["value"].clone()))
    }

    /// Whether a project exists.
    pub(crate) fn has_project(&self, project: &str) -> bool {
        project == CONSOLE || self.projects.find(project).is_some()
    }
}

/// What a secret looks like, for messages.
const SECRET_RULE: &str = "Value must be letters, digits and signs, without spaces, and at least one of them";

/// Whether a header can have a text as a secret.
fn is_secret(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What distinguishes a seed from others.
fn digest(seed: &Value) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, seed.to_string().as_bytes());
    STANDARD.encode(digest)
}

/// Takes a directory for this emulator alone: two would each believe in their own lock on what is in it.
fn lock(directory: &Path) -> Result<File, Error> {
    let attempt = format!("take the directory {}", directory.display());
    // What the file has, or what it leads to, stays.
    let file = File::options().create(true).truncate(false).write(true).open(directory.join("emulator.lock"));
    let file = file.map_err(|problem| Error::new(&attempt, problem))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::new(&attempt, "another emulator is using it")),
        Err(fs::TryLockError::Error(problem)) => Err(Error::new(&attempt, problem)),
    }
}
