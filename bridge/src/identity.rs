//! Who calls: each language is an SDK of its own to the server.

use polywrite::{Change, Client, ClientConfig, SdkIdentity};

/// What a language's clients start from: defaults, and the language's names for the server, such as `Node.js` and
/// `nodejs`. The version is that of all packages.
pub fn client(name: &'static str, language: &'static str) -> Client {
    let sdk = SdkIdentity { name: name.to_owned(), language: language.to_owned(), ..SdkIdentity::default() };
    let named = Client::new().configure(&ClientConfig { sdk: Change::To(sdk), ..ClientConfig::default() });
    // Our languages have names that headers can carry.
    named.unwrap_or_else(|_| Client::new())
}

#[cfg(test)]
mod tests {
    use super::client;

    #[test]
    fn the_server_knows_which_language_calls() {
        let client = client("Node.js", "nodejs");
        for (wanted, value) in [
            ("x-sdk-name", "Node.js"),
            ("x-sdk-platform", "server"),
            ("x-sdk-language", "nodejs"),
            ("x-sdk-version", env!("CARGO_PKG_VERSION")),
        ] {
            assert!(client.headers().any(|(name, found)| name == wanted && found == value), "{wanted}");
        }
    }
}
