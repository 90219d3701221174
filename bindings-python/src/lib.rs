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
mod messages;
mod news;
mod params;
mod question;
mod queue;
mod runtime;
mod upload;
mod value;

/// What `import polywrite._polywrite` runs.
#[pyo3::pymodule]
mod _polywrite {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::{
        call::{Call, warnings},
        client::Client,
        error::{Failed, Foreign, Nested},
        messages::Messages,
        params::json_text,
        question::ask,
        queue::Bridge,
        upload::{Pieces, UploadSession},
        value::Stream,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        polywrite_bridge::runtime::watch_forks();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
