//! Calls of operations, as they come from a language.

use polywrite::{CallOptions, Error, Operation, Params, RAW_CALL, Result};

use crate::error::refused;

/// What a call is given.
#[derive(Debug)]
pub struct Given {
    /// What is called.
    pub operation: &'static Operation,
    /// Its parameters, by their names on the wire.
    pub params: Params,
    /// What differs from the client's settings.
    pub options: CallOptions,
}

/// The operation with an ID.
///
/// # Errors
/// `Argument` when there is none.
pub fn operation(id: &str) -> Result<&'static Operation> {
    let raw = || (id == RAW_CALL.id).then_some(&RAW_CALL);
    let found = polywrite::operation(id).or_else(raw);
    found.ok_or_else(|| refused(id.to_owned(), format!("unknown operation `{id}`")))
}

/// The number of an operation, by which languages name it where looking up its ID with each call would take longer than
/// all else; `None` for an unknown ID.
pub fn number_of(id: &str) -> Option<u32> {
    let place = numbered_operations().position(|operation| operation.id == id)?;
    u32::try_from(place).ok()
}

/// The operation with a number, which is its place among all of them.
///
/// # Errors
/// `Argument` when there is none.
pub fn numbered(number: u32) -> Result<&'static Operation> {
    let found = numbered_operations().nth(number as usize);
    found.ok_or_else(|| Error::argument(format!("unknown operation {number}")))
}

/// All operations, the last for requests that none describes.
fn numbered_operations() -> impl Iterator<Item = &'static Operation> {
    polywrite::operations().chain([&RAW_CALL])
}

impl Given {
    /// Reads parameters and options that are JSON objects; an empty text has none.
    ///
    /// # Errors
    /// `Argument` that names the operation, for anything else.
    pub fn from_json(operation: &'static Operation, params: &str, options: &str) -> Result<Self> {
        let read = || {
            let params = if params.is_empty() { Params::new() } else { Params::from_json(params)? };
            let options =
                if options.is_empty() { CallOptions::new() } else { CallOptions::from_json(options)? };
            Ok(Self { operation, params, options })
        };
        read().map_err(|error: Error| error.with_operation(operation.id))
    }

    /// An error of this call.
    pub(crate) fn named(&self, error: Error) -> Error {
        error.with_operation(self.operation.id)
    }
}

#[cfg(test)]
mod tests {
    use polywrite::ErrorKind;

    use super::{Given, number_of, numbered, operation};

    #[test]
    fn what_is_unknown_or_unreadable_is_an_argument_and_names_the_operation() {
        let create = operation("users.create").unwrap();
        let given = |options: &str| Given::from_json(create, "", options).unwrap_err();
        for (error, line) in [
            (operation("users.nothing").unwrap_err(), "users.nothing: unknown operation `users.nothing`"),
            (numbered(u32::MAX).unwrap_err(), "unknown operation 4294967295"),
            (given("[]"), "users.create: the call's options are not a JSON object"),
            (
                given(r#"{"timeout":"soon"}"#),
                "users.create: the option `timeout` must be a duration, more than 0",
            ),
            (given(r#"{"nonsense":1}"#), "users.create: `nonsense` is not an option"),
        ] {
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Argument, line));
        }
        for id in ["users.create", "client.request"] {
            assert_eq!(numbered(number_of(id).unwrap()).unwrap().id, id);
            assert_eq!(operation(id).unwrap().id, id);
        }
        assert_eq!(number_of("users.nothing"), None);
    }
}
