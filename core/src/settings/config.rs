//! A patch of a client's settings, as Rust values or camel-case JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{RetryConfig, SdkIdentity};
use crate::lossless;
use crate::secret::Secret;

/// What a patch does to one setting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Leave it as it is: the key is absent in JSON.
    #[default]
    Keep,
    /// Set it back to its default: `null` in JSON.
    Reset,
    /// Set it.
    To(T),
}

impl Change<String> {
    fn map(&self, shown: impl FnOnce(&str) -> String) -> Self {
        match self {
            Change::To(value) => Change::To(shown(value)),
            other => other.clone(),
        }
    }
}

impl<T> From<T> for Change<T> {
    fn from(value: T) -> Self {
        Change::To(value)
    }
}

impl<T> From<Option<T>> for Change<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Change::Reset, Change::To)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// A patch of a client's settings. In JSON names are camel case, durations are milliseconds, an absent key
/// leaves the setting as it is and `null` sets it back to its default.
///
/// An empty credential means none, so `""` and `null` both remove one.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ClientConfig {
    /// Where the API is, such as `https://appwrite.example.com/v1`. Default `https://cloud.appwrite.io/v1`. A host
    /// whose name needs more than ASCII is written in Punycode (`xn--…`).
    pub endpoint: Change<String>,
    /// Whether the server is self-hosted. Default: every endpoint outside `appwrite.io` is.
    pub self_hosted: Change<bool>,
    /// The id of the project.
    pub project: Change<String>,
    /// An API key. Never together with a session.
    pub key: Change<Secret>,
    /// A user's session secret. Never together with a key.
    pub session: Change<Secret>,
    /// A user's JSON web token.
    pub jwt: Change<Secret>,
    /// A bearer token, sent as `authorization`.
    pub bearer: Change<Secret>,
    /// A `cookie` header.
    pub cookie: Change<Secret>,
    /// A development key, which lifts rate limits.
    pub dev_key: Change<Secret>,
    /// The language of server messages, such as `de`.
    pub locale: Change<String>,
    /// The id of the organization.
    pub organization: Change<String>,
    /// The user agent of the person on whose behalf the call is made.
    pub forwarded_user_agent: Change<String>,
    /// Act as the user with this id.
    pub impersonate_user_id: Change<String>,
    /// Act as the user with this e-mail address.
    pub impersonate_user_email: Change<String>,
    /// Act as the user with this phone number.
    pub impersonate_user_phone: Change<String>,
    /// Accept any certificate. For development only. Default `false`.
    pub self_signed: Change<bool>,
    /// Certificates to trust beside the platform's, as PEM text.
    pub ca_certificates: Change<String>,
    /// The version of the answers' format. Default: the newest this release knows for
    /// the cloud or for self-hosted servers.
    pub response_format: Change<String>,
    /// More headers for every call; each one replaces the one of that name, `null` removes it. What frames a message
    /// (`content-length`, `transfer-encoding`, `connection` …) is the transport's and is left out.
    pub headers: BTreeMap<String, Option<String>>,
    /// A proxy for every call, such as `http://user:password@proxy:8080`; `https` and `socks5` can be spoken, too.
    /// Default: the one that the environment (`HTTPS_PROXY`, `NO_PROXY` …) or the system's settings name.
    pub proxy: Change<Secret>,
    /// The name of your program, for the user agent.
    pub app_name: Change<String>,
    /// How long one attempt may wait for the answer to begin. Default 40 s, more than the server gives a function
    /// that is executed while the caller waits. While a large body is sent, it counts from the last piece on.
    /// Where repeating is safe another attempt follows, so a call may take several times as long.
    #[serde(deserialize_with = "change_millis")]
    pub timeout: Change<Duration>,
    /// How long connecting may take, TLS included. Default 10 s.
    #[serde(deserialize_with = "change_millis")]
    pub connect_timeout: Change<Duration>,
    /// How long the next bytes of a body may take. Default 30 s.
    #[serde(deserialize_with = "change_millis")]
    pub idle_timeout: Change<Duration>,
    /// How long a call may take in all: connecting, every attempt, the waits between them and the whole body, of uploads
    /// and downloads too. A download that is read piece by piece ends with its last piece. Default: no such limit.
    #[serde(deserialize_with = "change_millis")]
    pub deadline: Change<Duration>,
    /// The largest response that is read into memory, in bytes after decompression; a larger one is an error of the kind
    /// [`Decode`](crate::ErrorKind::Decode). Downloads into files and streams are not bounded. Default 256 MiB.
    pub max_response_bytes: Change<u64>,
    /// How many connections to one server are open at the same time; further calls wait for one. Default 256.
    pub max_connections: Change<u64>,
    /// How failed attempts are repeated.
    pub retries: RetryConfig,
    /// Never use HTTP/2. Default `false`.
    pub http1_only: Change<bool>,
    /// Which SDK the server is told about.
    pub sdk: Change<SdkIdentity>,
}

