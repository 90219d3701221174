//! Variables of the project, its functions and its sites: what is secret goes in and never comes out.

use serde_json::{Value, json};

use super::{Handler, generic, public};
use crate::{
    call::Call,
    failure::Failure,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "createVariable" => create,
        "getVariable" => get,
        "listVariables" => list,
        "updateVariable" => update,
        _ => return None,
    })
}

/// Whose variable it is: its kind, and its ID.
fn owner<'a>(call: &'a Call) -> (&'static str, &'a str) {
    match call.method.service.as_str() {
        "functions" => ("function", call.text_or_empty("functionId")),
        "sites" => ("site", call.text_or_empty("siteId")),
        _ => ("project", ""),
    }
}

fn shown(variable: &Value) -> Value {
    let mut shown = public(variable);
    if variable["secret"] == true {
        shown["value"] = json!("");
    }
    shown
}

fn create(call: &Call) -> Handled {
    let target = generic::target(call);
    generic::require_parents(call, &target)?;
    let (id, mut variable) = generic::draft(call);
    let (kind, owner) = owner(call);
    variable["secret"] = json!(call.flag("secret").unwrap_or(true));
    variable["resourceType"] = json!(kind);
    variable["resourceId"] = json!(owner);
    generic::add(call, &target, &id, &variable)?;
    Ok(Response::created(shown(&variable)))
}

fn find(call: &Call) -> Result<Value, Failure> {
    let target = generic::target(call);
    generic::require_parents(call, &target)?;
    generic::find(call, &target)
}

fn get(call: &Call) -> Handled {
    Ok(Response::ok(shown(&find(call)?)))
}

fn list(call: &Call) -> Handled {
    let target = generic::target(call);
    generic::require_parents(call, &target)?;
    let page = call.page("Variable", call.state.store.all(&target.collection)?)?;
    Ok(Response::list("variables", page.total, page.documents.iter().map(shown).collect()))
}

fn update(call: &Call) -> Handled {
    let mut variable = find(call)?;
    if variable["secret"] == true && call.flag("secret") == Some(false) {
        return Err(Failure::new(
            400,
            "variable_cannot_unset_secret",
            "Secret variables cannot be marked as non-secret. Please re-create the variable if this is your intention.",
        ));
    }
    generic::merge(call, &mut variable);
    let target = generic::target(call);
    call.state.store.put(&target.collection, target.id.as_deref().unwrap_or_default(), &variable)?;
    Ok(Response::ok(shown(&variable)))
}
