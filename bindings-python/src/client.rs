//! The client: settings and credentials, and the calls that are made with them.

use std::path::PathBuf;

use polywrite::{ClientConfig, Params};
use polywrite_bridge::{File, Given, Reading, Request, operation};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict};

use crate::call::Call;
use crate::error::raised;
use crate::stream::Stream;
use crate::upload::{Origin, UploadSession};
use crate::value::Value;
use crate::{options, params, warnings};

/// Immutable and cheap; setting something gives a new one with the same connections.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Client(polywrite::Client);

#[pymethods]
impl Client {
    /// A client with default settings.
    #[new]
    fn new() -> Self {
        Self(polywrite_bridge::client("Python", "python").on_new_warning(warnings::keep))
    }

    /// A client with what the environment says of the settings that this one was not told.
    fn with_env(&self) -> PyResult<Self> {
        wrap(self.0.with_env())
    }

    /// A client with the credential in the headers of a request to a function: as the function itself, or as the user
    /// who called it.
    fn with_function(&self, headers: Vec<(String, String)>, user: bool) -> PyResult<Self> {
        wrap(if user { self.0.with_function_user(headers) } else { self.0.with_function_headers(headers) })
    }

    /// The names under which cookies or headers may have a session of its project.
    fn session_sources(&self) -> PyResult<[String; 4]> {
        raised(self.0.session_sources())
    }

    /// A client with only the session that cookies or headers have for its project.
    fn with_session_among(&self, found: Vec<(String, String)>) -> PyResult<Self> {
        wrap(self.0.with_session_among(found))
    }

    /// A client with a patch of settings applied: camel-case JSON text; see `ClientConfig` of the core.
    fn configure(&self, config: &str) -> PyResult<Self> {
        wrap(ClientConfig::from_json(config).and_then(|config| self.0.configure(&config)))
    }

    /// A client with this credential and no other.
    fn with_credential(&self, kind: &str, secret: String) -> PyResult<Self> {
        wrap(
            polywrite_bridge::credential(kind, secret)
                .and_then(|credential| self.0.with_credential(credential)),
        )
    }

    #[getter]
    fn endpoint(&self) -> &str {
        self.0.endpoint()
    }

    #[getter]
    fn project(&self) -> Option<&str> {
        self.0.project()
    }

    /// The headers that every call sends, names in lower case.
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.0.headers().into_py_dict(py)
    }

    /// The names of those headers whose values nothing may print.
    fn hidden_headers(&self) -> Vec<&str> {
        self.0.hidden_headers().collect()
    }

    /// A call of an operation, not started. Parameters go by their wire names.
    fn execute(
        &self,
        operation: &str,
        params: &Bound<'_, PyDict>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Call> {
        let call = given(operation, params, options)?.call(self.0.clone());
        Ok(Call::new(async move { Ok(Value::Outcome(call.await?)) }))
    }

    /// A call of anything below the endpoint, not started. Its `response_type` is `text`, `location` for a redirect that
    /// is not followed, or anything else for what the server says it is.
    fn request(
        &self,
        method: String,
        path: String,
        headers: Vec<(String, String)>,
        params: &Bound<'_, PyDict>,
        response_type: &str,
    ) -> PyResult<Call> {
        let params: Params = params::read(params, None)?;
        let reading = match response_type {
            "text" => Reading::Text,
            "location" => Reading::Location,
            _ => Reading::AsSent,
        };
        let call = Request { method, path, headers, params, reading }.send(self.0.clone());
        Ok(Call::new(async move { Ok(Value::Outcome(call.await?)) }))
    }

    /// A call that sends a file, not started. `origin` is bytes, a path, or `Pieces` with their size or `None`.
    #[expect(clippy::too_many_arguments, reason = "Python calls it in one place")]
    fn upload(
        &self,
        operation: &str,
        params: &Bound<'_, PyDict>,
        origin: Origin,
        name: String,
        mime_type: Option<String>,
        session: &UploadSession,
        options: Option<&Bound<'_, PyDict>>,
        reports: bool,
    ) -> PyResult<Call> {
        let given = given(operation, params, options)?;
        let content = origin.content().map_err(|error| error.with_operation(given.operation.id));
        let file = File { content: raised(content)?, name: Some(name), mime_type };
        let (client, session) = (self.0.clone(), session.0.clone());
        Ok(Call::reporting(reports, |report| async move {
            Ok(Value::Outcome(given.upload(client, file, Some(&session), report).await?))
        }))
    }

    /// The operation that uploads to a path, and its parameters from there.
    #[staticmethod]
    fn upload_at(method: &str, path: &str) -> PyResult<(&'static str, Vec<(&'static str, String)>)> {
        raised(polywrite_bridge::upload_at(method, path).map(|target| (target.operation.id, target.params)))
    }

    /// A call that returns a `Stream` once the response begins, not started.
    fn stream(
        &self,
        operation: &str,
        params: &Bound<'_, PyDict>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Call> {
        let call = given(operation, params, options)?.stream(self.0.clone());
        Ok(Call::new(async move { Ok(Value::Stream(Stream(call.await?))) }))
    }

    /// A call that writes the body to a file and returns its size, not started.
    fn save(
        &self,
        operation: &str,
        params: &Bound<'_, PyDict>,
        path: PathBuf,
        options: Option<&Bound<'_, PyDict>>,
        reports: bool,
    ) -> PyResult<Call> {
        let (given, client) = (given(operation, params, options)?, self.0.clone());
        Ok(Call::reporting(reports, |report| async move {
            Ok(Value::Outcome(given.save(client, path, report).await?))
        }))
    }
}

fn given(id: &str, params: &Bound<'_, PyDict>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Given> {
    let operation = raised(operation(id))?;
    let params = params::read(params, Some(operation))?;
    Ok(Given { operation, params, options: options::options(operation, options)? })
}

fn wrap(client: polywrite::Result<polywrite::Client>) -> PyResult<Client> {
    raised(client).map(Client)
}