impl ClientConfig {
    /// A patch that changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a patch from camel-case JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for text that is no such object. The
    /// message never shows a value.
    pub fn from_json(text: &str) -> crate::Result<Self> {
        serde_json::from_str(text).map_err(|cause| crate::Error::configuration(problem(text, &cause)))
    }
}

/// Why settings cannot be read. serde_json quotes the offending value, which may be a secret: only its name is told.
fn problem(text: &str, cause: &serde_json::Error) -> String {
    if let Some(half) = lossless::problem(text) {
        return half;
    }
    let Ok(settings) = serde_json::from_str::<Value>(text) else {
        let (line, column) = (cause.line(), cause.column());
        return format!("the settings cannot be read (line {line}, column {column}): not JSON");
    };
    let Value::Object(settings) = settings else { return "the settings are not an object".to_owned() };
    let refused = settings.into_iter().find_map(|(name, value)| {
        let alone = Value::Object([(name.clone(), value)].into_iter().collect());
        Some((ClientConfig::deserialize(alone).err()?.to_string(), name))
    });
    let (reason, name) = refused.unwrap_or_default();
    match reason.strip_prefix("unknown field ").filter(|_| !SETTINGS_WITHIN.contains(&&*name)) {
        // It tells every known name.
        Some(names) => match similar(&name, names.split('`').skip(3).step_by(2).collect()) {
            Some(meant) => format!("there is no setting `{name}`; did you mean `{meant}`?"),
            None => format!("there is no setting `{name}`"),
        },
        None => format!("the setting `{name}` cannot have that value"),
    }
}

/// Settings that have some of their own, of which one may be the unknown one.
const SETTINGS_WITHIN: [&str; 2] = ["retries", "sdk"];

/// The name that was meant, if one is near enough: another case, or up to two letters more, fewer or swapped.
fn similar<'name>(name: &str, known: Vec<&'name str>) -> Option<&'name str> {
    let plain = |name: &str| name.to_ascii_lowercase().replace(['_', '-'], "");
    let distance = |known: &str| strsim::osa_distance(&plain(name), &plain(known));
    let nearest = known.into_iter().min_by_key(|known| distance(known))?;
    (distance(nearest) <= 2 && name.len() > 2).then_some(nearest)
}

/// Shows which settings the patch touches; values of credentials and headers stay hidden.
impl fmt::Debug for ClientConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address may have a password in it, and a bundle of certificates a private key.
        let safe = Self {
            endpoint: self.endpoint.map(without_user),
            ca_certificates: self.ca_certificates.map(|_| "[redacted]".to_owned()),
            ..self.clone()
        };
        let mut shown = formatter.debug_struct("ClientConfig");
        macro_rules! show {
            ($($field:ident)*) => {
                $(if safe.$field != Change::Keep {
                    shown.field(stringify!($field), &safe.$field);
                })*
            };
        }
        show!(endpoint self_hosted project key session jwt bearer cookie dev_key locale organization);
        show!(forwarded_user_agent impersonate_user_id impersonate_user_email impersonate_user_phone);
        show!(self_signed ca_certificates response_format proxy app_name);
        show!(timeout connect_timeout idle_timeout deadline max_response_bytes max_connections http1_only sdk);
        shown.field("headers", &self.headers.keys()).field("retries", &self.retries).finish()
    }
}

/// An address without its user and password, which are refused when it is used.
fn without_user(address: &str) -> String {
    let start = address.find("://").map_or(0, |at| at + "://".len());
    let (scheme, rest) = address.split_at(start);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}[redacted]{}", &rest[at..]),
        None => address.to_owned(),
    }
}

/// Reads an optional number of milliseconds.
pub(crate) fn millis<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let millis = Option::<f64>::deserialize(deserializer)?;
    millis
        .map(|millis| Duration::try_from_secs_f64(millis / 1000.0).map_err(serde::de::Error::custom))
        .transpose()
}

/// Reads a change of a duration in milliseconds.
pub(crate) fn change_millis<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Change<Duration>, D::Error> {
    millis(deserializer).map(Change::from)
}

/// Reads an optional count. A language's largest integer, which says "without end", may be larger than ours.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let count = Option::<u64>::deserialize(deserializer)?;
    Ok(count.map(|count| u32::try_from(count).unwrap_or(u32::MAX)))
}

/// Reads a change of a count.
pub(crate) fn change_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Change<u32>, D::Error> {
    count(deserializer).map(Change::from)
}

/// Reads headers from an object.
pub(crate) fn headers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, String)>, D::Error> {
    Ok(BTreeMap::deserialize(deserializer)?.into_iter().collect())
}
