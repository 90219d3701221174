//! Memberships: added at once by keys, by invitation for users.

use serde_json::{Value, json};

use super::{find, require_owner};
use crate::{
    auth::{password, session},
    call::Call,
    clock,
    failure::Failure,
    http::origin,
    mail, random,
    response::{Handled, Response},
    services::{
        public,
        users::{people, sessions},
    },
};

fn collection(call: &Call, team_id: &str) -> String {
    call.collection(&format!("memberships/{team_id}"))
}

fn by_user(call: &Call, user_id: &str) -> String {
    call.collection(&format!("userMemberships/{user_id}"))
}

/// All memberships of a team.
pub(super) fn of_team(call: &Call, team_id: &str) -> Result<Vec<Value>, Failure> {
    call.state.store.all(&collection(call, team_id))
}

/// All memberships of a user, as shown.
pub(in crate::services) fn memberships_of(call: &Call, user_id: &str) -> Result<Vec<Value>, Failure> {
    let mut memberships = Vec::new();
    for entry in call.state.store.all(&by_user(call, user_id))? {
        let team_id = entry["teamId"].as_str().unwrap_or_default();
        let found =
            call.state.store.get(&collection(call, team_id), entry["$id"].as_str().unwrap_or_default())?;
        if let Some(membership) = found {
            memberships.push(view(call, &membership)?);
        }
    }
    Ok(memberships)
}

/// Takes a user out of all teams.
pub(in crate::services) fn leave_all(call: &Call, user_id: &str) -> Result<(), Failure> {
    for entry in call.state.store.all(&by_user(call, user_id))? {
        let team_id = entry["teamId"].as_str().unwrap_or_default();
        call.state.store.remove(&collection(call, team_id), entry["$id"].as_str().unwrap_or_default())?;
    }
    call.state.store.remove_tree(&by_user(call, user_id))
}

/// Takes everybody out of the call's team.
pub(super) fn remove_team(call: &Call) -> Result<(), Failure> {
    let team_id = call.text_or_empty("teamId");
    for membership in of_team(call, team_id)? {
        let user_id = membership["userId"].as_str().unwrap_or_default();
        call.state.store.remove(&by_user(call, user_id), membership["$id"].as_str().unwrap_or_default())?;
    }
    call.state.store.remove_tree(&collection(call, team_id))
}

/// A membership as shown, with what is known of team and user now.
fn view(call: &Call, membership: &Value) -> Result<Value, Failure> {
    let mut shown = public(membership);
    let text = |name: &str| membership[name].as_str().unwrap_or_default().to_owned();
    let team = call.state.store.get(&call.collection("teams"), &text("teamId"))?.unwrap_or_default();
    let user = call.state.store.get(&call.collection("users"), &text("userId"))?.unwrap_or_default();
    let or_empty = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    shown["teamName"] = json!(or_empty(&team["name"]));
    shown["userName"] = json!(or_empty(&user["name"]));
    shown["userEmail"] = json!(or_empty(&user["email"]));
    // The server never shows it here, not even keys.
    shown["userPhone"] = json!("");
    shown["userAccessedAt"] = json!(or_empty(&user["accessedAt"]));
    shown["mfa"] = json!(user["mfa"] == true);
    Ok(shown)
}

/// Adds a member, confirmed or invited.
pub(super) fn add(
    call: &Call,
    team: &Value,
    user: &Value,
    roles: &[Value],
    confirmed: bool,
) -> Result<Value, Failure> {
    let id = call.text("membershipId").map_or_else(random::id, str::to_owned);
    let now = clock::now();
    let user_id = user["$id"].as_str().unwrap_or_default();
    let team_id = team["$id"].as_str().unwrap_or_default();
    let membership = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "userId": user_id, "teamId": team_id,
        "invited": now, "joined": if confirmed { now.as_str() } else { "" }, "confirm": confirmed,
        "roles": roles, "_secret": random::hex(256),
    });
    call.state.store.put(&collection(call, team_id), &id, &membership)?;
    call.state.store.put(&by_user(call, user_id), &id, &json!({"$id": id, "teamId": team_id}))?;
    Ok(membership)
}

