//! The client: settings, credentials and the calls made with them.

mod builder;
mod generated;
mod prepare;
mod raw;
mod sources;

use std::borrow::Cow;
use std::sync::Arc;

pub use builder::ClientBuilder;
pub use raw::RAW_CALL;

use crate::error::{Error, Result};
use crate::http::HttpClient;
use crate::observe::{self, CallSpan, Hooks, within};
use crate::operation::{Operation, Returns};
use crate::options::CallOptions;
use crate::params::Params;
use crate::response::{Response, ResponseInfo};
use crate::settings::{ClientConfig, Credential, Settings, Warnings};
use crate::staging::{Staging, UnfinishedCall};
use crate::transport::{self, Request, UnreadResponse};

/// Makes calls for one project with one set of credentials.
///
/// A client never changes, is cheap to clone and may be used from many tasks at once. `configure` and the `with_…`
/// methods give a new client. All clients of a process that connect alike share their connections; credentials
/// are never shared.
#[derive(Clone, Debug)]
pub struct Client {
    settings: Arc<Settings>,
    /// The transaction that its calls belong to.
    staging: Option<Arc<Staging>>,
    /// What hears of its calls.
    hooks: Option<Arc<Hooks>>,
}

impl Client {
    /// A client for Appwrite's cloud, without project or credentials.
    pub fn new() -> Self {
        Self { settings: Settings::shared_defaults(), staging: None, hooks: None }
    }

    /// Starts a client with settings of its own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A client with a patch applied; this one stays as it is.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for a setting that cannot work, such as a key
    /// together with a session. The message never shows a credential.
    pub fn configure(&self, config: &ClientConfig) -> Result<Self> {
        self.settings.patched(config).map(|settings| self.with_settings(settings))
    }

    /// A client with only this credential: none of this client's credentials, impersonations and credential
    /// headers are kept. Settings and connections are.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when it cannot be a header's value.
    pub fn with_credential(&self, credential: Credential) -> Result<Self> {
        self.settings.with_credential(credential).map(|settings| self.with_settings(settings))
    }

    /// A client that calls as a guest; see [`with_credential`](Self::with_credential).
    pub fn without_credentials(&self) -> Result<Self> {
        self.with_credential(Credential::None)
    }

    /// A client that passes the server's warnings to `hook`, with every response that has one, instead of logging them with
    /// `tracing`.
    #[must_use]
    pub fn on_warning(&self, hook: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.warning(Warnings::Every(Arc::new(hook)))
    }

    /// As [`on_warning`](Self::on_warning), but each different warning comes once in a process, and at most 256 do: a
    /// server repeats a warning with every response.
    #[must_use]
    pub fn on_new_warning(&self, hook: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.warning(Warnings::Once(Arc::new(hook)))
    }

    /// A client whose calls report to these functions, and to no others.
    #[must_use]
    pub fn with_hooks(&self, hooks: Hooks) -> Self {
        Self { hooks: Some(Arc::new(hooks)), ..self.clone() }
    }

    /// The span that a program with OpenTelemetry makes of a call.
    pub fn span_of(&self, operation: &Operation) -> CallSpan {
        CallSpan::of(&self.settings, operation)
    }

    fn warning(&self, warnings: Warnings) -> Self {
        let mut settings = (*self.settings).clone();
        settings.warnings = warnings;
        self.with_settings(settings)
    }

    fn with_settings(&self, settings: Settings) -> Self {
        Self { settings: Arc::new(settings), ..self.clone() }
    }

    /// The ID of the transaction that this client's calls belong to.
    pub fn transaction(&self) -> Option<&str> {
        self.staging.as_ref().map(|staging| staging.id())
    }

    /// Announces a call to the transaction that this client's calls belong to, if they belong to one. For languages that
    /// begin a call and make it later: the transaction notices when it ends before the call has a result.
    pub fn expect_call(&self) -> UnfinishedCall {
        self.staging.as_ref().map(Staging::expect).unwrap_or_default()
    }

    /// Closes the transaction that this client's calls belong to, if they belong to one: it refuses more of them. A commit
    /// that follows is refused when a call has no result by now.
    pub fn close_transaction(&self) {
        if let Some(staging) = &self.staging {
            staging.end();
        }
    }

    /// A client whose calls belong to a transaction.
    pub(crate) fn within(&self, staging: Arc<Staging>) -> Self {
        Self { staging: Some(staging), ..self.clone() }
    }

    /// What sends this client's requests, for middleware that wraps it: Polywrite's pool with this client's settings of
    /// connections, or the client that [`ClientBuilder::http_client`] was given.
    pub fn http_client(&self) -> Arc<dyn HttpClient> {
        let settings = &self.settings;
        match &settings.http_client {
            Some(own) => own.0.clone(),
            None => transport::client(settings),
        }
    }

    /// The endpoint, without a slash at its end.
    pub fn endpoint(&self) -> &str {
        self.settings.endpoint.as_str()
    }

