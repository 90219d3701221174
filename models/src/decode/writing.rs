use serde::ser::{Serialize, SerializeMap, Serializer};

/// A model that is being encoded. One call for each field, where `?` would be several: the compiler has thousands of fields.
pub struct Writing<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Writing<S> {
    #[inline]
    pub fn begin(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Writes a field under its wire name.
    pub fn field<T: Serialize>(self, name: &'static str, value: &T) -> Self {
        self.and(|map| map.serialize_entry(name, value))
    }

    /// Writes user data, whose fields stand beside the model's own.
    pub fn rest<T: Serialize>(self, data: &T) -> Self {
        self.and(|map| super::write_rest(data, map))
    }

    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.and_then(SerializeMap::end)
    }

    #[inline]
    fn and(self, write: impl FnOnce(&mut S::SerializeMap) -> Result<(), S::Error>) -> Self {
        Self(self.0.and_then(|mut map| write(&mut map).map(|()| map)))
    }
}
