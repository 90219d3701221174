//! Teams, their memberships and preferences.

mod memberships;

pub(super) use memberships::{leave_all, memberships_of};

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Handler, logs, public};
use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "create" => create,
        "list" => list,
        "get" => get,
        "updateName" => update_name,
        "delete" => delete,
        "getPrefs" => get_prefs,
        "updatePrefs" => update_prefs,
        "listLogs" => logs::of_resource,
        "createMembership" => memberships::create,
        "listMemberships" => memberships::list,
        "getMembership" => memberships::get,
        "updateMembership" => memberships::update,
        "updateMembershipStatus" => memberships::update_status,
        "deleteMembership" => memberships::delete,
        _ => return None,
    })
}

fn collection(call: &Call) -> String {
    call.collection("teams")
}

/// The team that the call names; for users, only a team they are in.
fn find(call: &Call) -> Result<Value, Failure> {
    let id = call.text_or_empty("teamId");
    let found = call.state.store.get(&collection(call), id)?;
    found
        .filter(|_| call.caller.is_key() || call.caller.roles().contains(&format!("team:{id}")))
        .ok_or_else(|| Failure::new(404, "team_not_found", "Team with the requested ID could not be found."))
}

/// Refuses users who do not own the team (401).
fn require_owner(call: &Call) -> Result<(), Failure> {
    let owner = format!("team:{}/owner", call.text_or_empty("teamId"));
    if call.caller.is_key() || call.caller.roles().contains(&owner) {
        Ok(())
    } else {
        Err(Failure::unauthorized())
    }
}

/// A team as shown, with the number of its members.
fn view(call: &Call, team: &Value) -> Result<Value, Failure> {
    let mut shown = public(team);
    let members = memberships::of_team(call, team["$id"].as_str().unwrap_or_default())?;
    shown["total"] = json!(members.iter().filter(|membership| membership["confirm"] == true).count());
    Ok(shown)
}

fn create(call: &Call) -> Handled {
    let id = call.new_id("teamId");
    let now = clock::now();
    let team = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "name": call.text_or_empty("name"), "total": 0,
        "prefs": {},
    });
    if !call.state.store.insert(&collection(call), &id, &team)? {
        return Err(Failure::new(
            409,
            "team_already_exists",
            "Team with requested ID already exists. Please choose a different ID and try again.",
        ));
    }
    if let Some(user) = call.caller.user() {
        let mut roles = call.list("roles").to_vec();
        if !roles.contains(&json!("owner")) {
            roles.insert(0, json!("owner"));
        }
        memberships::add(call, &team, user, &roles, true)?;
    }
    Ok(Response::created(view(call, &team)?))
}

fn list(call: &Call) -> Handled {
    let mut teams = call.state.store.all(&collection(call))?;
    if !call.caller.is_key() {
        let roles: HashSet<String> = call.caller.roles().into_iter().collect();
        teams.retain(|team| roles.contains(&format!("team:{}", team["$id"].as_str().unwrap_or_default())));
    }
    let page = call.page("Team", teams)?;
    let shown = page.documents.iter().map(|team| view(call, team)).collect::<Result<_, _>>()?;
    Ok(Response::list("teams", page.total, shown))
}

fn get(call: &Call) -> Handled {
    Ok(Response::ok(view(call, &find(call)?)?))
}

fn save(call: &Call, team: &mut Value) -> Result<(), Failure> {
    team["$updatedAt"] = json!(clock::now());
    call.state.store.put(&collection(call), call.text_or_empty("teamId"), team)
}

fn update_name(call: &Call) -> Handled {
    let mut team = find(call)?;
    require_owner(call)?;
    team["name"] = json!(call.text_or_empty("name"));
    save(call, &mut team)?;
    Ok(Response::ok(view(call, &team)?))
}

fn delete(call: &Call) -> Handled {
    find(call)?;
    require_owner(call)?;
    memberships::remove_team(call)?;
    call.state.store.remove(&collection(call), call.text_or_empty("teamId"))?;
    Ok(Response::empty())
}

fn get_prefs(call: &Call) -> Handled {
    Ok(Response::ok(find(call)?["prefs"].clone()))
}

fn update_prefs(call: &Call) -> Handled {
    let mut team = find(call)?;
    team["prefs"] = super::users::preferences(call);
    save(call, &mut team)?;
    Ok(Response::ok(team["prefs"].clone()))
}
