//! Permissions and roles: `read("any")`, `update("team:x/owner")`.

use serde_json::Value;

use crate::failure::Failure;

/// Every action a permission can name; `write` stands for create, update and delete.
const ACTIONS: &[&str] = &["create", "read", "update", "delete", "write"];

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
    for permission in list {
        let Some(permission) = permission.as_str() else {
            return Err("Permissions must be an array of strings.".into());
        };
        match split(permission) {
            Some((action, _)) if ACTIONS.contains(&action) => {}
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
    let mut seen = Vec::new();
    expanded.retain(|permission| {
        let is_new = !seen.contains(permission);
        seen.push(permission.clone());
        is_new
    });
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
}
