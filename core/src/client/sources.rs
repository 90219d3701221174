//! Clients from what surrounds the program: the environment, a function's request, a browser's cookies.

use percent_encoding::percent_decode_str;

use super::Client;
use super::generated::{ENDPOINT_VARIABLES, KEY_VARIABLES, PROJECT_VARIABLES};
use crate::error::{Error, Result};
use crate::settings::{Change, ClientConfig};

/// The header that carries a browser's cookies.
const COOKIE: &str = "cookie";

impl Client {
    /// A client from environment variables. For each setting the first that is set and not empty counts:
    ///
    /// | setting | variables |
    /// | - | - |
    /// | endpoint | `APPWRITE_ENDPOINT`, `APPWRITE_FUNCTION_API_ENDPOINT`, `APPWRITE_SITE_API_ENDPOINT` |
    /// | project | `APPWRITE_PROJECT_ID`, `APPWRITE_FUNCTION_PROJECT_ID`, `APPWRITE_SITE_PROJECT_ID` |
    /// | key | `APPWRITE_API_KEY`, `APPWRITE_FUNCTION_API_KEY` |
    ///
    /// [`with_env`](Self::with_env) does the same for a client that has settings of its own.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when no variable names the endpoint or the project,
    /// and for a value that cannot work.
    pub fn from_env() -> Result<Self> {
        Self::new().with_env()
    }

    /// A client with these settings, and what [`from_env`](Self::from_env) reads for those of the three that this client
    /// lacks. A client that has an organization needs no project.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn with_env(&self) -> Result<Self> {
        self.with_variables(|name| std::env::var(name).ok())
    }

    /// As [`with_env`](Self::with_env), from variables that are kept elsewhere.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn with_variables(&self, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let first = |names: &[&str]| {
            names.iter().filter_map(|name| variable(name)).find(|value| !value.trim().is_empty())
        };
        let settings = self.settings();
        let mut config = ClientConfig::default();
        if !settings.endpoint_told {
            // A key must not go to Appwrite's cloud because the variable that names its server is missing.
            let endpoint =
                first(&ENDPOINT_VARIABLES).ok_or_else(|| missing("endpoint", &ENDPOINT_VARIABLES))?;
            config.endpoint = Change::To(endpoint);
        }
        if settings.values.project().is_none() {
            config.project = match first(&PROJECT_VARIABLES) {
                Some(project) => Change::To(project),
                None if settings.values.organization().is_some() => Change::Keep,
                None => return Err(missing("project", &PROJECT_VARIABLES)),
            };
        }
        if let Some(key) = first(&KEY_VARIABLES).filter(|_| !settings.key_told) {
            config.key = Change::To(key.into());
        }
        self.configure(&config)
    }

    /// A client for the inside of an Appwrite Function, acting as the function: settings from the environment, the
    /// key from the request's `x-appwrite-key`. The caller of the function makes no difference.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_function_headers<N, V>(headers: impl IntoIterator<Item = (N, V)>) -> Result<Self>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        Self::from_env()?.with_function_headers(headers)
    }

    /// A client with the key that a request to an Appwrite Function has in `x-appwrite-key`, and no other credential. It
    /// stays as it is without one.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when the key cannot be a header's value.
    pub fn with_function_headers<N, V>(&self, headers: impl IntoIterator<Item = (N, V)>) -> Result<Self>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        match header(headers, "x-appwrite-key") {
            Some(key) => self.with_key(key),
            None => Ok(self.clone()),
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
        Self::from_env()?.with_function_user(headers)
    }

    /// A client with the token that a request to an Appwrite Function has in `x-appwrite-user-jwt`, and no other
    /// credential. Without one it acts as a guest.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when the token cannot be a header's value.
    pub fn with_function_user<N, V>(&self, headers: impl IntoIterator<Item = (N, V)>) -> Result<Self>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        self.with_jwt(header(headers, "x-appwrite-user-jwt").unwrap_or_default())
    }

    /// A client from the environment with the session that a browser's `cookie` header carries; see
    /// [`with_session_of`](Self::with_session_of).
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_cookies(cookie_header: &str) -> Result<Self> {
        Self::from_env()?.with_session_of(cookie_header)
    }

    /// A client with only the session that a browser's `cookie` header carries for this project, in the first of
    /// [`session_cookies`](Self::session_cookies) that is not empty. Without one it acts as a guest.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when the client has no project.
    pub fn with_session_of(&self, cookie_header: &str) -> Result<Self> {
        let session = self.session_cookies()?.iter().find_map(|name| cookie(cookie_header, name));
        self.with_session(session.unwrap_or_default())
    }

    /// As [`with_session_of`](Self::with_session_of), where a program has cookies or headers by name, as web frameworks
    /// give them: pairs of name and value, of which only those of [`session_sources`](Self::session_sources) count.
    ///
    /// # Errors
    /// As [`with_session_of`](Self::with_session_of).
    pub fn with_session_among<N, V>(&self, found: impl IntoIterator<Item = (N, V)>) -> Result<Self>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        let found: Vec<(N, V)> = found.into_iter().collect();
        let mut header = String::new();
        for source in self.session_sources()? {
            for (_, value) in found.iter().filter(|(name, _)| name.as_ref() == source) {
                if !source.eq_ignore_ascii_case(COOKIE) {
                    header.extend([source.as_str(), "="]);
                }
                header.extend([value.as_ref(), ";"]);
            }
        }
        self.with_session_of(&header)
    }

    /// The names under which a program that has cookies or headers by name may find a visitor's session: those of
    /// [`session_cookies`](Self::session_cookies), then the header `cookie` in two spellings. Values under earlier names
    /// win.
    ///
    /// # Errors
    /// As [`session_cookies`](Self::session_cookies).
    pub fn session_sources(&self) -> Result<[String; 4]> {
        let [cookie, legacy] = self.session_cookies()?;
        Ok([cookie, legacy, COOKIE.to_owned(), "Cookie".to_owned()])
    }

    /// The names of the cookies that may hold a visitor's session of this project: `a_session_<project>` and its
    /// `_legacy` twin.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when the client has no project.
    pub fn session_cookies(&self) -> Result<[String; 2]> {
        let project = self.project().ok_or_else(|| {
            Error::configuration("a session cookie can only be found by its project")
                .with_hint("set the client's project")
        })?;
        Ok([format!("a_session_{project}"), format!("a_session_{project}_legacy")])
    }
}

