//! How typed values become the arguments of a call.

use crate::Params;
use serde::Serialize;

/// Sets arguments, with one method for each kind of value.
pub trait Arguments: Sized {
    /// The call's arguments.
    fn params(&mut self) -> &mut Params;

    /// A text, or a member of an enum.
    #[inline]
    fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params().set(name, value.into().as_str());
        self
    }

    /// A text or null.
    #[inline]
    fn text_or_null(mut self, name: &'static str, value: Option<&str>) -> Self {
        self.params().set(name, &value);
        self
    }

    /// A list of texts.
    ///
    /// Helpers such as [`Query`](crate::Query) report what cannot be sent only when they are serialized.
    #[inline]
    fn texts(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = impl Into<String> + Serialize>,
    ) -> Self {
        let values: Vec<_> = values.into_iter().collect();
        self.params().set(name, values.as_slice());
        self
    }

    /// Any other value that can be JSON.
    #[inline]
    fn json(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.params().set(name, &value);
        self
    }
}
