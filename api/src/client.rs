//! What a client can be configured with, and what it sends with every request.

use crate::availability::Availability;
use crate::service::Method;
use indexmap::IndexMap;

/// The service part in the IDs of the client's own methods.
pub(crate) const SERVICE: &str = "client";

/// The client's part of the definition.
#[derive(Debug, Clone)]
pub struct Client {
    /// Where requests go by default.
    pub default_endpoint: String,
    /// Bytes per chunk of an upload.
    pub chunk_size: u64,
    /// Chunks in flight.
    pub upload_concurrency: u32,
    /// Headers that say which SDK is calling.
    pub identity_headers: Vec<String>,
    /// The response formats that the definition describes.
    pub response_format: ResponseFormat,
    /// The client's own methods by name, such as `ping`.
    pub methods: IndexMap<String, Method>,
    /// Settings that travel as headers, by name.
    pub settings: IndexMap<String, Setting>,
    /// Settings that do not travel as headers, by name.
    pub plain: IndexMap<String, Plain>,
    /// Numbers that bound what a client does, by name.
    pub limits: IndexMap<String, Limit>,
    /// How failed attempts are repeated, by name.
    pub retries: IndexMap<String, Limit>,
    /// What one call may set differently, by name.
    pub options: IndexMap<String, CallOption>,
    /// What downloads have beside them, by name.
    pub own: IndexMap<String, OwnOption>,
    /// Environment variables by name, in the order to try them.
    pub environment: IndexMap<String, Environment>,
}

/// The newest response formats that are described.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseFormat {
    /// The header that asks for one.
    pub header: String,
    /// What that does.
    pub about: String,
    /// Of Appwrite Cloud.
    pub cloud: String,
    /// Of a self-hosted Appwrite.
    pub self_hosted: String,
}

/// A setting that travels as a header.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Name in camelCase.
    pub name: String,
    /// The setter's name: `setProject`.
    pub setter: String,
    /// The header, in lower case.
    pub header: String,
    /// What stands before the value: `Bearer `.
    pub prefix: String,
    /// Never to be logged or printed.
    pub secret: bool,
    /// Says who makes the calls, and goes when another credential comes.
    pub credential: bool,
    /// What it is for.
    pub about: String,
    /// Where it is available.
    pub available: Availability,
}

/// A setting that does not travel as a header.
#[derive(Debug, Clone)]
pub struct Plain {
    /// Name in camelCase.
    pub name: String,
    /// The setter's name, in languages that have one: `setProxy`.
    pub setter: String,
    /// What its values are.
    pub kind: PlainKind,
    /// Never to be logged or printed.
    pub secret: bool,
    /// Whether it says how connections are opened.
    pub connection: bool,
    /// The default, in words.
    pub default: String,
    /// What it is for.
    pub about: String,
}

/// What the values of a setting are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlainKind {
    /// Text.
    Text,
    /// True or false.
    Switch,
}

/// A number, more than 0, that bounds what a client does.
#[derive(Debug, Clone)]
pub struct Limit {
    /// Name in camelCase.
    pub name: String,
    /// What is counted.
    pub unit: Unit,
    /// The default; without one nothing bounds it.
    pub default: Option<u64>,
    /// Whether it bounds connections.
    pub connection: bool,
    /// What it bounds.
    pub about: String,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole bytes.
    Bytes,
    /// Whole connections.
    Connections,
    /// Time, which each language writes in its own way.
    Milliseconds,
    /// Attempts of a call, of which there may be 0.
    Attempts,
}

/// A setting that one call may have another value of.
#[derive(Debug, Clone)]
pub struct CallOption {
    /// Name in camelCase.
    pub name: String,
    /// What it replaces for the call.
    pub of: Replaced,
}

/// The setting whose value an option replaces for one call.
#[derive(Debug, Clone)]
pub enum Replaced {
    /// A number.
    Limit(Limit),
    /// A header.
    Header(Setting),
}

/// An option of downloads that replaces no setting.
#[derive(Debug, Clone)]
pub struct OwnOption {
    /// Name in camelCase.
    pub name: String,
    /// What its values are.
    pub kind: OwnKind,
    /// What it is for.
    pub about: String,
}

/// What the values of such an option are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnKind {
    /// Text with the first and the last byte of a part of a file: `0-1023`.
    Range,
}

/// The settings that the core reads from the environment.
pub(crate) const FROM_ENVIRONMENT: [&str; 3] = ["endpoint", "project", "key"];

/// An environment variable.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Name of the variable.
    pub name: String,
    /// The setting that it gives.
    pub setting: String,
}
