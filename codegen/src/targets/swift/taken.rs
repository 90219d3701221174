//! Names that Swift or this package needs for itself.

use crate::targets::taken::Taken;

pub(super) const NAMES: Taken =
    Taken { models: &TYPES, enums: &TYPES, classes: &[&TYPES, &OWN], apart: true };

/// Types of the standard library and of Foundation that the package, or any program beside it, cannot do without.
const TYPES: [&str; 40] = [
    "Any",
    "AnyCodable",
    "Array",
    "AsyncSequence",
    "Bool",
    "Character",
    "Codable",
    "CodingKey",
    "Data",
    "Date",
    "Decodable",
    "Decoder",
    "Dictionary",
    "Double",
    "Duration",
    "Encodable",
    "Encoder",
    "Equatable",
    "Error",
    "Hashable",
    "Hidden",
    "Int",
    "JSON",
    "Mirror",
    "Never",
    "OpenData",
    "OpenEnum",
    "Optional",
    "Result",
    "Self",
    "Sendable",
    "Sequence",
    "Set",
    "String",
    "Swift",
    "Task",
    "Type",
    "UInt8",
    "URL",
    "Void",
];

/// Types of this package's own hand that stand where the services do.
const OWN: [&str; 16] = [
    "AppwriteError",
    "CallOptions",
    "Client",
    "DownloadProgress",
    "DownloadStream",
    "ID",
    "InputFile",
    "JSONText",
    "Locked",
    "Operator",
    "Permission",
    "Query",
    "Role",
    "Service",
    "Topic",
    "UploadProgress",
];
