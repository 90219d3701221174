//! One row of the table of settings that are headers.

/// A setting that is a header of every call.
pub(crate) struct HeaderSetting {
    /// Its name in JSON.
    pub(crate) name: &'static str,
    /// The header, in lower case.
    pub(crate) header: &'static str,
    /// What stands before the value, such as `Bearer `.
    pub(crate) prefix: &'static str,
    /// Whether it is a credential.
    pub(crate) credential: bool,
}
