//! The definition of the Appwrite server API, and its reader.
//!
//! The definition is the TOML beside this crate's sources: a file per service in `services/`, the models by the
//! service that uses them in `models/`, and a file each for enums, unions, errors and their kinds, scopes, helpers, the
//! client, events, bulk writes and transactions.
//! [`Api::embedded`] reads the copy that was compiled in, [`Api::load`] any other folder of the same shape.
//!
//! What can be derived is not written down: a parameter stands in the path when the path names it, in the query of
//! a GET, else in the body; names in other languages follow the rules in [`names`].

mod availability;
mod check;
mod client;
mod embedded;
mod error;
mod event;
mod flow;
mod helper;
mod kind;
mod list;
mod meaning;
pub mod names;
mod read;
mod schema;
mod service;
mod types;
mod wait;

use indexmap::IndexMap;
use std::path::Path;

pub use availability::{Availability, Versions};
pub use client::{
    CallOption, Client, Environment, Limit, OwnKind, OwnOption, Plain, PlainKind, Replaced, ResponseFormat,
    Setting, Unit,
};
pub use error::{Error, Problem, Result};
pub use event::{Events, Realtime};
pub use flow::{Bulk, BulkKind, BulkMethods, BulkWrite, Transactions};
pub use helper::{Argument, Given, Helper, Levels, NewId, Part, Rule, Value};
pub use kind::ErrorKind;
pub use list::{List, Paging};
pub use schema::{Condition, Enum, Field, Member, Model, Union, Variant};
pub use service::{
    Content, DatedBy, Deprecation, HttpMethod, Method, Param, Place, Returns, Service, Source, Upload,
};
pub use types::Type;
pub use wait::{Pace, Statuses, Wait, Waits};

/// The whole definition, read, checked and with every name resolved.
#[derive(Debug, Clone)]
pub struct Api {
    /// Services by name, sorted.
    pub services: IndexMap<String, Service>,
    /// Models by name, sorted.
    pub models: IndexMap<String, Model>,
    /// Unions by name, sorted.
    pub unions: IndexMap<String, Union>,
    /// Enums by name, sorted.
    pub enums: IndexMap<String, Enum>,
    /// Meanings of the names that recur, for parameters and fields alike.
    pub glossary: IndexMap<String, String>,
    /// The client's settings, and what it sends with every request.
    pub client: Client,
    /// Query, Operator, Permission, Role, ID and Topic: helpers by group, each group by name.
    pub helpers: IndexMap<String, IndexMap<String, Helper>>,
    /// Scopes that a key can have, by the kind of key: `project`, `organization`, `account`.
    pub scopes: IndexMap<String, Vec<String>>,
    /// Every `type` that an error body can carry, with its HTTP status where that is known.
    pub errors: IndexMap<String, Option<u16>>,
    /// What goes wrong, as far as a caller would act on it, by name in the order of the definition.
    pub kinds: IndexMap<String, ErrorKind>,
    /// Which methods write many rows.
    pub bulk: Bulk,
    /// Which methods stage writes that happen together or not at all.
    pub transactions: Transactions,
    /// How many items one request for a page of a list asks for, unless the caller says otherwise.
    pub page_size: u64,
    /// What takes time on the server, and how to wait for it.
    pub waits: Waits,
    /// What webhooks and realtime report.
    pub events: Events,
}

impl Api {
    /// Reads the definition in a folder.
    ///
    /// # Errors
    /// All problems at once, each with the file and the entry that it is in.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self> {
        read::from_files(&read::Files::in_folder(folder.as_ref())?)
    }

    /// Reads the definition that was compiled into this crate.
    ///
    /// # Errors
    /// As [`Api::load`]; a test of this crate makes sure that it never happens.
    pub fn embedded() -> Result<Self> {
        read::from_files(&embedded::files())
    }

    /// Reads a definition from texts by path, such as `services/teams.toml`.
    ///
    /// # Errors
    /// As [`Api::load`].
    pub fn from_texts<P: Into<String>, T: Into<String>>(
        texts: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Self> {
        let mut files = read::Files::default();
        for (path, text) in texts {
            files.insert(path, text);
        }
        read::from_files(&files)
    }

    /// The text of a file of the definition that was compiled into this crate, such as `client.toml`.
    pub fn embedded_text(path: &str) -> Option<String> {
        embedded::files().text(path).map(str::to_owned)
    }

    /// Every method of every service, then those of the client itself, in order.
    pub fn methods(&self) -> impl Iterator<Item = &Method> {
        self.services
            .values()
            .flat_map(|service| service.methods.values())
            .chain(self.client.methods.values())
    }

    /// The method with this ID, such as `tablesDB.listRows` or `client.ping`.
    pub fn method(&self, id: &str) -> Option<&Method> {
        let (service, name) = id.split_once('.')?;
        match self.services.get(service) {
            Some(service) => service.methods.get(name),
            None if service == client::SERVICE => self.client.methods.get(name),
            None => None,
        }
    }

    /// What still lacks a meaning, as `kind name` lines; empty in a finished definition.
    pub fn without_meaning(&self) -> Vec<String> {
        meaning::missing(self)
    }
}
