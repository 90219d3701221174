//! Who a permission is for.

mod generated;

use std::fmt;

use serde::{Serialize, Serializer};

/// A person or group that a [`Permission`](crate::Permission) names.
///
/// ```
/// use polywrite::Role;
///
/// assert_eq!(Role::team("crew", "pilot").as_str(), "team:crew/pilot");
/// assert_eq!(Role::users(None).as_str(), "users");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Role(String);

impl Role {
    /// The text that permissions contain.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Role> for String {
    fn from(role: Role) -> Self {
        role.0
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