    /// The id of the project.
    pub fn project(&self) -> Option<&str> {
        self.settings.values.project()
    }

    /// Whether any certificate is accepted.
    pub fn is_self_signed(&self) -> bool {
        self.settings.connection.accepts_any_certificate()
    }

    /// The headers that every call sends, names in lower case. Credentials are among them.
    pub fn headers(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let headers = self.settings.headers.iter();
        headers.map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
    }

    /// The names of those [`headers`](Self::headers) whose values nothing may print: credentials, and what the program
    /// added itself.
    pub fn hidden_headers(&self) -> impl Iterator<Item = &str> {
        let settings = self.settings();
        settings.headers.keys().filter(|name| settings.hides(name)).map(|name| name.as_str())
    }

    /// Makes a call and returns the whole response. Dropping the future cancels the call.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) before anything is sent when the parameters do not fit the
    /// operation; otherwise an error of the server's or of the network.
    pub async fn execute(
        &self,
        operation: &'static Operation,
        params: Params,
        options: CallOptions,
    ) -> Result<Response> {
        let span = self.span(operation);
        if span.is_disabled() {
            return self.make(operation, params, options).await;
        }
        within(span, Response::info, self.make(operation, params, options)).await
    }

    async fn make(
        &self,
        operation: &'static Operation,
        mut params: Params,
        options: CallOptions,
    ) -> Result<Response> {
        if let Some(upload) = operation.upload {
            let missing = Error::argument(format!("`{}` is missing", upload.file));
            return Err(missing
                .with_hint("use `Client::upload` for operations that take a file")
                .with_operation(operation.id));
        }
        if options.range.is_some() && operation.returns == Returns::Bytes {
            let partial = Error::argument("`range` is an option of downloads");
            return Err(partial.with_hint("use `Client::download`").with_operation(operation.id));
        }
        let Some(staging) = &self.staging else {
            let request = self.request_of(operation, &params, &options)?;
            return self.send_whole(&request, &options).await;
        };
        let staged = staging.admit(operation, &mut params);
        let staged = staged.map_err(|error| error.with_operation(operation.id))?;
        let result = match self.request_of(operation, &params, &options) {
            Ok(request) => self.send_whole(&request, &options).await,
            Err(error) => Err(error),
        };
        staged.settle(&result);
        result
    }

    /// Checks that the server is reachable and knows this project, and returns its response.
    ///
    /// # Errors
    /// As [`execute`](Self::execute).
    pub async fn ping(&self) -> Result<String> {
        let response =
            self.execute(&crate::operations::client::PING, Params::new(), CallOptions::new()).await?;
        Ok(response.text()?.to_owned())
    }

    /// Checks the parameters and builds the request of a transfer, which no transaction has part in. A file parameter is left
    /// out: uploads add their own body.
    pub(crate) fn prepare(
        &self,
        operation: &'static Operation,
        params: &Params,
        options: &CallOptions,
    ) -> Result<Request> {
        self.require_no_transaction().map_err(|error| error.with_operation(operation.id))?;
        self.request_of(operation, params, options)
    }

    /// Refuses what cannot take part in the transaction that this client's calls belong to.
    pub(crate) fn require_no_transaction(&self) -> Result<()> {
        match &self.staging {
            None => Ok(()),
            Some(_) => Err(crate::staging::takes_no_part()),
        }
    }

    fn request_of(
        &self,
        operation: &'static Operation,
        params: &Params,
        options: &CallOptions,
    ) -> Result<Request> {
        prepare::prepare(&self.settings, operation, params, options)
            .map_err(|error| error.with_operation(operation.id))
    }

    /// An error without what is secret of a call, for what a server says of it in another response.
    pub(crate) fn redacted(
        &self,
        operation: &'static Operation,
        params: &Params,
        options: &CallOptions,
        error: Error,
    ) -> Error {
        match self.request_of(operation, params, options) {
            Ok(request) => request.redacted(error),
            Err(_) => error,
        }
    }

    /// Sends a request, as often as repeating it is safe, and returns when the head of a successful response has arrived.
    pub(crate) async fn send(
        &self,
        request: &Request,
        options: &CallOptions,
    ) -> Result<(UnreadResponse, ResponseInfo)> {
        transport::send(&self.settings, self.hooks.as_deref(), request, options).await
    }

    /// Sends a request and returns the whole response, checked to be what the operation returns. A response that is cut off
    /// counts as a failed attempt.
    pub(crate) async fn send_whole(&self, request: &Request, options: &CallOptions) -> Result<Response> {
        transport::send_whole(&self.settings, self.hooks.as_deref(), request, options).await
    }

    /// The span of a call that begins now.
    pub(crate) fn span(&self, operation: &Operation) -> tracing::Span {
        observe::span(&self.settings, operation)
    }

    /// The settings.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Settings> for Client {
    fn from(settings: Settings) -> Self {
        Self { settings: Arc::new(settings), staging: None, hooks: None }
    }
}
