//! The native layer of Polywrite for Python, imported as `polywrite._polywrite`: the codec between Python and the core.
//!
//! It knows nothing about Appwrite: an operation is an id, its parameters are a dict. Results are decoded from the body's
//! bytes, on the thread that asked for them. What native layers of all languages do alike is in `polywrite-bridge`.

mod bridge;
mod call;
mod client;
mod decode;
mod download;
mod ending;
mod error;
mod options;
mod params;
mod runtime;
mod stream;
mod upload;
mod value;
mod warnings;

use pyo3::prelude::*;

/// What `import polywrite._polywrite` runs.
#[pymodule]
fn _polywrite(module: &Bound<'_, PyModule>) -> PyResult<()> {
    polywrite_bridge::runtime::watch_forks();
    module.add_class::<client::Client>()?;
    module.add_class::<call::Call>()?;
    module.add_class::<stream::Stream>()?;
    module.add_class::<upload::UploadSession>()?;
    module.add_class::<upload::Pieces>()?;
    module.add_class::<bridge::Bridge>()?;
    module.add("Failed", module.py().get_type::<error::Failed>())?;
    module.add("Foreign", module.py().get_type::<error::Foreign>())?;
    module.add_function(wrap_pyfunction!(error::refused, module)?)?;
    module.add_function(wrap_pyfunction!(params::json_text, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    Ok(())
}
