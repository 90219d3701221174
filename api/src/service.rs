//! Services, their methods and parameters.

use crate::availability::Availability;
use crate::list::List;
use crate::types::Type;
use indexmap::IndexMap;

/// A group of methods, a class in most languages.
#[derive(Debug, Clone)]
pub struct Service {
    /// Name as in operation IDs: `tablesDB`.
    pub name: String,
    /// Class name: `TablesDB`.
    pub class: String,
    /// What it is for, one sentence.
    pub about: String,
    /// Where any of its methods is available.
    pub available: Availability,
    /// Methods by name, sorted.
    pub methods: IndexMap<String, Method>,
}

/// The HTTP method of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HttpMethod {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl HttpMethod {
    /// The method in capitals, as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// How a request carries its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    /// No body.
    None,
    /// `application/json`
    Json,
    /// `multipart/form-data`
    Multipart,
}

/// What the response of a method is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Returns {
    /// A model.
    Model(String),
    /// One of a union's models.
    Union(String),
    /// JSON of any shape.
    Json,
    /// Nothing; a body is ignored.
    Empty,
    /// A file's bytes, even when they are JSON.
    Bytes,
    /// Plain text.
    Text,
    /// A redirect that is not followed: its Location header is the result.
    Redirect,
}

/// One call of the API.
#[derive(Debug, Clone)]
pub struct Method {
    /// `service.name`, unique.
    pub id: String,
    /// Name in camelCase, as in the definition.
    pub name: String,
    /// The name of the service that it belongs to; `client` for the client's own.
    pub service: String,
    /// HTTP method.
    pub http_method: HttpMethod,
    /// Path template with `{parameter}` places, after the endpoint.
    pub path: String,
    /// The path on a self-hosted Appwrite where it differs.
    pub self_hosted_path: Option<String>,
    /// What it does, one sentence.
    pub about: String,
    /// Parameters by wire name, in the order of the signature.
    pub params: IndexMap<String, Param>,
    /// What its response is.
    pub returns: Returns,
    /// How its list is read page by page, where it returns one.
    pub list: Option<List>,
    /// The user data of its response may have a type of the caller's.
    pub generic: bool,
    /// How the body is sent.
    pub content: Content,
    /// The Accept header.
    pub accept: String,
    /// Extra headers, sorted.
    pub headers: IndexMap<String, String>,
    /// False where the project must not be sent as a header, because the path has it.
    pub project_header: bool,
    /// What says since when its bytes are what they are, where the response does not.
    pub dated_by: Option<DatedBy>,
    /// Whether it is the one that sends or fetches several files by one command.
    pub several: bool,
    /// How its file is sent.
    pub upload: Option<Upload>,
    /// Scopes of which a key needs one; empty when none is known.
    pub scopes: Vec<String>,
    /// Who may call: `admin`, `key`, `session`, `jwt`, `organization`; empty when unknown.
    pub auth: Vec<String>,
    /// Calls an hour that a client without a key may make.
    pub rate_limit: Option<u32>,
    /// Where it is available.
    pub available: Availability,
    /// What to use instead.
    pub deprecated: Option<Deprecation>,
    /// The name that this is an old spelling of, in the same service.
    pub alias_of: Option<String>,
}

/// A deprecation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// Version since when.
    pub since: String,
    /// ID of the method to use instead; empty when there is none.
    pub replace_with: String,
}

/// A method of the same service that says since when a file's bytes are what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedBy {
    /// The name of the method; it needs no parameter that the method of the bytes lacks.
    pub method: String,
    /// The field of what it returns that holds the date.
    pub field: String,
}

/// How a file is uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The parameter that is the file.
    pub file: String,
    /// The parameter whose value is the upload's ID, for resuming; none when the server makes the ID.
    pub id: Option<String>,
    /// Files above the chunk size are sent in chunks; else in one request whatever the size.
    pub chunked: bool,
}

/// Where in the request a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In the body.
    Body,
}

/// Where a value comes from that is not an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The client's project.
    Project,
}

/// A parameter of a method.
#[derive(Debug, Clone)]
pub struct Param {
    /// Name on the wire.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// The type that a self-hosted Appwrite accepts, where it differs.
    pub self_hosted_kind: Option<Type>,
    /// Must be sent.
    pub required: bool,
    /// Null may be sent.
    pub nullable: bool,
    /// Where in the request it stands.
    pub place: Place,
    /// Set by the client, so not an argument.
    pub source: Option<Source>,
    /// A credential that nothing may show.
    pub secret: bool,
    /// Where it is available; narrower than its method's only.
    pub available: Availability,
    /// What it means: from its own entry, else from the glossary.
    pub about: String,
}

impl Method {
    /// The parameters that a caller gives, without those that the client fills in.
    pub fn arguments(&self) -> impl Iterator<Item = &Param> {
        self.params.values().filter(|param| param.source.is_none())
    }

    /// True for a call without parameters but those of its path: its body would be empty.
    pub fn has_body(&self) -> bool {
        self.params.values().any(|param| param.place == Place::Body)
    }
}
