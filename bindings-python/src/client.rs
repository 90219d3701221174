//! The client: settings and credentials, and the commands that use them.

use polywrite_bridge::{Attached, Given, described, made_of, operation, perform, span_of};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::call::Call;
use crate::error::raised;
use crate::params;
use crate::upload::{Origin, UploadSession};

/// Immutable and cheap; setting something gives a new one with the same connections.
#[pyclass(frozen, module = "polywrite._polywrite")]
pub(crate) struct Client(polywrite::Client);

#[pymethods]
impl Client {
    /// A client with default settings.
    #[new]
    fn new() -> Self {
        Self(polywrite_bridge::client("Python", "python"))
    }

    /// A client with other settings or credentials, as a record says: JSON text.
    fn changed(&self, record: &str) -> PyResult<Self> {
        raised(made_of(&self.0, record)).map(Self)
    }

    /// The span of the command of a record, as JSON text; none for a step of work that takes several.
    fn span(&self, operation: &str, command: &str) -> PyResult<Option<String>> {
        raised(span_of(&self.0, self::operation(operation), command))
    }

    /// What it is set to, as JSON text. Credentials are among it.
    fn describe(&self) -> String {
        described(&self.0)
    }

    /// A command, not started. Parameters go by their wire names, options by their names in Python. `command` is its
    /// record, JSON text, empty for a call; `origin` is what it sends, or the path of the file that it writes.
    #[pyo3(signature = (operation, params, options = None, command = "", origin = None, session = None))]
    fn command(
        &self,
        operation: &str,
        params: &Bound<'_, PyDict>,
        options: Option<&Bound<'_, PyDict>>,
        command: &str,
        origin: Option<Origin>,
        session: Option<&UploadSession>,
    ) -> PyResult<Call> {
        let operation = raised(self::operation(operation))?;
        let params = params::read(params, operation)?;
        let given = raised(Given::new(operation, params, params::options(options, operation)?))?;
        let session = session.map(|session| session.0.clone());
        let attached = Attached { content: origin.map(Origin::content), session };
        let (client, command) = (self.0.clone(), command.to_owned());
        Ok(Call::new(move |notes| perform(client, &command, || Ok(given), attached, notes)))
    }
}
