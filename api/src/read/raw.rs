//! The files as they are written, before anything is derived.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Service {
    pub(super) name: String,
    pub(super) class: String,
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) methods: IndexMap<String, Method>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Method {
    pub(super) get: Option<String>,
    pub(super) post: Option<String>,
    pub(super) put: Option<String>,
    pub(super) patch: Option<String>,
    pub(super) delete: Option<String>,
    pub(super) self_hosted_path: Option<String>,
    #[serde(default)]
    pub(super) about: String,
    pub(super) returns: Option<String>,
    pub(super) accept: Option<String>,
    #[serde(default)]
    pub(super) headers: IndexMap<String, String>,
    pub(super) content: Option<String>,
    pub(super) project_header: Option<bool>,
    pub(super) dated_by: Option<String>,
    #[serde(default)]
    pub(super) several: bool,
    pub(super) upload: Option<Upload>,
    #[serde(default)]
    pub(super) scopes: Vec<String>,
    pub(super) auth: Option<Vec<String>>,
    pub(super) rate_limit: Option<u32>,
    pub(super) available: Option<String>,
    pub(super) deprecated: Option<Deprecated>,
    pub(super) alias_of: Option<String>,
    #[serde(default)]
    pub(super) params: IndexMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Upload {
    pub(super) file: String,
    pub(super) id: Option<String>,
    pub(super) chunked: Option<bool>,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Deprecated {
    Since(String),
    Full {
        since: String,
        #[serde(default)]
        replace_with: String,
    },
}

/// A parameter or field: its marked type alone, or a table with more.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Entry {
    Short(String),
    Full(FullEntry),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct FullEntry {
    pub(super) r#type: String,
    pub(super) self_hosted_type: Option<String>,
    pub(super) source: Option<String>,
    pub(super) available: Option<String>,
    #[serde(default)]
    pub(super) about: String,
}

impl From<Entry> for FullEntry {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Short(r#type) => Self { r#type, ..Self::default() },
            Entry::Full(full) => full,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Model {
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) open: bool,
    pub(super) available: Option<String>,
    #[serde(default)]
    pub(super) fields: IndexMap<String, Entry>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Secrets {
    pub(super) names: Vec<String>,
    pub(super) fields: Vec<String>,
    pub(super) parameters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Union {
    #[serde(default)]
    pub(super) about: String,
    pub(super) members: IndexMap<String, When>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum When {
    One(IndexMap<String, String>),
    Any(Vec<IndexMap<String, String>>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Enum {
    #[serde(default)]
    pub(super) about: String,
    pub(super) available: Option<String>,
    #[serde(default)]
    pub(super) members: Vec<String>,
    #[serde(default)]
    pub(super) labels: IndexMap<String, String>,
    /// Members that not every server has, by where they are available.
    #[serde(default)]
    pub(super) only: IndexMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Client {
    pub(super) default_endpoint: String,
    pub(super) chunk_size: u64,
    pub(super) upload_concurrency: u32,
    pub(super) identity_headers: Vec<String>,
    pub(super) response_format: crate::ResponseFormat,
    #[serde(default)]
    pub(super) methods: IndexMap<String, Method>,
    #[serde(default)]
    pub(super) settings: IndexMap<String, Setting>,
    #[serde(default)]
    pub(super) plain: IndexMap<String, Plain>,
    #[serde(default)]
    pub(super) limits: IndexMap<String, Limit>,
    #[serde(default)]
    pub(super) retries: IndexMap<String, Limit>,
    #[serde(default)]
    pub(super) options: IndexMap<String, String>,
    #[serde(default)]
    pub(super) own: IndexMap<String, OwnOption>,
    #[serde(default)]
    pub(super) environment: IndexMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    pub(super) header: String,
    pub(super) setter: Option<String>,
    #[serde(default)]
    pub(super) prefix: String,
    #[serde(default)]
    pub(super) secret: bool,
    pub(super) credential: Option<bool>,
    pub(super) available: Option<String>,
    pub(super) about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plain {
    pub(super) setter: Option<String>,
    pub(super) r#type: crate::PlainKind,
    #[serde(default)]
    pub(super) secret: bool,
    #[serde(default)]
    pub(super) connection: bool,
    pub(super) default: String,
    pub(super) about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnOption {
    pub(super) r#type: crate::OwnKind,
    pub(super) about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    pub(super) unit: crate::Unit,
    pub(super) default: Option<u64>,
    #[serde(default)]
    pub(super) connection: bool,
    pub(super) about: String,
}

#[derive(Deserialize)]
pub(super) struct Helper {
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) args: IndexMap<String, String>,
    pub(super) method: Option<String>,
    pub(super) attribute: Option<String>,
    pub(super) on: Option<String>,
    pub(super) values: Option<Value>,
    pub(super) values_on: Option<Value>,
    #[serde(default)]
    pub(super) returns: Vec<String>,
    #[serde(default)]
    pub(super) nonzero: Vec<String>,
    #[serde(default)]
    pub(super) finite: Vec<String>,
    #[serde(default)]
    pub(super) at_least_1: Vec<String>,
    #[serde(default)]
    pub(super) unsigned: Vec<String>,
    #[serde(default)]
    pub(super) text: Vec<String>,
    #[serde(default)]
    pub(super) unlabeled: Vec<String>,
    #[serde(default)]
    pub(super) inner: bool,
    pub(super) python: Option<String>,
    pub(super) longest: Option<u32>,
    pub(super) available: Option<String>,
    #[serde(flatten)]
    pub(super) rest: IndexMap<String, Value>,
}
