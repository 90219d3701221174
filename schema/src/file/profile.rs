//! The servers that a file is pushed to.

use std::collections::BTreeMap;

use polywrite::Client;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    error::{Error, Result},
    wire,
};

/// One environment: a project on a server. Its key is in an environment variable, never in the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// The URL of the API: `https://fra.cloud.appwrite.io/v1`.
    pub endpoint: String,
    /// The ID of the project.
    pub project: String,
    /// The environment variable that has the API key: `APPWRITE_API_KEY` unless it is given.
    #[serde(default = "key_variable")]
    pub key_variable: String,
}

fn key_variable() -> String {
    "APPWRITE_API_KEY".to_owned()
}

impl Profile {
    /// A client of this environment; `variable` reads the variables of the program's environment.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the variable of the key is not set; the client's own for settings that cannot work.
    pub fn client(&self, variable: impl Fn(&str) -> Option<String>) -> Result<Client> {
        let key = variable(&self.key_variable).filter(|key| !key.trim().is_empty());
        let key = key.ok_or_else(|| {
            let message = "set this environment variable to an API key of the project";
            Error::invalid(&self.key_variable, message)
        })?;
        let builder = Client::builder().endpoint(&self.endpoint).project(&self.project);
        Ok(builder.key(key).build()?)
    }
}

/// The profiles by their names.
pub(super) fn read(profiles: Value) -> Result<BTreeMap<String, Profile>> {
    let profiles: BTreeMap<String, Value> = wire::read("[profiles]", profiles)?;
    let each = profiles.into_iter().map(|(name, profile)| {
        let place = format!("[profiles.{name}]");
        if profile.get("key").is_some() {
            let message = "a file has no key in it: name the environment variable that has it, `keyVariable`";
            return Err(Error::invalid(place, message));
        }
        let profile: Profile = wire::read(&place, profile)?;
        if !is_variable(&profile.key_variable) {
            let message =
                "`keyVariable` is the name of an environment variable in capitals, not the key itself";
            return Err(Error::invalid(place, message));
        }
        Ok((name, profile))
    });
    each.collect()
}

/// Whether a text can be the name of an environment variable, which errors print: a key must not be in its place.
fn is_variable(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
    text.bytes().next().is_some_and(is_letter)
        && text.bytes().all(|byte| is_letter(byte) || byte.is_ascii_digit())
}
