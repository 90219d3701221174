//! Downloads that Python reads piece by piece.

use polywrite_bridge::Outcome;
use pyo3::prelude::*;

use crate::call::Call;
use crate::value::Stream;

#[pymethods]
impl Stream {
    #[getter]
    fn size(&self) -> Option<u64> {
        self.0.size()
    }

    #[getter]
    fn content_type(&self) -> Option<&str> {
        self.0.content_type()
    }

    /// A call that returns the next bytes; empty at the end.
    fn next(&self) -> Call {
        let next = Outcome::next_of(&self.0);
        Call::new(|_| next)
    }

    /// Gives the download up, and a call that is reading it.
    fn close(&self) {
        self.0.close();
    }
}
