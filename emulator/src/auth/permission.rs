//! Permissions and roles: `read("any")`, `update("team:x/owner")`.

use std::collections::HashSet;

use serde_json::Value;

use crate::{
    failure::Failure,
    params::{ID_RULE, is_id},
};

/// Every action a permission can name; `write` stands for create, update and delete.
const ACTIONS: &[&str] = &["create", "read", "update", "delete", "write"];

/// The most permissions that a thing has.
const MOST: usize = 100;

/// What may follow a role's slash.
enum Dimension {
    None,
    Verification,
    Any,
}

/// Every kind of role: its name, whether it has an ID, what may follow its slash.
const ROLES: &[(&str, bool, Dimension)] = &[
    ("any", false, Dimension::None),
    ("guests", false, Dimension::None),
    ("users", false, Dimension::Verification),
    ("user", true, Dimension::Verification),
    ("team", true, Dimension::Any),
    ("member", true, Dimension::None),
    ("label", true, Dimension::None),
];

/// The roles that `permissions` grant `action` to.
pub(crate) fn roles_for(permissions: &Value, action: &str) -> Vec<String> {
    let mut roles = Vec::new();
    for permission in permissions.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let Some((name, role)) = split(permission) else { continue };
        if name == action || (name == "write" && action != "read") {
            roles.push(role.to_owned());
        }
    }
    roles
}

/// Whether one of the caller's roles is granted `action`.
pub(crate) fn allows(permissions: &Value, action: &str, caller_roles: &[String]) -> bool {
    roles_for(permissions, action).iter().any(|role| caller_roles.contains(role))
}

/// Refuses a caller that none of the roles granted `action` fits, in the server's words.
pub(crate) fn require(permissions: &Value, action: &str, caller_roles: &[String]) -> Result<(), Failure> {
    let granted = roles_for(permissions, action);
    if granted.iter().any(|role| caller_roles.contains(role)) {
        return Ok(());
    }
    let message = match granted.last() {
        None => format!("No permissions provided for action '{action}'"),
        Some(role) => format!(
            "Missing \"{action}\" permission for role \"{role}\". Only \"{}\" scopes are allowed and \"{}\" was given.",
            Value::from(caller_roles),
            Value::from(granted.clone())
        ),
    };
    Err(Failure::new(401, "user_unauthorized", message))
}

/// Checks a `permissions` parameter; `or_null` ends the sentence of parameters that may be null.
pub(crate) fn validate(value: &Value) -> Result<(), String> {
    let Some(list) = value.as_array() else { return Err("Permissions must be an array of strings.".into()) };
    if list.len() > MOST {
        return Err(format!("You can only provide up to {MOST} permissions."));
    }
    for permission in list {
        let Some(permission) = permission.as_str() else {
            return Err("Permissions must be an array of strings.".into());
        };
        match split(permission) {
            Some((action, role)) if ACTIONS.contains(&action) => validate_role(role)?,
            _ => {
                return Err(format!(
                    "Permission \"{permission}\" is not allowed. Must be one of: {}.",
                    ACTIONS.join(", ")
                ));
            }
        }
    }
    Ok(())
}

/// What a role is made of: a name, the ID it needs if any, and a dimension some may have.
fn validate_role(role: &str) -> Result<(), String> {
    let (subject, dimension) = match role.split_once('/') {
        Some((subject, dimension)) => (subject, Some(dimension)),
        None => (role, None),
    };
    let (name, id) = match subject.split_once(':') {
        Some((name, id)) => (name, Some(id)),
        None => (subject, None),
    };
    let Some((_, needs_id, dimensions)) = ROLES.iter().find(|(known, ..)| *known == name) else {
        let names: Vec<&str> = ROLES.iter().map(|(name, ..)| *name).collect();
        return Err(format!("Role \"{name}\" is not allowed. Must be one of: {}.", names.join(", ")));
    };
    match (id, needs_id) {
        (None, true) => return Err(format!("Role \"{name}\" must have an ID value.")),
        (Some(_), false) => return Err(format!("Role \"{name}\" can not have an ID value.")),
        (Some(id), true) if !is_id(id) => {
            return Err(format!("Role \"{name}\" identifier value is invalid: {ID_RULE}"));
        }
        _ => {}
    }
    match (dimension, dimensions) {
        (None, _) => Ok(()),
        (Some(dimension), Dimension::Verification) if ["verified", "unverified"].contains(&dimension) => {
            Ok(())
        }
        (Some(dimension), Dimension::Any) if is_id(dimension) => Ok(()),
        (Some(dimension), _) => Err(format!("Role \"{name}\" can not have the dimension \"{dimension}\".")),
    }
}

/// Writes `write(role)` out as the three actions it stands for, each permission once.
pub(crate) fn expand(permissions: &Value) -> Value {
    let mut expanded: Vec<String> = Vec::new();
    for permission in permissions.as_array().into_iter().flatten().filter_map(Value::as_str) {
        match split(permission) {
            Some(("write", role)) => {
                for action in ["create", "update", "delete"] {
                    expanded.push(format!("{action}(\"{role}\")"));
                }
            }
            _ => expanded.push(permission.to_owned()),
        }
    }
    let mut seen = HashSet::new();
    expanded.retain(|permission| seen.insert(permission.clone()));
    Value::from(expanded)
}

/// The role a permission names, if it can be read.
pub(crate) fn role_of(permission: &str) -> Option<&str> {
    split(permission).map(|(_, role)| role)
}

fn split(permission: &str) -> Option<(&str, &str)> {
    let (action, rest) = permission.split_once("(\"")?;
    Some((action, rest.strip_suffix("\")")?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn write_grants_everything_but_reading() {
        let permissions = json!(["write(\"users\")", "read(\"any\")"]);
        assert!(allows(&permissions, "delete", &["users".into()]));
        assert!(!allows(&permissions, "read", &["users".into()]));
        assert_eq!(
            expand(&permissions),
            json!(["create(\"users\")", "update(\"users\")", "delete(\"users\")", "read(\"any\")"])
        );
    }

    #[test]
    fn unknown_actions_are_refused() {
        assert!(validate(&json!(["fly(\"any\")"])).unwrap_err().contains("is not allowed"));
        assert!(validate(&json!("read")).is_err());
    }

    #[test]
    fn roles_are_checked() {
        for good in ["any", "users/verified", "user:a", "user:a/unverified", "team:t/owner", "label:vip"] {
            assert_eq!(validate(&json!([format!("read(\"{good}\")")])), Ok(()), "{good}");
        }
        for bad in ["", "nobody", "user", "user:", "any:a", "any/verified", "users/x", "user:../a", "team:t/"]
        {
            assert!(validate(&json!([format!("read(\"{bad}\")")])).is_err(), "{bad}");
        }
    }
}
