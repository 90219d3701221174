//! Who a permission is for.

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
    /// Everyone, signed in or not.
    pub fn any() -> Self {
        Role("any".to_owned())
    }

    /// One user; `status` narrows it to `verified` or `unverified` accounts.
    pub fn user<'a>(id: &str, status: impl Into<Option<&'a str>>) -> Self {
        Role::narrowed(format!("user:{id}"), status.into())
    }

    /// Everyone who is signed in; `status` narrows it to `verified` or `unverified` accounts.
    pub fn users<'a>(status: impl Into<Option<&'a str>>) -> Self {
        Role::narrowed("users".to_owned(), status.into())
    }

    /// Everyone who is not signed in.
    pub fn guests() -> Self {
        Role("guests".to_owned())
    }

    /// The members of a team; `role` narrows it to those who have that role in it.
    pub fn team<'a>(id: &str, role: impl Into<Option<&'a str>>) -> Self {
        Role::narrowed(format!("team:{id}"), role.into())
    }

    /// One membership of a team, by the membership's ID.
    pub fn member(id: &str) -> Self {
        Role(format!("member:{id}"))
    }

    /// The users who carry this label.
    pub fn label(name: &str) -> Self {
        Role(format!("label:{name}"))
    }

    /// The text that permissions contain.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn narrowed(mut role: String, part: Option<&str>) -> Self {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            role.push('/');
            role.push_str(part);
        }
        Role(role)
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
