//! An operation of the API: one row of a static table.

use std::fmt;

/// One operation of the API: its request, its parameters and its response. What few operations have stands apart, because
/// programs carry all of the table.
#[derive(Debug)]
pub struct Operation {
    /// Service and method, as in `tablesDB.listRows`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the endpoint, with parameters in braces: `/users/{userId}`.
    pub path: &'static str,
    /// The path on self-hosted servers, where it differs.
    pub self_hosted_path: Option<&'static str>,
    /// The parameters in signature order.
    pub params: &'static [Param],
    /// How the body is written.
    pub content: Content,
    /// The `accept` header; empty means `application/json`.
    pub accept: &'static str,
    /// Headers that only this operation sends, lower case.
    pub headers: &'static [(&'static str, &'static str)],
    /// What its response is.
    pub returns: Returns,
    /// How the file is sent, for operations that take one.
    pub upload: Option<&'static Upload>,
    /// An API key needs one of these scopes. Empty: none, or none known.
    pub scopes: &'static [&'static str],
    /// How its list is read page by page, for operations that return one.
    pub list: Option<&'static List>,
    /// What says since when the bytes of its response are what they are, where the response does not.
    pub dated_by: Option<&'static DatedBy>,
    /// Whether `x-appwrite-project` is sent.
    pub project_header: bool,
    /// Why it is deprecated, with its replacement.
    pub deprecated: Option<&'static str>,
    /// Which servers have it; `None`: all of them.
    pub available: Option<&'static Availability>,
}

impl Operation {
    /// The service that it belongs to: `tablesDB`.
    pub fn service(&self) -> &'static str {
        self.id.split_once('.').map_or(self.id, |(service, _)| service)
    }

    /// The parameter with this wire name.
    pub fn param(&self, name: &str) -> Option<&'static Param> {
        self.params.iter().find(|param| param.name == name)
    }

    /// Whether the request may be sent again without knowing whether the server processed the first one.
    pub fn is_idempotent(&self) -> bool {
        self.method.is_idempotent()
    }
}

/// How an operation's list is read page by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// The field of the response that holds the items.
    pub items: &'static str,
    /// How one page leads to the next.
    pub paging: Paging,
}

/// How one page of a list leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// By a query with the last item's value of this field.
    Cursor(&'static str),
    /// By a query with the number of items so far.
    Offset,
    /// By the parameters `limit` and `offset`.
    Parameters,
}

/// An operation that says since when a file's bytes are what they are.
#[derive(Clone, Copy, Debug)]
pub struct DatedBy {
    /// It needs no parameter that the operation of the bytes lacks.
    pub operation: &'static Operation,
    /// The field of its response with the date.
    pub field: &'static str,
}

/// Which servers have an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Availability {
    /// Whether Appwrite Cloud has it, whatever its version.
    pub cloud: bool,
    /// Whether a self-hosted Appwrite has it, whatever its version.
    pub self_hosted: bool,
    /// Which servers and which versions, as the documentation says it.
    pub words: &'static str,
}

/// One parameter of an operation.
#[derive(Debug)]
pub struct Param {
    /// The name on the wire.
    pub name: &'static str,
    /// Where in the request it stands.
    pub place: Place,
    /// Which values it accepts.
    pub kind: Kind,
    /// Whether the call fails without it.
    pub required: bool,
    /// Whether `null` may be sent.
    pub nullable: bool,
    /// Where the value comes from when the caller gives none.
    pub source: Option<Source>,
}

/// Where in the request a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path, percent-encoded.
    Path,
    /// In the query string.
    Query,
    /// In the body.
    Body,
    /// In a header of the parameter's name.
    Header,
}

/// Which values a parameter accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text. Enum values are text too, and any value is accepted: servers add members.
    String,
    /// A whole number of 64 bits.
    Integer,
    /// A number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A JSON object.
    Object,
    /// Any JSON.
    Any,
    /// A file, given beside the parameters.
    File,
    /// A list of one kind.
    Array(&'static Kind),
    /// One of two kinds: Appwrite's cloud and self-hosted servers accept different ones, and either may be given.
    Either(&'static (Kind, Kind)),
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::String => formatter.write_str("a string"),
            Kind::Integer => formatter.write_str("a whole number"),
            Kind::Float => formatter.write_str("a number"),
            Kind::Boolean => formatter.write_str("true or false"),
            Kind::Object => formatter.write_str("an object"),
            Kind::Any => formatter.write_str("any value"),
            Kind::File => formatter.write_str("a file"),
            Kind::Array(item) => write!(formatter, "a list, each item {item}"),
            Kind::Either((one, other)) => write!(formatter, "{one}, or {other}"),
        }
    }
}

/// Where a parameter's value comes from when the caller gives none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The client's project.
    Project,
}

/// How an operation's body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// No body.
    None,
    /// A JSON object of the body parameters.
    Json,
    /// `multipart/form-data`.
    Multipart,
}

/// What the response of an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// A JSON object with fields of Appwrite's.
    Object,
    /// A JSON object whose keys are all the user's. PHP writes an empty one as an empty list.
    Data,
    /// Any JSON.
    Json,
    /// Nothing: a body is ignored.
    Empty,
    /// The bytes of a file or picture.
    Bytes,
    /// Plain text.
    Text,
    /// A redirect that is not followed: its Location header is the result.
    Redirect,
}

impl Returns {
    /// Whether it is JSON.
    pub fn is_json(self) -> bool {
        matches!(self, Returns::Object | Returns::Data | Returns::Json)
    }
}

/// How an operation sends its file.
#[derive(Clone, Copy, Debug)]
pub struct Upload {
    /// The name of the file parameter.
    pub file: &'static str,
    /// The name of the parameter that identifies the upload, needed to send it in chunks.
    pub id: Option<&'static str>,
    /// Whether large files are sent in chunks.
    pub chunked: bool,
    /// The operation that reads what the upload creates, such as `storage.getFile`.
    pub read_by: Option<&'static Operation>,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are HTTP's")]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The method as it is written on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }

    /// The method of this name, in any case.
    pub fn parse(name: &str) -> Option<Self> {
        [Method::Get, Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete]
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether sending twice has the effect of sending once (RFC 9110, section 9.2.2).
    pub fn is_idempotent(self) -> bool {
        matches!(self, Method::Get | Method::Head | Method::Put | Method::Delete)
    }
}
