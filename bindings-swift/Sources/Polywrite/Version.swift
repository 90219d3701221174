/// The version of this package, for the server.
let version = "0.1.0"
