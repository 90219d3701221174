//! What a role may do with a resource.

mod generated;

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// One permission of a row, file, bucket or table. Roles are made with [`Role`](crate::Role), or written as text.
///
/// ```
/// use polywrite::{Permission, Role};
///
/// assert_eq!(Permission::read(Role::any()).as_str(), r#"read("any")"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Permission(String);

impl Permission {
    /// The text that the API takes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Permission> for String {
    fn from(permission: Permission) -> Self {
        permission.0
    }
}

impl From<Permission> for Value {
    fn from(permission: Permission) -> Self {
        Value::String(permission.0)
    }
}

impl Serialize for Permission {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
