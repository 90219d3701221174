//! Names that TypeScript, or the package around what is generated, needs for itself.

use super::models::key;
use crate::targets::taken::Taken;
use polywrite_api::{Method, Param, names};

pub(super) const NAMES: Taken =
    Taken { models: &MODELS, enums: &ENUMS, classes: &[&ENUMS, &SERVICES], apart: false };

/// Types that models name.
const MODELS: [&str; 4] = ["Models", "Omit", "Partial", "Record"];

/// What the package exports beside enums and services.
const ENUMS: [&str; 72] = [
    "AppwriteException",
    "ArgumentException",
    "Attempt",
    "BlobLike",
    "BulkFailure",
    "BulkOptions",
    "BulkProgress",
    "BulkReport",
    "ByteStream",
    "CallOptions",
    "CancelledException",
    "Client",
    "ClientSettings",
    "ConfigurationException",
    "ConflictException",
    "DecodeException",
    "DownloadOptions",
    "DownloadProgress",
    "DownloadStream",
    "ErrorKind",
    "FailedException",
    "FileDownload",
    "FileSource",
    "FileUpload",
    "ID",
    "IncomingCookies",
    "IncomingHeaders",
    "InputFile",
    "List",
    "MissingScopeException",
    "Models",
    "NetworkException",
    "NotFoundException",
    "Operator",
    "Payload",
    "Permission",
    "Query",
    "QueryTypes",
    "QueryTypesList",
    "QueryTypesSingle",
    "RateLimitedException",
    "Realtime",
    "RealtimeEvent",
    "RealtimeGap",
    "RealtimeMessage",
    "RetrySettings",
    "Role",
    "SaveOptions",
    "Schema",
    "SchemaChange",
    "SchemaOptions",
    "SchemaPlan",
    "SchemaPushOptions",
    "SchemaStep",
    "SchemaTarget",
    "StreamOptions",
    "SubscribeOptions",
    "Subscription",
    "TimeoutException",
    "Topic",
    "TransactionOptions",
    "Transferred",
    "Transfers",
    "TransfersOptions",
    "TransfersProgress",
    "UnauthorizedException",
    "UploadProgress",
    "UploadSession",
    "WaitOptions",
    "Webhook",
    "WebhookEvent",
    "WebhookRequest",
];

/// Types that services name.
const SERVICES: [&str; 7] =
    ["ArrayBuffer", "AsyncIterable", "Iterable", "Promise", "Record", "Service", "Uint8Array"];

/// Members that every service has, and one that would make it a promise.
const MEMBERS: [&str; 15] = [
    "bytes",
    "client",
    "constructor",
    "readList",
    "run",
    "say",
    "text",
    "then",
    "toString",
    "transaction",
    "upload",
    "valueOf",
    "waitFor",
    "within",
    "write",
];

/// The method of a call.
pub(in crate::targets) fn method(name: &str) -> String {
    if MEMBERS.contains(&name) { format!("x{name}") } else { key(name) }
}

/// The argument for a parameter. Calls that send a file take a listener, too.
pub(super) fn argument(method: &Method, param: &Param) -> String {
    let name = names::node_argument(&param.name);
    if method.upload.is_some() && name == LISTENER { format!("x{name}") } else { name }
}

/// The argument that receives the progress of an upload.
pub(super) const LISTENER: &str = "onProgress";
