//! What is written into columns.

use super::Held;
use crate::Operator;
use serde::{Serialize, Serializer};

/// What becomes of a column that holds `V`: a new value, or what the server makes of the old one.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<V> {
    /// This value.
    To(V),
    /// What the operator makes of the value that is there.
    By(Operator),
}

impl<V: Serialize> Serialize for Change<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::To(value) => value.serialize(serializer),
            Self::By(operator) => operator.serialize(serializer),
        }
    }
}

/// What can be written into a column that holds `V`.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot become `{Self}`",
    label = "this is not what the column holds"
)]
pub trait IntoChange<V> {
    /// The change.
    fn into_change(self) -> Change<V>;
}

impl<V> IntoChange<V> for Change<V> {
    fn into_change(self) -> Self {
        self
    }
}

impl<V> IntoChange<V> for Operator {
    fn into_change(self) -> Change<V> {
        Change::By(self)
    }
}

impl<V: Held> IntoChange<V> for V {
    fn into_change(self) -> Change<V> {
        Change::To(self)
    }
}

impl<V: Held> IntoChange<Option<V>> for V {
    fn into_change(self) -> Change<Option<V>> {
        Change::To(Some(self))
    }
}

impl<V> IntoChange<Self> for Option<V> {
    fn into_change(self) -> Change<Self> {
        Change::To(self)
    }
}

impl<V> IntoChange<Self> for Vec<V> {
    fn into_change(self) -> Change<Self> {
        Change::To(self)
    }
}

impl<V, const N: usize> IntoChange<Vec<V>> for [V; N] {
    fn into_change(self) -> Change<Vec<V>> {
        Change::To(self.into())
    }
}

impl<const N: usize> IntoChange<Vec<String>> for [&str; N] {
    fn into_change(self) -> Change<Vec<String>> {
        Change::To(self.map(str::to_owned).into())
    }
}

/// Geometries: a point, a line, a polygon.
impl<V> IntoChange<Option<Vec<V>>> for Vec<V> {
    fn into_change(self) -> Change<Option<Vec<V>>> {
        Change::To(Some(self))
    }
}

impl<V, const N: usize> IntoChange<Self> for [V; N] {
    fn into_change(self) -> Change<Self> {
        Change::To(self)
    }
}

impl<V, const N: usize> IntoChange<Option<[V; N]>> for [V; N] {
    fn into_change(self) -> Change<Option<[V; N]>> {
        Change::To(Some(self))
    }
}

/// Values that become others without a loss, also where null is possible.
macro_rules! also {
    ($($held:ty: $($other:ty),*;)*) => {
        $($(
            impl IntoChange<$held> for $other {
                fn into_change(self) -> Change<$held> {
                    Change::To(self.into())
                }
            }

            impl IntoChange<Option<$held>> for $other {
                fn into_change(self) -> Change<Option<$held>> {
                    Change::To(Some(self.into()))
                }
            }
        )*)*
    };
}

also! {
    String: &str;
    i64: i32, u32;
    f64: i32;
}

/// A related row of a row that is written: one that is there, or a new one.
#[derive(Clone, Debug, PartialEq)]
pub enum Link<New> {
    /// The row with this ID.
    Id(String),
    /// A row that is made with it.
    New(Box<New>),
}

impl<New> Link<New> {
    /// The row with this ID.
    pub fn to(id: impl Into<String>) -> Self {
        Self::Id(id.into())
    }

    /// A row that is made with the one that it is related to.
    pub fn new(row: New) -> Self {
        Self::New(Box::new(row))
    }
}

impl<New: Serialize> Serialize for Link<New> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => id.serialize(serializer),
            Self::New(row) => row.serialize(serializer),
        }
    }
}

impl<New> IntoChange<Self> for Link<New> {
    fn into_change(self) -> Change<Self> {
        Change::To(self)
    }
}

impl<New> IntoChange<Option<Self>> for Link<New> {
    fn into_change(self) -> Change<Option<Self>> {
        Change::To(Some(self))
    }
}
