//! Removes secrets from what an error keeps of a response: keys, sessions, tokens and password hashes.

mod name;
mod reason;
mod value;

use std::borrow::Cow;

use crate::operations::FURTHER_SECRET_FIELDS;
use name::Name;
pub(super) use reason::without_values;

/// A text in which no secret field has a value, however the text is written: JSON, whole or not, JSON in a text of JSON
/// or HTML, a form or query, an element, a dump of PHP.
pub(super) fn scrubbed(text: &str) -> Cow<'_, str> {
    without_fields(text, &[])
}

/// The same of an operation's response, in which further fields may be secret.
pub(super) fn scrubbed_of<'text>(operation: &str, text: &'text str) -> Cow<'text, str> {
    let further = FURTHER_SECRET_FIELDS.binary_search_by(|(id, _)| id.cmp(&operation));
    without_fields(text, further.map_or(&[], |place| FURTHER_SECRET_FIELDS[place].1))
}

fn without_fields<'text>(text: &'text str, further: &[&str]) -> Cow<'text, str> {
    let mut clean = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = Name::next(text, &mut at) {
        if !found.is_secret(further) {
            continue;
        }
        if let Some(value) = value::after(text, &found) {
            clean.push_str(&text[copied..value.start]);
            clean.push_str(&format!("{0}[redacted]{0}", value.quote));
            at = value.end;
            copied = value.end;
        }
    }
    match copied {
        0 => text.into(),
        _ => (clean + &text[copied..]).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_wherever_they_stand_and_however_they_end() {
        for (text, clean) in [
            (r#"{"jwt":"eyJ0eXAi.abc"}"#, r#"{"jwt":"[redacted]"}"#),
            (r#"{"jwt" : "eyJ0e"#, r#"{"jwt" : "[redacted]""#),
            (
                r#"{"$id":"k","secret":"a\"b\\","name":"n"}"#,
                r#"{"$id":"k","secret":"[redacted]","name":"n"}"#,
            ),
            (r#"[{"secret":"a"},{"secret":"b"}]"#, r#"[{"secret":"[redacted]"},{"secret":"[redacted]"}]"#),
            (r#"{"recoveryCodes":["a","b"],"x":1}"#, r#"{"recoveryCodes":"[redacted]","x":1}"#),
            (r#"{"recoveryCodes":["a]","b"],"x":1}"#, r#"{"recoveryCodes":"[redacted]","x":1}"#),
            (r#"{"credentials":{"a":{"b":1},"apiKey":"a"},"x":1}"#, r#"{"credentials":"[redacted]","x":1}"#),
            (r#"{"credentials":[{"a":["#, r#"{"credentials":"[redacted]""#),
            (r#"{"otp":123456,"secret":bare}"#, r#"{"otp":"[redacted]","secret":"[redacted]"}"#),
        ] {
            assert_eq!(scrubbed(text), clean);
        }
    }

    #[test]
    fn escapes_in_a_fields_name_hide_nothing() {
        for name in [r"se\u0063ret", r"\u0073\u0065\u0063\u0072\u0065\u0074", r"SECRET", r"client_secret"] {
            let text = format!(r#"{{"{name}":"topsecret"}}"#);
            assert_eq!(scrubbed(&text), format!(r#"{{"{name}":"[redacted]"}}"#));
        }
    }

    #[test]
    fn users_in_lists_show_neither_passwords_nor_hashes() {
        let text = r#"{"total":2,"users":[{"$id":"a","password":"$argon2id$v=19$aa","hash":"argon2"},
            {"$id":"b","password":["$2y$10$bb","x"],"hash":{"type":"bcrypt"}}]}"#;
        let clean = r#"{"total":2,"users":[{"$id":"a","password":"[redacted]","hash":"[redacted]"},
            {"$id":"b","password":"[redacted]","hash":"[redacted]"}]}"#;
        assert_eq!(scrubbed(text), clean);
    }

    #[test]
    fn an_operations_own_secrets_go_from_its_responses_only() {
        let text = r#"{"functions":[{"vars":[{"key":"API","value":"topsecret"}]}]}"#;
        let clean = r#"{"functions":[{"vars":[{"key":"API","value":"[redacted]"}]}]}"#;
        assert_eq!(scrubbed_of("functions.list", text), clean);
        assert_eq!(scrubbed_of("users.list", text), text);
        assert!(FURTHER_SECRET_FIELDS.is_sorted());
    }

    #[test]
    fn other_ways_to_write_them_hide_nothing() {
        for (text, clean) in [
            ("{'secret': 'top'}", "{'secret': '[redacted]'}"),
            ("{secret: 'top', n: 1}", "{secret: '[redacted]', n: 1}"),
            ("['secret' => 'top']", "['secret' => '[redacted]']"),
            ("userId=a&secret=top%20x&x=1", "userId=a&secret=[redacted]&x=1"),
            ("GET /v1?secret=top HTTP/1.1", "GET /v1?secret=[redacted] HTTP/1.1"),
            ("https://a.test/?secret=top\"", "https://a.test/?secret=[redacted]\""),
            (
                "https://a.test/?x=1&amp;secret=top&amp;y=2",
                "https://a.test/?x=1&amp;secret=[redacted]&amp;y=2",
            ),
            ("data[secret]=top", "data[secret]=[redacted]"),
            ("Set-Cookie: a_session_shop=top; path=/", "Set-Cookie: a_session_shop=[redacted]; path=/"),
            ("<secret>top</secret>", "<secret>[redacted]</secret>"),
            ("{&quot;secret&quot;:&quot;top&quot;}", "{&quot;secret&quot;:&quot;[redacted]&quot;}"),
            (r#"{"body":"{\"secret\":\"to\\\"p\"}"}"#, r#"{"body":"{\"secret\":\"[redacted]\"}"}"#),
            (r#"{"body":"{\"secret\":\"cut"}"#, r#"{"body":"{\"secret\":\"[redacted]\""}"#),
            (r#"{"body":"secret=top"}"#, r#"{"body":"secret=[redacted]"}"#),
        ] {
            assert_eq!(scrubbed(text), clean);
        }
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "",
            "<html lang=\"de\">secret</html>",
            r#"{"secret":"","jwt":null,"otp":true,"recoveryCodes":[],"credentials":{}}"#,
            r#"{"a":"secret"}"#,
            "Invalid `password` param: Password must be at least 8 characters",
            "password: must have 8 characters",
            "the secret is out, password=",
            "\"",
            "{\"se",
            "zo\u{eb}\\\u{eb}\"\u{eb}'\u{eb}&\u{eb}",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }

    #[test]
    fn what_was_made_to_cost_time_does_not() {
        // Were this quadratic, the test would not end.
        for piece in
            ["\\", "\"", "\"secret\"", "secret ", "[", "'secret':[", "&quot;", "{\"secret\":[\\\"", "s"]
        {
            scrubbed(&piece.repeat(200_000 / piece.len()));
        }
    }
}
