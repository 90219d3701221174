//! How typed values become the arguments of a call.

use crate::Params;
use serde::Serialize;

/// Takes arguments, one method per kind of value.
pub(crate) trait Arguments: Sized {
    /// Where they go.
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
    #[inline]
    fn texts(mut self, name: &'static str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        self.params().set(name, values.as_slice());
        self
    }

    /// Anything else that can be JSON.
    #[inline]
    fn json(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.params().set(name, &value);
        self
    }
}
