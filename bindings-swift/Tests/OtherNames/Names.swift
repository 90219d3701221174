// Types of Vapor, Fluent and service-lifecycle that programs name without their module.

public protocol Database: Sendable {}
public protocol Migration: Sendable {}
public protocol Model: Sendable {}
public protocol Service: Sendable {}
public struct Index: Sendable { public init() {} }
public struct Row: Sendable { public init() {} }
public final class Session: Sendable { public init() {} }
public struct File: Sendable { public init() {} }
public struct Function: Sendable { public init() {} }
public struct Headers: Sendable { public init() {} }
public struct Key: Sendable { public init() {} }
public struct User: Sendable { public init() {} }
public struct Token: Sendable { public init() {} }

/// Names that Polywrite exports too, because Appwrite's own package does.
public struct Client: Sendable { public init() {} }
public struct Storage: Sendable { public init() {} }

public let version = 7
