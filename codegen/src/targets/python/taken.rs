//! Names that Python, or the package around what is generated, needs for itself.

use crate::targets::taken::Taken;
use polywrite_api::names;

pub(super) const NAMES: Taken = Taken { models: &MODELS, enums: &ENUMS, classes: &[&CLASSES], apart: true };

/// What models are made of.
const MODELS: [&str; 10] = [
    "Any",
    "AppwriteModel",
    "BaseModel",
    "ClosedModel",
    "Generic",
    "ModelType",
    "OpenModel",
    "T",
    "TypeAlias",
    "Union",
];

/// What enums are made of.
const ENUMS: [&str; 1] = ["WireEnum"];

/// What the package exports beside services, and what these name.
const CLASSES: [&str; 58] = [
    "Any",
    "AppwriteException",
    "ArgumentError",
    "AsyncClient",
    "AsyncDownload",
    "AsyncItems",
    "AsyncRealtime",
    "AsyncSchema",
    "AsyncService",
    "AsyncTransfers",
    "CallOptions",
    "Callable",
    "Client",
    "Condition",
    "ConfigurationError",
    "ConflictError",
    "DecodeError",
    "Download",
    "DownloadOptions",
    "FailedError",
    "Fields",
    "FileDownload",
    "FileUpload",
    "ID",
    "InputFile",
    "Items",
    "MissingScopeError",
    "NetworkError",
    "NotFoundError",
    "Operator",
    "Permission",
    "PrefixedCallOptions",
    "PrefixedDownloadOptions",
    "Query",
    "RateLimitedError",
    "Realtime",
    "RealtimeEvent",
    "RealtimeGap",
    "RequestCancelledError",
    "RequestTimeoutError",
    "Role",
    "Schema",
    "SchemaChange",
    "SchemaPlan",
    "SchemaStep",
    "SchemaTarget",
    "Sequence",
    "Service",
    "T",
    "Topic",
    "Transferred",
    "Transfers",
    "TransfersProgress",
    "UnauthorizedError",
    "Unpack",
    "UploadSession",
    "Webhook",
    "WebhookEvent",
];

/// Modules that are there already.
const MODULES: [&str; 1] = ["aio"];

/// Names that the functions of calls use for something else.
const ARGUMENTS: [&str; 9] =
    ["model_type", "models", "on_progress", "on_status", "one_of", "options", "page_size", "params", "self"];

/// What every service has.
const FUNCTIONS: [&str; 1] = ["client"];

/// The module of a service, model or enum.
pub(super) fn module(name: &str) -> String {
    let module = names::python_argument(name);
    if MODULES.contains(&module.as_str()) { format!("x{module}") } else { module }
}

/// The function of a call.
pub(in crate::targets) fn function(method: &str) -> String {
    let name = names::python_argument(method);
    if FUNCTIONS.contains(&name.as_str()) { format!("x{name}") } else { name }
}

/// The argument for a parameter.
pub(super) fn argument(param: &str) -> String {
    let name = names::python_argument(param);
    if ARGUMENTS.contains(&name.as_str()) { format!("x{name}") } else { name }
}
