/// The version of this package, which the server is told.
let version = "0.1.0"
