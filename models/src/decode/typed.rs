//! Models whose user data can be given a type.

/// User data of no particular type: a JSON object.
pub type Object = serde_json::Map<String, serde_json::Value>;

/// A model with user data, and the same model with the data as `Data`: `Row` becomes `Row<Movie>`.
pub trait Typed<Data> {
    /// The model with the data typed.
    type Model;
}

/// Data that is an answer by itself, such as preferences.
impl<Data> Typed<Data> for Object {
    type Model = Data;
}
