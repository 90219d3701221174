//! What a user agent says about a device: enough to distinguish sessions.

use serde_json::Value;

use crate::call::Call;

/// Words in a user agent, in lower case, and the system they stand for: code, name, kind of device. The first that
/// occurs counts.
const SYSTEMS: &[(&str, &str, &str, &str)] = &[
    ("android", "AND", "Android", "smartphone"),
    ("iphone", "IOS", "iOS", "smartphone"),
    ("ipad", "IPA", "iPadOS", "tablet"),
    ("windows", "WIN", "Windows", "desktop"),
    ("mac os", "MAC", "Mac", "desktop"),
    ("linux", "LIN", "GNU/Linux", "desktop"),
];

/// Words in a user agent, and the browser they stand for: code, name. The first that occurs counts.
const BROWSERS: &[(&str, &str, &str)] =
    &[("Firefox/", "FF", "Firefox"), ("Chrome/", "CH", "Chrome"), ("Safari/", "SF", "Safari")];

/// Writes into a session what the call's user agent says; a server may pass on its own client's.
pub(super) fn describe(call: &Call, session: &mut Value) {
    let forwarded = call.header("x-forwarded-user-agent").filter(|_| call.caller.is_key());
    let agent = forwarded.or(call.header("user-agent")).unwrap_or_default();
    let lower = agent.to_lowercase();
    if let Some((_, code, name, device)) = SYSTEMS.iter().find(|(word, ..)| lower.contains(word)) {
        session["osCode"] = Value::from(*code);
        session["osName"] = Value::from(*name);
        session["deviceName"] = Value::from(*device);
    }
    if let Some((word, code, name)) = BROWSERS.iter().find(|(word, ..)| agent.contains(word)) {
        let version =
            agent.split_once(word).map(|(_, rest)| rest.split([' ', ';']).next().unwrap_or_default());
        session["clientType"] = Value::from("browser");
        session["clientCode"] = Value::from(*code);
        session["clientName"] = Value::from(*name);
        session["clientVersion"] = Value::from(version.unwrap_or_default());
    }
}
