//! Clients from what surrounds the program: the environment, a function's request, a browser's cookies.

use percent_encoding::percent_decode_str;

use super::Client;
use crate::error::{Error, Result};
use crate::settings::{Change, ClientConfig};

const ENDPOINT: [&str; 3] =
    ["APPWRITE_ENDPOINT", "APPWRITE_FUNCTION_API_ENDPOINT", "APPWRITE_SITE_API_ENDPOINT"];
const PROJECT: [&str; 3] =
    ["APPWRITE_PROJECT_ID", "APPWRITE_FUNCTION_PROJECT_ID", "APPWRITE_SITE_PROJECT_ID"];
const KEY: [&str; 2] = ["APPWRITE_API_KEY", "APPWRITE_FUNCTION_API_KEY"];

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
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when no variable says where the server is or which
    /// project is meant, and for a value that cannot work.
    pub fn from_env() -> Result<Self> {
        Self::new().with_variables(|name| std::env::var(name).ok())
    }

    /// A client for the inside of an Appwrite Function, acting as the function: settings from the environment, the
    /// key from the request's `x-appwrite-key`. Whoever called the function makes no difference.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_function_headers<N, V>(headers: impl IntoIterator<Item = (N, V)>) -> Result<Self>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        let client = Self::from_env()?;
        match header(headers, "x-appwrite-key") {
            Some(key) => client.with_key(key),
            None => Ok(client),
        }
    }

    /// A client for the inside of an Appwrite Function, acting as the user who called it: settings from the
    /// environment, the token from the request's `x-appwrite-user-jwt`. Without one it acts as a guest.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_function_user<N, V>(headers: impl IntoIterator<Item = (N, V)>) -> Result<Self>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        let token = header(headers, "x-appwrite-user-jwt").unwrap_or_default();
        Self::from_env()?.with_jwt(token)
    }

    /// A client from the environment with the session that a browser's `cookie` header carries; see
    /// [`with_session_of`](Self::with_session_of).
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env), and when the environment names no project.
    pub fn from_cookies(cookie_header: &str) -> Result<Self> {
        Self::from_env()?.with_session_of(cookie_header)
    }

    /// A client with only the session that a browser's `cookie` header carries for this project, in
    /// `a_session_<project>` or its `_legacy` twin. Without one it acts as a guest.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when the client has no project.
    pub fn with_session_of(&self, cookie_header: &str) -> Result<Self> {
        let project = self.project().ok_or_else(|| {
            Error::configuration("a session cookie can only be found by its project")
                .with_hint("set the client's project")
        })?;
        let name = format!("a_session_{project}");
        let session = cookie(cookie_header, &name)
            .or_else(|| cookie(cookie_header, &format!("{name}_legacy")))
            .unwrap_or_default();
        self.with_session(session)
    }

    /// A client with what [`from_env`](Self::from_env) reads, from variables that are kept elsewhere; the rest stays as
    /// it is. An endpoint and a project that this client was given need no variable.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn with_variables(&self, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let first = |names: &[&str]| {
            names.iter().filter_map(|name| variable(name)).find(|value| !value.trim().is_empty())
        };
        let (endpoint, project) = (first(&ENDPOINT), first(&PROJECT));
        // A server's key must not go to Appwrite's cloud because a variable is missing there.
        if endpoint.is_none() && !self.settings().endpoint_given {
            return Err(missing("where the server is", &ENDPOINT));
        }
        if project.is_none() && self.project().is_none() {
            return Err(missing("which project is meant", &PROJECT));
        }
        let config = ClientConfig {
            endpoint: endpoint.map_or(Change::Keep, Change::To),
            project: project.map_or(Change::Keep, Change::To),
            key: first(&KEY).map_or(Change::Keep, |key| Change::To(key.into())),
            ..ClientConfig::default()
        };
        self.configure(&config)
    }
}

fn missing(what: &str, names: &[&str]) -> Error {
    Error::configuration(format!("no environment variable says {what}"))
        .with_hint(format!("set {}, or give it yourself", names.join(" or ")))
}

/// The value of a header, in any case.
fn header<N: AsRef<str>, V: AsRef<str>>(
    headers: impl IntoIterator<Item = (N, V)>,
    wanted: &str,
) -> Option<String> {
    headers
        .into_iter()
        .find(|(name, value)| name.as_ref().eq_ignore_ascii_case(wanted) && !value.as_ref().trim().is_empty())
        .map(|(_, value)| value.as_ref().to_owned())
}

