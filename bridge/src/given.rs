//! Calls of operations, as they come from a language.

use std::sync::{PoisonError, RwLock};

use polywrite::{CallOptions, Error, Operation, Params, RAW_CALL, Result, id_in};

use crate::error::{internal, refused};

/// What a call is given.
#[derive(Debug)]
pub struct Given {
    /// What is called.
    pub(crate) operation: &'static Operation,
    /// Its parameters, by their names on the wire.
    pub(crate) params: Params,
    /// What differs from the client's settings.
    pub(crate) options: CallOptions,
}

/// The operation with an ID.
///
/// # Errors
/// `Argument` when there is none.
pub fn operation(id: &str) -> Result<&'static Operation> {
    let raw = || (id == RAW_CALL.id).then_some(&RAW_CALL);
    let found = polywrite::operation(id).or_else(raw);
    found.ok_or_else(|| refused(id.to_owned(), format!("unknown operation `{}`", id_in(id))))
}

/// The number of the operation with an ID, by which languages name it where looking up its ID with each call would take
/// longer than all else.
///
/// # Errors
/// `Argument` when there is none.
pub(crate) fn number_of(id: &str) -> Result<u32> {
    let operation = operation(id)?;
    let place = numbered_operations().position(|other| std::ptr::eq(other, operation));
    let place = place.unwrap_or_else(|| {
        let mut described = DESCRIBED.write().unwrap_or_else(PoisonError::into_inner);
        let known = described.iter().position(|other| std::ptr::eq(*other, operation));
        numbered_operations().count()
            + known.unwrap_or_else(|| {
                described.push(operation);
                described.len() - 1
            })
    });
    u32::try_from(place).map_err(|_| internal())
}

/// Describes an operation of another definition, and numbers it.
///
/// # Errors
/// As [`polywrite::describe`] has them.
pub(crate) fn describe(name: &str, row: &[u8]) -> Result<u32> {
    polywrite::describe(name, &String::from_utf8_lossy(row))?;
    number_of(name)
}

/// The operation with a number, which is its place among all of them.
///
/// # Errors
/// `Argument` when there is none.
pub fn numbered(number: u32) -> Result<&'static Operation> {
    let number = number as usize;
    let described = || {
        let described = DESCRIBED.read().unwrap_or_else(PoisonError::into_inner);
        described.get(number - numbered_operations().count()).copied()
    };
    let found = numbered_operations().nth(number).or_else(described);
    found.ok_or_else(|| Error::argument(format!("unknown operation {number}")))
}

/// Operations that are described and numbered, in the order in which that happened. Their numbers follow the others'.
static DESCRIBED: RwLock<Vec<&'static Operation>> = RwLock::new(Vec::new());

/// All operations, the last for requests that none describes.
fn numbered_operations() -> impl Iterator<Item = &'static Operation> {
    polywrite::operations().chain([&RAW_CALL])
}

impl Given {
    /// A call of an operation.
    ///
    /// # Errors
    /// `Argument` for parameters that JSON cannot express.
    pub fn new(operation: &'static Operation, params: Params, options: CallOptions) -> Result<Self> {
        match params.refusal() {
            Some(refusal) => Err(Error::argument(refusal).with_operation(operation.id)),
            None => Ok(Self { operation, params, options }),
        }
    }

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
    use polywrite::{CallOptions, ErrorKind, Params};

    use super::{Given, describe, number_of, numbered, operation};

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
        let infinite = Params::new().with("rows", &[f64::INFINITY]);
        let error = Given::new(create, infinite, CallOptions::new()).unwrap_err();
        assert_eq!(error.to_string(), "users.create: `rows[0]` is inf, which JSON cannot write");
        for id in ["users.create", "client.request"] {
            assert_eq!(numbered(number_of(id).unwrap()).unwrap().id, id);
            assert_eq!(operation(id).unwrap().id, id);
        }
        number_of("users.nothing").unwrap_err();
    }

    #[test]
    fn what_is_described_has_numbers_of_its_own() {
        let row = br#"{"id":"users.create","method":"GET","path":"/u","content":"none","returns":"empty"}"#;
        let [one, other] =
            ["acme#users.create", "other#users.create"].map(|name| describe(name, row).unwrap());
        assert_eq!(describe("acme#users.create", b"").unwrap(), one);
        assert!(one != other && number_of("users.create").unwrap() < one.min(other));
        assert_eq!([one, other].map(|number| numbered(number).unwrap().path), ["/u", "/u"]);
        assert_eq!(
            operation("acme#nothing").unwrap_err().to_string(),
            "nothing: unknown operation `nothing`"
        );
    }
}
