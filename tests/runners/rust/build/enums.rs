use polywrite_api::Api;
use std::fmt::Write;

/// `fn members(name) -> Option<Vec<&str>>`: the wire values that an enum has a member for.
pub(crate) fn write(api: &Api) -> String {
    let mut arms = String::new();
    for each in api.enums.values() {
        let name = &each.name;
        let values: Vec<&str> = each.members.iter().map(|member| member.value.as_str()).collect();
        // Programs write conditions and never read them, so the type has no member for others.
        let test = if name == "Condition" {
            "crate::helpers::is_condition".to_owned()
        } else {
            format!("|value| !matches!(enums::{name}::from(value), enums::{name}::Unknown(_))")
        };
        let _ = writeln!(arms, "        {name:?} => known(&{values:?}, {test}),");
    }
    format!(
        "pub(crate) fn members(name: &str) -> Option<Vec<&'static str>> {{\n    \
         Some(match name {{\n{arms}        _ => return None,\n    }})\n}}\n"
    )
}
