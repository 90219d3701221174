//! How names are written in Swift.

use polywrite_api::{Api, names};

/// Words that Swift keeps for itself where a member or argument stands.
const RESERVED: [&str; 52] = [
    "Any",
    "Protocol",
    "Self",
    "Type",
    "any",
    "as",
    "associatedtype",
    "break",
    "case",
    "catch",
    "class",
    "continue",
    "default",
    "defer",
    "deinit",
    "do",
    "else",
    "enum",
    "extension",
    "fallthrough",
    "false",
    "fileprivate",
    "for",
    "func",
    "guard",
    "if",
    "import",
    "in",
    "init",
    "inout",
    "internal",
    "is",
    "let",
    "nil",
    "operator",
    "precedencegroup",
    "private",
    "protocol",
    "public",
    "repeat",
    "rethrows",
    "return",
    "self",
    "static",
    "struct",
    "subscript",
    "super",
    "switch",
    "throw",
    "throws",
    "true",
    "try",
];

/// More of them; two lists because each stays readable.
const RESERVED_TOO: [&str; 4] = ["typealias", "var", "where", "while"];

/// A member or argument: camelCase without a `$`, in backticks where Swift keeps the word.
pub fn identifier(name: &str) -> String {
    escaped(label(name))
}

/// An argument's label: as [`identifier`], but before a colon Swift takes every word.
pub(super) fn label(name: &str) -> String {
    let name = names::camel(name);
    // Not even backticks make another `self`; the others are what uploads, lists and waits take besides.
    if ["onProgress", "onStatus", "pageSize", "parallel", "self"].contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// A member of an enum, from its label or value: `Google Chrome` → `googleChrome`, `GET` → `get`.
pub fn member(title: &str) -> String {
    escaped(lower_start(&names::member(title)))
}

/// A type's name as the name of a value: `ColumnEmail` without `Column` → `email`.
pub(super) fn variant(name: &str, prefix: &str) -> String {
    member(name.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(name))
}

/// The name of an enum, with its module where a model has the same.
pub(super) fn enum_type(api: &Api, name: &str) -> String {
    if api.models.contains_key(name) || api.unions.contains_key(name) || FOUNDATION.contains(&name) {
        format!("PolywriteEnums.{name}")
    } else {
        name.to_owned()
    }
}

/// The name of a model or union, with its module where a service, a helper, the standard library or Foundation has the
/// same.
pub(super) fn model_type(api: &Api, name: &str) -> String {
    let taken = api.enums.contains_key(name)
        || api.helpers.contains_key(name)
        || api.services.values().any(|service| service.class == name)
        || FOUNDATION.contains(&name);
    if taken { format!("PolywriteModels.{name}") } else { name.to_owned() }
}

/// Types of Foundation and of this package's own hand that models or enums are called like.
const FOUNDATION: [&str; 5] = ["Client", "Index", "InputFile", "Locale", "Operation"];

fn escaped(name: String) -> String {
    if RESERVED.contains(&name.as_str()) || RESERVED_TOO.contains(&name.as_str()) {
        format!("`{name}`")
    } else {
        name
    }
}

/// Lowers the first word: all of `HTTP`, of `HTTPStatus` the part before `Status`, of `Google` the first letter.
fn lower_start(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let capitals = letters.iter().take_while(|letter| letter.is_uppercase()).count();
    let lowered = match capitals {
        0 | 1 => 1,
        all if all == letters.len() => all,
        // The last capital begins the next word, unless a digit follows.
        some if letters.get(some).is_some_and(|next| next.is_lowercase()) => some - 1,
        some => some,
    };
    letters
        .iter()
        .enumerate()
        .flat_map(
            |(place, letter)| {
                if place < lowered { letter.to_lowercase().collect::<Vec<char>>() } else { vec![*letter] }
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{identifier, member, variant};

    #[test]
    fn members_begin_in_lower_case() {
        assert_eq!(member("Google Chrome IOS"), "googleChromeIOS");
        assert_eq!(member("GET"), "get");
        assert_eq!(member("magic-url"), "magicUrl");
        assert_eq!(member("node-14.5"), "node145");
        assert_eq!(member("public"), "`public`");
        assert_eq!(member("2g"), "_2g");
    }

    #[test]
    fn keywords_stand_in_backticks() {
        assert_eq!(identifier("default"), "`default`");
        assert_eq!(identifier("$createdAt"), "createdAt");
        assert_eq!(identifier("grant_id"), "grantId");
    }

    #[test]
    fn variants_leave_out_what_all_share() {
        assert_eq!(variant("ColumnEmail", "Column"), "email");
        assert_eq!(variant("OAuth2X", "OAuth2"), "x");
        assert_eq!(variant("Column", "Column"), "column");
    }
}
