//! The HTTP client that the vectors go over: the pool, or the one that an environment variable names.

use polywrite::http::Reqwest;
use polywrite::{Client, Result};

/// A client without settings.
pub(crate) fn client() -> Result<Client> {
    match std::env::var_os("POLYWRITE_TEST_HTTP_CLIENT") {
        None => Ok(Client::new()),
        Some(_) => {
            Client::builder().http_client(Reqwest::build(reqwest::Client::builder().no_proxy())?).build()
        }
    }
}
