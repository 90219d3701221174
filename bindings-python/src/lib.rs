//! The native layer of Polywrite for Python, imported as `polywrite._polywrite`: the codec between Python and the core.
//!
//! It knows nothing about Appwrite: an operation is an id, its parameters are a dict. Results are decoded from the body's
//! bytes, on the thread that asked for them. What native layers of all languages do alike is in `polywrite-bridge`.

mod call;
mod client;
mod decode;
mod download;
mod ending;
mod error;
mod options;
mod params;
mod queue;
mod runtime;
mod upload;
mod value;
mod webhook;

/// What `import polywrite._polywrite` runs.
#[pyo3::pymodule]
mod _polywrite {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::call::{Call, warnings};
    #[pymodule_export]
    use crate::client::Client;
    #[pymodule_export]
    use crate::decode::json_value;
    #[pymodule_export]
    use crate::error::{Failed, Foreign, Nested, refused};
    #[pymodule_export]
    use crate::params::json_text;
    #[pymodule_export]
    use crate::queue::Bridge;
    #[pymodule_export]
    use crate::upload::{Pieces, UploadSession};
    #[pymodule_export]
    use crate::value::Stream;
    #[pymodule_export]
    use crate::webhook::webhook;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        polywrite_bridge::runtime::watch_forks();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
