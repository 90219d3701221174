/// The version of this package, which the server is told.
public let version = "0.1.0"