/// The value of a cookie that is not empty, percent-decoded as the server writes it.
fn cookie(cookie_header: &str, wanted: &str) -> Option<String> {
    cookie_header
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| name.trim() == wanted)
        .map(|(_, value)| value.trim().trim_matches('"'))
        .find(|value| !value.is_empty())
        .map(|value| percent_decode_str(value).decode_utf8_lossy().into_owned())
        // A visitor writes there what they like, and is a guest with what no header can carry.
        .filter(|value| !value.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(client: &Client) -> Option<&str> {
        client.settings().credentials.session.as_ref().map(|secret| secret.expose())
    }

    #[test]
    fn function_variables_stand_in_for_our_own() {
        let client = Client::new()
            .with_variables(|name| match name {
                "APPWRITE_ENDPOINT" => Some(" ".into()),
                "APPWRITE_FUNCTION_API_ENDPOINT" => Some("http://appwrite/v1/".into()),
                "APPWRITE_FUNCTION_PROJECT_ID" => Some("shop".into()),
                "APPWRITE_API_KEY" => Some("standard_1\n".into()),
                _ => None,
            })
            .unwrap();
        assert_eq!(client.endpoint(), "http://appwrite/v1");
        assert_eq!(client.project(), Some("shop"));
        assert_eq!(client.settings().credentials.key.as_ref().unwrap().expose(), "standard_1");
    }

    #[test]
    fn a_missing_endpoint_or_project_is_an_error_that_names_the_variables() {
        let with = |client: &Client, set: &[&str]| {
            client.with_variables(|name| {
                let value =
                    if name == "APPWRITE_ENDPOINT" { "https://appwrite.example.com/v1" } else { "shop" };
                set.contains(&name).then(|| value.to_owned())
            })
        };
        let error = with(&Client::new(), &["APPWRITE_PROJECT_ID", "APPWRITE_API_KEY"]).unwrap_err();
        assert_eq!(error.message(), "no environment variable says where the server is");
        assert!(error.hint().unwrap().contains("APPWRITE_ENDPOINT"));
        let error = with(&Client::new(), &["APPWRITE_ENDPOINT"]).unwrap_err();
        assert_eq!(error.message(), "no environment variable says which project is meant");
        assert!(error.hint().unwrap().contains("APPWRITE_PROJECT_ID"));
        let cloud = "https://cloud.appwrite.io/v1";
        let given = Client::builder().endpoint(cloud).project("shop").build().unwrap();
        assert_eq!(with(&given, &[]).unwrap().endpoint(), cloud);
    }

    #[test]
    fn a_sites_variables_do_too() {
        let client = Client::new()
            .with_variables(|name| match name {
                "APPWRITE_SITE_API_ENDPOINT" => Some("http://appwrite/v1".into()),
                "APPWRITE_SITE_PROJECT_ID" => Some("shop".into()),
                "APPWRITE_FUNCTION_API_KEY" => Some("dynamic_1".into()),
                _ => None,
            })
            .unwrap();
        assert_eq!((client.endpoint(), client.project()), ("http://appwrite/v1", Some("shop")));
        assert_eq!(client.settings().credentials.key.as_ref().unwrap().expose(), "dynamic_1");
    }

    #[test]
    fn sessions_are_found_in_cookies() {
        let client = Client::builder().project("shop").key("k").build().unwrap();
        let both = "x=1; a_session_shop_legacy=old; a_session_shop=ab%3D%3D; a_session_other=no";
        let with_both = client.with_session_of(both).unwrap();
        assert_eq!(session(&with_both), Some("ab=="));
        assert!(with_both.settings().credentials.key.is_none());
        assert_eq!(session(&client.with_session_of("a_session_shop_legacy=old").unwrap()), Some("old"));
        assert_eq!(session(&client.with_session_of("a_session_other=no").unwrap()), None);
    }

    #[test]
    fn cookies_are_read_however_they_are_written() {
        let client = Client::builder().project("shop").build().unwrap();
        for (header, secret) in [
            (r#"a_session_shop="ab%3D""#, Some("ab=")),
            (r#"a_session_shop=""; a_session_shop_legacy=old"#, Some("old")),
            ("a_session_shop=; a_session_shop=second", Some("second")),
            ("a_session_shop = spaced ;x", Some("spaced")),
            ("a_session_shop=a+b/c=%+5%zz%", Some("a+b/c=%+5%zz%")),
            ("A_session_shop=other; xa_session_shop=other", None),
            ("a_session_shop=hidden%0D%0Ax-evil%3A%201", None),
            ("a_session_shop=%00", None),
        ] {
            assert_eq!(session(&client.with_session_of(header).unwrap()), secret, "{header}");
        }
    }

    #[test]
    fn headers_match_in_any_case() {
        let headers = [("X-Appwrite-Key", ""), ("X-APPWRITE-KEY", "dynamic_1")];
        assert_eq!(header(headers, "x-appwrite-key").as_deref(), Some("dynamic_1"));
    }
}
