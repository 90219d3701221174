//! Users who bring a password hash of another system.

use serde_json::{Value, json};

use super::people;
use crate::{
    call::Call,
    response::{Handled, Response},
    services::Handler,
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "createArgon2User" => |call| import(call, "argon2", crate::auth::password::options()),
        "createBcryptUser" => |call| import(call, "bcrypt", json!({"type": "bcrypt", "cost": 8})),
        "createMD5User" => |call| import(call, "md5", json!({"type": "md5"})),
        "createPHPassUser" => |call| import(call, "phpass", phpass()),
        "createSHAUser" => {
            |call| import(call, "sha", json!({"version": call.text("passwordVersion").unwrap_or("sha3-512")}))
        }
        "createScryptUser" => |call| import(call, "scrypt", scrypt(call)),
        "createScryptModifiedUser" => |call| import(call, "scryptMod", scrypt_modified(call)),
        _ => return None,
    })
}

fn import(call: &Call, hash: &str, options: Value) -> Handled {
    let password = call.value("password").cloned().unwrap_or(Value::Null);
    let user = people::add(call, password, hash, options)?;
    Ok(Response::created(people::view(call, &user)?))
}

/// The server's own settings, for such a hash does not bring any.
fn phpass() -> Value {
    json!({"type": "phpass", "iteration_count_log2": 8, "portable_hashes": false, "random_state": ""})
}

fn scrypt(call: &Call) -> Value {
    json!({
        "type": "scrypt",
        "costCpu": call.integer("passwordCpu"),
        "costMemory": call.integer("passwordMemory"),
        "costParallel": call.integer("passwordParallel"),
        "length": call.integer("passwordLength"),
        "salt": call.text_or_empty("passwordSalt"),
    })
}

fn scrypt_modified(call: &Call) -> Value {
    json!({
        "type": "scryptMod",
        "salt": call.text_or_empty("passwordSalt"),
        "saltSeparator": call.text_or_empty("passwordSaltSeparator"),
        "signerKey": call.text_or_empty("passwordSignerKey"),
    })
}
