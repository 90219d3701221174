//! Applying a patch to settings.

use std::sync::{Arc, LazyLock};

use http::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue};

use super::endpoint::Endpoint;
use super::header::is_credential;
use super::headers::{HeaderValues, usable};
use super::{
    Change, ClientConfig, ConnectionSettings, Credential, Limits, OwnHttpClient, RetryPolicy, SdkIdentity,
    Settings, SharedClock, Warnings, header_name, header_value, put_header, refuse_key_with_session,
};
use crate::error::Result;
use crate::operations::{DEFAULT_ENDPOINT, FORMAT_HEADER};
use crate::secret::Secret;

impl Settings {
    /// The defaults: Appwrite's cloud, no project, no credentials. Made once, so that a client costs nothing.
    pub(crate) fn shared_defaults() -> Arc<Self> {
        static DEFAULTS: LazyLock<Arc<Settings>> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "the defaults are constants of ours, tested below")]
            Arc::new(Settings::defaults().expect("the default settings are valid"))
        });
        DEFAULTS.clone()
    }

    fn defaults() -> Result<Self> {
        let mut settings = Self {
            endpoint: Endpoint::parse(DEFAULT_ENDPOINT)?,
            endpoint_told: false,
            key_told: false,
            self_hosted_choice: None,
            self_hosted: false,
            response_format: None,
            values: HeaderValues::default(),
            extra_headers: Vec::new(),
            identity: SdkIdentity::default(),
            app_name: None,
            limits: Limits::default(),
            retry: RetryPolicy::default(),
            connection: ConnectionSettings::default(),
            http_client: None,
            warnings: Warnings::default(),
            clock: SharedClock::default(),
            headers: HeaderMap::new(),
        };
        settings.write_headers()?;
        Ok(settings)
    }

    /// These settings with a patch applied.
    pub(crate) fn patched(&self, config: &ClientConfig) -> Result<Self> {
        if self.http_client.is_some() {
            OwnHttpClient::refuse(config)?;
        }
        let mut settings = self.clone();
        settings.apply_place(config)?;
        settings.key_told |= config.key != Change::Keep;
        settings.values.apply(config);
        settings.connection.apply(config)?;
        config.app_name.apply_text(&mut settings.app_name);
        config.response_format.apply_text(&mut settings.response_format);
        config.sdk.apply(&mut settings.identity, SdkIdentity::default());
        settings.limits.apply(config)?;
        settings.retry.apply(&config.retries);
        for (name, value) in &config.headers {
            settings.set_extra_header(name, value.as_deref())?;
        }
        settings.write_headers()?;
        Ok(settings)
    }

    /// These settings with this credential and none of the present ones.
    pub(crate) fn with_credential(&self, credential: Credential) -> Result<Self> {
        let mut settings = self.clone();
        settings.values = self.values.with_only(credential);
        settings.extra_headers.retain(|(name, _)| !is_credential(name.as_str()));
        settings.write_headers()?;
        Ok(settings)
    }

    fn apply_place(&mut self, config: &ClientConfig) -> Result<()> {
        match &config.endpoint {
            Change::Keep => {}
            Change::Reset => {
                self.endpoint = Endpoint::parse(DEFAULT_ENDPOINT)?;
                self.endpoint_told = false;
            }
            Change::To(endpoint) => {
                self.endpoint = Endpoint::parse(endpoint)?;
                self.endpoint_told = true;
            }
        }
        match config.self_hosted {
            Change::Keep => {}
            Change::Reset => self.self_hosted_choice = None,
            Change::To(self_hosted) => self.self_hosted_choice = Some(self_hosted),
        }
        self.self_hosted = self.self_hosted_choice.unwrap_or_else(|| !self.endpoint.is_cloud());
        Ok(())
    }

    fn set_extra_header(&mut self, name: &str, value: Option<&str>) -> Result<()> {
        let name = header_name(name)?;
        self.extra_headers.retain(|(existing, _)| *existing != name);
        if let Some(value) = value {
            let value = header_value(name.as_str(), value)?;
            self.extra_headers.push((name, value));
        }
        Ok(())
    }

    /// Prepares the headers that every call sends.
    fn write_headers(&mut self) -> Result<()> {
        let mut headers = HeaderMap::with_capacity(16);
        let identity = &self.identity;
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        for (name, value) in identity.headers(self.app_name.as_deref()) {
            headers.insert(HeaderName::from_static(name), header_value(name, &value)?);
        }
        let format = self.response_format();
        headers.insert(FORMAT_HEADER, header_value(FORMAT_HEADER, format)?);
        self.values.write(&mut headers)?;
        for (name, value) in &self.extra_headers {
            put_header(&mut headers, name.clone(), value.clone());
        }
        refuse_key_with_session(&headers)?;
        self.headers = headers;
        Ok(())
    }
}

impl<T: Clone> Change<T> {
    /// Applies the change to a setting that has a default.
    pub(super) fn apply(&self, setting: &mut T, default: T) {
        match self {
            Change::Keep => {}
            Change::Reset => *setting = default,
            Change::To(value) => *setting = value.clone(),
        }
    }
}

impl Change<String> {
    /// Applies the change to a setting that may be absent; empty text means absent.
    fn apply_text(&self, setting: &mut Option<String>) {
        match self {
            Change::Keep => {}
            Change::Reset => *setting = None,
            Change::To(value) => *setting = Some(value.trim().to_owned()).filter(|text| !text.is_empty()),
        }
    }
}

impl Change<Secret> {
    /// Applies the change to a credential; an empty one means none.
    pub(super) fn apply_secret(&self, setting: &mut Option<Secret>) {
        match self {
            Change::Keep => {}
            Change::Reset => *setting = None,
            Change::To(secret) => *setting = usable(secret.clone()),
        }
    }
}
