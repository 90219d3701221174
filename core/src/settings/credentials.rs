use crate::secret::Secret;

/// One credential, for [`Client::with_credential`](crate::Client::with_credential).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credential {
    /// No credential: calls are made as a guest.
    None,
    /// An API key.
    Key(Secret),
    /// A user's session secret.
    Session(Secret),
    /// A user's JSON web token.
    Jwt(Secret),
    /// A bearer token.
    Bearer(Secret),
    /// A `cookie` header.
    Cookie(Secret),
    /// A development key.
    DevKey(Secret),
}

/// Who makes the calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credentials {
    pub(crate) key: Option<Secret>,
    pub(crate) session: Option<Secret>,
    pub(crate) jwt: Option<Secret>,
    pub(crate) bearer: Option<Secret>,
    pub(crate) cookie: Option<Secret>,
    pub(crate) dev_key: Option<Secret>,
    pub(crate) impersonate_user_id: Option<String>,
    pub(crate) impersonate_user_email: Option<String>,
    pub(crate) impersonate_user_phone: Option<String>,
}

/// Headers that say who makes the call.
pub(super) const CREDENTIAL_HEADERS: [&str; 9] = [
    "x-appwrite-key",
    "x-appwrite-session",
    "x-appwrite-jwt",
    "authorization",
    "cookie",
    "x-appwrite-dev-key",
    "x-appwrite-impersonate-user-id",
    "x-appwrite-impersonate-user-email",
    "x-appwrite-impersonate-user-phone",
];

impl Credentials {
    /// Only this credential; an empty one means none.
    pub(crate) fn only(credential: Credential) -> Self {
        let mut credentials = Self::default();
        let (slot, secret) = match credential {
            Credential::None => return credentials,
            Credential::Key(secret) => (&mut credentials.key, secret),
            Credential::Session(secret) => (&mut credentials.session, secret),
            Credential::Jwt(secret) => (&mut credentials.jwt, secret),
            Credential::Bearer(secret) => (&mut credentials.bearer, secret),
            Credential::Cookie(secret) => (&mut credentials.cookie, secret),
            Credential::DevKey(secret) => (&mut credentials.dev_key, secret),
        };
        *slot = usable(secret);
        credentials
    }

    /// The headers that carry these credentials: name, prefix and value.
    pub(super) fn headers(&self) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
        [
            ("x-appwrite-key", "", self.key.as_ref().map(Secret::expose)),
            ("x-appwrite-session", "", self.session.as_ref().map(Secret::expose)),
            ("x-appwrite-jwt", "", self.jwt.as_ref().map(Secret::expose)),
            ("authorization", "Bearer ", self.bearer.as_ref().map(Secret::expose)),
            ("cookie", "", self.cookie.as_ref().map(Secret::expose)),
            ("x-appwrite-dev-key", "", self.dev_key.as_ref().map(Secret::expose)),
            ("x-appwrite-impersonate-user-id", "", self.impersonate_user_id.as_deref()),
            ("x-appwrite-impersonate-user-email", "", self.impersonate_user_email.as_deref()),
            ("x-appwrite-impersonate-user-phone", "", self.impersonate_user_phone.as_deref()),
        ]
        .into_iter()
        .filter_map(|(name, prefix, value)| Some((name, prefix, value?)))
    }
}

/// A credential without the line break that files and shells leave at its end; `None` when nothing is left.
pub(crate) fn usable(secret: Secret) -> Option<Secret> {
    let trimmed = secret.expose().trim_matches(['\r', '\n', ' ', '\t']);
    match trimmed.len() {
        0 => None,
        length if length == secret.expose().len() => Some(secret),
        _ => Some(Secret::from(trimmed)),
    }
}
