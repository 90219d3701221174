use serde::Deserialize;

use crate::host::SYSTEM;
use crate::operations::IDENTITY_HEADERS;

/// The SDK that headers name to the server; language layers put their own name here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SdkIdentity {
    /// `x-sdk-name`, such as `Rust`.
    pub name: String,
    /// `x-sdk-platform`.
    pub platform: String,
    /// `x-sdk-language`, such as `rust`.
    pub language: String,
    /// `x-sdk-version`.
    pub version: String,
}

impl Default for SdkIdentity {
    fn default() -> Self {
        Self {
            name: "Rust".into(),
            platform: "server".into(),
            language: "rust".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }
}

impl SdkIdentity {
    /// The headers that say who calls: those of them that the server's definition wants.
    pub(super) fn headers(&self, app_name: Option<&str>) -> impl Iterator<Item = (&'static str, String)> {
        let agent = self.user_agent(app_name);
        IDENTITY_HEADERS.iter().filter_map(move |name| {
            let value = match *name {
                "user-agent" => &agent,
                "x-sdk-language" => &self.language,
                "x-sdk-name" => &self.name,
                "x-sdk-platform" => &self.platform,
                "x-sdk-version" => &self.version,
                _ => return None,
            };
            Some((*name, value.clone()))
        })
    }

    /// The `user-agent` header, with the program's name if it has one.
    fn user_agent(&self, app_name: Option<&str>) -> String {
        let architecture = std::env::consts::ARCH;
        let mut agent = format!("Polywrite{}/{} ({SYSTEM}; {architecture})", self.name, self.version);
        if let Some(app_name) = app_name {
            agent.push(' ');
            agent.push_str(app_name);
        }
        agent
    }
}