fn missing(setting: &str, variables: &[&str]) -> Error {
    Error::configuration(format!("the environment does not name the {setting}"))
        .with_hint(format!("set one of {}, or give the {setting} yourself", variables.join(", ")))
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
        client.settings().values.session().map(|secret| secret.expose())
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
        assert_eq!(client.settings().values.key().unwrap().expose(), "standard_1");
    }

    /// A client of `base` in an environment where these variables are set.
    fn in_environment(base: &Client, set: &[(&str, &str)]) -> Result<Client> {
        base.with_variables(|name| {
            set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_missing_or_empty_endpoint_or_project_is_an_error_that_names_the_variables() {
        let (endpoint, project) =
            (("APPWRITE_ENDPOINT", "https://appwrite.example.com/v1"), ("APPWRITE_PROJECT_ID", "shop"));
        let key = ("APPWRITE_API_KEY", "standard_1");
        for (set, setting, variables) in [
            (&[project, key][..], "endpoint", ENDPOINT_VARIABLES),
            (&[("APPWRITE_ENDPOINT", " "), project, key], "endpoint", ENDPOINT_VARIABLES),
            (&[endpoint, key], "project", PROJECT_VARIABLES),
            (&[endpoint, ("APPWRITE_PROJECT_ID", ""), key], "project", PROJECT_VARIABLES),
        ] {
            let error = in_environment(&Client::new(), set).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Configuration);
            assert_eq!(error.message(), format!("the environment does not name the {setting}"));
            for variable in variables {
                assert!(error.hint().unwrap().contains(variable), "{error}");
            }
        }
        assert_eq!(in_environment(&Client::new(), &[endpoint, project]).unwrap().endpoint(), endpoint.1);
    }

    #[test]
    fn what_a_client_was_told_needs_no_variable_and_wins_over_it() {
        let cloud = "https://cloud.appwrite.io/v1";
        let set = [
            ("APPWRITE_ENDPOINT", "https://appwrite.example.com/v1"),
            ("APPWRITE_PROJECT_ID", "shop"),
            ("APPWRITE_API_KEY", "standard_1"),
        ];
        let base = Client::builder().endpoint(cloud).project("mine").key("own").build().unwrap();
        for set in [&set[..], &[]] {
            let client = in_environment(&base, set).unwrap();
            assert_eq!((client.endpoint(), client.project()), (cloud, Some("mine")));
            assert_eq!(client.settings().values.key().unwrap().expose(), "own");
        }
        let patch = ClientConfig::from_json(r#"{"key":null,"endpoint":null,"project":""}"#).unwrap();
        let client = in_environment(&base.configure(&patch).unwrap(), &set).unwrap();
        assert_eq!((client.endpoint(), client.project()), (set[0].1, Some("shop")));
        // A client without a key does not get another one.
        assert!(client.settings().values.key().is_none());
        assert!(in_environment(&base.configure(&patch).unwrap(), &set[1..]).is_err());
    }

    #[test]
    fn calls_about_an_organization_need_no_project() {
        let base = Client::builder().organization("acme").build().unwrap();
        let client =
            in_environment(&base, &[("APPWRITE_ENDPOINT", "https://appwrite.example.com/v1")]).unwrap();
        assert_eq!(client.project(), None);
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
        assert_eq!(client.settings().values.key().unwrap().expose(), "dynamic_1");
    }

    #[test]
    fn sessions_are_found_in_cookies() {
        let client = Client::builder().project("shop").key("k").build().unwrap();
        let both = "x=1; a_session_shop_legacy=old; a_session_shop=ab%3D%3D; a_session_other=no";
        let with_both = client.with_session_of(both).unwrap();
        assert_eq!(session(&with_both), Some("ab=="));
        assert!(with_both.settings().values.key().is_none());
        assert_eq!(session(&client.with_session_of("a_session_shop_legacy=old").unwrap()), Some("old"));
        assert_eq!(session(&client.with_session_of("a_session_other=no").unwrap()), None);
    }

    #[test]
    fn every_language_finds_the_same_session_in_cookies() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/cookies.json");
        let cases: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let client = Client::builder().project("shop").key("k").build().unwrap();
        for case in cases {
            let of_visitor = match case["cookies"].as_object() {
                Some(cookies) => client.with_session_among(
                    cookies.iter().filter_map(|(name, value)| Some((name, value.as_str()?))),
                ),
                None => client.with_session_of(case["cookies"].as_str().unwrap_or_default()),
            };
            let of_visitor = of_visitor.unwrap();
            assert_eq!(session(&of_visitor), case["session"].as_str(), "{case}");
            assert!(of_visitor.settings().values.key().is_none());
        }
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
    fn credentials_and_added_headers_are_not_for_printing() {
        let client = Client::builder().project("shop").key("k").locale("de").header("X-Mine", "m").build();
        let client = client.unwrap();
        let mut hidden: Vec<&str> = client.hidden_headers().collect();
        hidden.sort_unstable();
        assert_eq!(hidden, ["x-appwrite-key", "x-mine"]);
    }

    #[test]
    fn headers_match_in_any_case() {
        let headers = [("X-Appwrite-Key", ""), ("X-APPWRITE-KEY", "dynamic_1")];
        assert_eq!(header(headers, "x-appwrite-key").as_deref(), Some("dynamic_1"));
    }
}