pub(super) fn create(call: &Call) -> Handled {
    match call.text_or_empty("url") {
        // Whom a user invites gets a link; whom a key adds is in.
        "" if call.caller.is_key() => {}
        "" => return Err(Failure::missing("url")),
        url => origin::require_redirect(call.state, &call.project, "url", url)?,
    }
    let team = find(call)?;
    require_owner(call)?;
    let user = invitee(call)?;
    let members = of_team(call, call.text_or_empty("teamId"))?;
    let known = members.into_iter().find(|membership| membership["userId"] == user["$id"]);
    let confirmed = call.caller.is_key();
    let membership = match known {
        Some(known) if known["confirm"] == true => return Err(already_confirmed()),
        // A key confirms an invitation that is still open.
        Some(mut known) if confirmed => {
            known["confirm"] = json!(true);
            known["joined"] = json!(clock::now());
            let id = known["$id"].as_str().unwrap_or_default();
            call.state.store.put(&collection(call, call.text_or_empty("teamId")), id, &known)?;
            known
        }
        Some(known) => known,
        None => add(call, &team, &user, call.list("roles"), confirmed)?,
    };
    if !confirmed {
        let of_link = [("membershipId", &membership["$id"]), ("teamId", &membership["teamId"])];
        mail::write(call, &user, "invitation", &membership["_secret"], &of_link)?;
    }
    Ok(Response::created(view(call, &membership)?))
}

fn already_confirmed() -> Failure {
    Failure::new(409, "membership_already_confirmed", "Membership is already confirmed.")
}

/// The user to invite: by ID, e-mail address or phone number; someone unknown becomes a user.
fn invitee(call: &Call) -> Result<Value, Failure> {
    if call.text("userId").is_some_and(|id| !id.is_empty()) {
        return people::find(call);
    }
    let (email, phone) = (call.text_or_empty("email"), call.text_or_empty("phone"));
    if email.is_empty() && phone.is_empty() {
        return Err(Failure::new(
            400,
            "general_argument_invalid",
            "At least one of userId, email, or phone is required",
        ));
    }
    if let Some(user) = people::by_field(call, "email", email)? {
        return Ok(user);
    }
    if let Some(user) = people::by_field(call, "phone", phone)? {
        return Ok(user);
    }
    let mut user = people::add(call, json!(password::hash(&random::hex(32))), "argon2", password::options())?;
    if user["name"] == "" {
        user["name"] = json!(if email.is_empty() { phone } else { email });
        people::save(call, &mut user)?;
    }
    Ok(user)
}

pub(super) fn list(call: &Call) -> Handled {
    find(call)?;
    let memberships = of_team(call, call.text_or_empty("teamId"))?;
    let shown = memberships.iter().map(|membership| view(call, membership)).collect::<Result<_, _>>()?;
    let page = call.page("Membership", shown)?;
    Ok(Response::list("memberships", page.total, page.documents))
}

fn find_membership(call: &Call) -> Result<Value, Failure> {
    let collection = collection(call, call.text_or_empty("teamId"));
    let found = call.state.store.get(&collection, call.text_or_empty("membershipId"))?;
    found.ok_or_else(|| {
        Failure::new(404, "membership_not_found", "Membership with the requested ID could not be found.")
    })
}

fn save(call: &Call, membership: &mut Value) -> Result<(), Failure> {
    membership["$updatedAt"] = json!(clock::now());
    let collection = collection(call, call.text_or_empty("teamId"));
    call.state.store.put(&collection, call.text_or_empty("membershipId"), membership)
}

pub(super) fn get(call: &Call) -> Handled {
    find(call)?;
    Ok(Response::ok(view(call, &find_membership(call)?)?))
}

pub(super) fn update(call: &Call) -> Handled {
    find(call)?;
    let mut membership = find_membership(call)?;
    require_owner(call)?;
    membership["roles"] = json!(call.list("roles"));
    save(call, &mut membership)?;
    Ok(Response::ok(view(call, &membership)?))
}

/// Accepting an invitation confirms the membership and signs the member in.
pub(super) fn update_status(call: &Call) -> Handled {
    let mut membership = find_membership(call)?;
    if membership["_secret"] != call.text_or_empty("secret") {
        return Err(Failure::new(
            401,
            "team_invalid_secret",
            "The team invitation secret is invalid. Please request a new invitation and try again.",
        ));
    }
    if membership["confirm"] == true {
        return Err(already_confirmed());
    }
    let user = people::find(call)?;
    if membership["userId"] != user["$id"] {
        return Err(Failure::new(
            401,
            "team_invite_mismatch",
            "The invite does not belong to the current user.",
        ));
    }
    membership["confirm"] = json!(true);
    membership["joined"] = json!(clock::now());
    save(call, &mut membership)?;
    let (_, carried) = sessions::open(call, &user, "email", "email")?;
    Ok(Response::ok(view(call, &membership)?).with_all(session::headers(&call.project, &carried)))
}

pub(super) fn delete(call: &Call) -> Handled {
    // A member may leave; only owners may send others away.
    let membership = find_membership(call)?;
    if membership["userId"] != call.caller.user_id() {
        find(call)?;
        require_owner(call)?;
    }
    let user_id = membership["userId"].as_str().unwrap_or_default();
    let id = call.text_or_empty("membershipId");
    call.state.store.remove(&collection(call, call.text_or_empty("teamId")), id)?;
    call.state.store.remove(&by_user(call, user_id), id)?;
    Ok(Response::empty())
}
