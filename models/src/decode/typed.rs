//! Models whose user data can have a type.

/// User data without a type: a JSON object.
pub type Object = serde_json::Map<String, serde_json::Value>;

/// A model with user data, and the same model with the data as `Data`: `Row` becomes `Row<Movie>`.
pub trait Typed<Data> {
    /// The model with the data typed.
    type Model;
}

/// User data that is a whole response, such as preferences.
impl<Data> Typed<Data> for Object {
    type Model = Data;
}
