//! The languages.

mod flow_names;
mod node;
mod python;
mod rust;
mod swift;
mod tables;
mod taken;

pub(crate) use self::rust::{made_by, services as rust_services};
pub use self::swift::{identifier as swift_identifier, member as swift_member};
use crate::Target;
use anyhow::{Result, bail};

/// Every language, in the order to write them.
pub fn all() -> Vec<Box<dyn Target>> {
    vec![Box::new(rust::Rust), Box::new(node::Node), Box::new(python::Python), Box::new(swift::Swift)]
}

/// The tables for the guides, which belong to no language.
pub fn tables() -> Box<dyn Target> {
    Box::new(tables::Tables)
}

/// The languages with these names; none or `all` means every one.
///
/// # Errors
/// Names the languages there are when one is unknown.
pub fn named(names: &[String]) -> Result<Vec<Box<dyn Target>>> {
    if let Some(unknown) =
        names.iter().find(|name| *name != "all" && all().iter().all(|it| it.name() != *name))
    {
        let known: Vec<&str> = all().iter().map(|target| target.name()).collect();
        bail!("there is no language `{unknown}`; there are {} and all", known.join(", "));
    }
    let every = names.is_empty() || names.iter().any(|name| name == "all");
    Ok(all().into_iter().filter(|target| every || names.iter().any(|name| name == target.name())).collect())
}
