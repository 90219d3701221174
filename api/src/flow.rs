//! What stands above single calls: bulk writes and transactions.

use crate::{Api, Method, Param, Place, Service, Type};
use indexmap::IndexMap;
use serde::Deserialize;

/// Writing any number of rows, a few calls at a time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bulk {
    /// How many rows one call takes at most.
    pub limit: u32,
    /// How many calls are on their way at the same time.
    pub concurrency: u32,
    /// The methods, by the service that has them.
    pub services: IndexMap<String, BulkMethods>,
}

/// The methods of a service that write many rows, and the one that lists rows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkMethods {
    /// Creates the rows of a list.
    pub create: String,
    /// Creates or changes the rows of a list.
    pub upsert: String,
    /// Changes the rows that queries pick.
    pub update: String,
    /// Deletes the rows that queries pick.
    pub delete: String,
    /// Lists rows.
    pub list: String,
}

/// A way to write many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkKind {
    /// Creates them.
    Create,
    /// Creates or changes them.
    Upsert,
    /// Changes all of them in the same way.
    Update,
    /// Deletes them.
    Delete,
}

/// A bulk write that a service has: `bulkCreateRows`.
#[derive(Debug, Clone, Copy)]
pub struct BulkWrite<'a> {
    /// What it does.
    pub kind: BulkKind,
    /// The method that it calls.
    pub method: &'a Method,
    /// The method that lists rows.
    pub list: &'a Method,
}

impl BulkWrite<'_> {
    /// Its name: `bulkCreateRows`.
    pub fn name(&self) -> String {
        let mut name = self.method.name.clone();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        format!("bulk{name}")
    }

    /// The parameter that its rows stand in: `rows`, or the `queries` that pick them.
    pub fn parameter(&self) -> &str {
        let kind = Type::Array(Box::new(if self.takes_ids() { Type::String } else { Type::Object }));
        let of_kind = self.method.params.values().find(|param| param.kind == kind);
        of_kind.map_or("", |param| param.name.as_str())
    }

    /// Whether it takes IDs of rows, and not rows.
    pub fn takes_ids(&self) -> bool {
        matches!(self.kind, BulkKind::Update | BulkKind::Delete)
    }

    /// What its rows are called where all of them are given together.
    pub fn rows(&self) -> &str {
        if self.takes_ids() { "ids" } else { self.parameter() }
    }

    /// The parameters that are the same in each of its calls.
    pub fn arguments(&self) -> impl Iterator<Item = &Param> {
        self.method.arguments().filter(|param| {
            param.place == Place::Path || self.kind == BulkKind::Update && param.kind == Type::Object
        })
    }
}

impl Bulk {
    /// The bulk writes of a service, in the order in which one thinks of them.
    pub fn writes<'a>(&self, service: &'a Service) -> Vec<BulkWrite<'a>> {
        let Some(methods) = self.services.get(&service.name) else { return Vec::new() };
        let Some(list) = service.methods.get(&methods.list) else { return Vec::new() };
        let named = [
            (BulkKind::Create, &methods.create),
            (BulkKind::Upsert, &methods.upsert),
            (BulkKind::Update, &methods.update),
            (BulkKind::Delete, &methods.delete),
        ];
        let write = |(kind, name): (BulkKind, &String)| {
            service.methods.get(name).map(|method| BulkWrite { kind, method, list })
        };
        named.into_iter().filter_map(write).collect()
    }
}

/// Writes that are staged, and happen together or not at all.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transactions {
    /// The method that begins a transaction.
    pub begin: String,
    /// The method that commits it or rolls it back.
    pub end: String,
    /// The method that reads it.
    pub read: String,
    /// The method that stages several writes.
    pub stage: String,
    /// The parameter that names a transaction.
    pub parameter: String,
    /// How many writes a transaction takes at most.
    pub operations: u32,
    /// How often a transaction is begun at most.
    pub attempts: u32,
    /// Seconds until the server ends a transaction by itself.
    pub ttl: u32,
    /// The longest wait before the second attempt, in milliseconds.
    pub base_delay: u64,
    /// Errors that another transaction may not meet.
    pub again: Vec<String>,
}

impl Transactions {
    /// Whether a service has transactions.
    pub fn has(&self, service: &Service) -> bool {
        let methods = [&self.begin, &self.end, &self.read, &self.stage];
        methods.iter().all(|name| service.methods.contains_key(*name))
    }

    /// The ID of the operation that begins a transaction of a service, if it has them.
    pub fn begins(&self, service: &Service) -> Option<String> {
        self.has(service).then(|| format!("{}.{}", service.name, self.begin))
    }

    /// The services that have transactions.
    pub fn services<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Service> {
        api.services.values().filter(|service| self.has(service))
    }
}
