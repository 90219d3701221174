//! The names of the definition's entries in each language.
//!
//! The rules make the names that Appwrite's own SDKs use, so the definition need not list them.

use std::collections::HashSet;

/// Words that JavaScript reserves, and `path`, which its official SDK used for a variable.
const NODE_RESERVED: [&str; 49] = [
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "path",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

const PYTHON_RESERVED: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

const RUST_RESERVED: [&str; 50] = [
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "static",
    "struct",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "macro_rules",
];

/// `createOAuth2Token` → `create_o_auth2_token`, `tablesDB` → `tables_db`; a leading `$` goes.
pub fn snake(name: &str) -> String {
    let letters: Vec<char> = name.trim_start_matches('$').chars().collect();
    let mut out = String::with_capacity(letters.len() + 4);
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|place| letters.get(place)).copied();
        let after = letters.get(index + 1).copied();
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_uppercase() && after.is_some_and(char::is_lowercase))
            });
        if starts_word {
            out.push('_');
        }
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        } else {
            out.push('_');
        }
    }
    out
}

/// `grant_id` → `grantId`, `page[size]` → `pageSize`; names of one word stay as they are, and a leading `$` goes.
pub fn camel(name: &str) -> String {
    let mut words = words(name);
    let mut out = words.next().unwrap_or_default().to_owned();
    words.for_each(|word| out.push_str(&capitalised(word)));
    not_a_number(out)
}

/// `magic-url` → `MagicUrl`, `jwt` → `Jwt`, `node-14.5` → `Node145`: words apart, capitals kept.
pub fn pascal(name: &str) -> String {
    words(name).map(capitalised).collect()
}

/// As [`snake`], in capitals.
pub fn screaming_snake(name: &str) -> String {
    not_a_number(snake(name)).to_uppercase()
}

/// Argument name in Node: camelCase, with an `x` before what JavaScript reserves (`xdefault`).
pub fn node_argument(name: &str) -> String {
    let camel = camel(name);
    if NODE_RESERVED.contains(&camel.as_str()) { format!("x{camel}") } else { camel }
}

/// Argument name in Python: snake_case, with an `x` before what Python reserves (`xfrom`).
pub fn python_argument(name: &str) -> String {
    let snake = not_a_number(snake(name));
    if PYTHON_RESERVED.contains(&snake.as_str()) { format!("x{snake}") } else { snake }
}

/// Identifier in Rust: snake_case, raw where Rust reserves the word (`r#type`).
pub fn rust_identifier(name: &str) -> String {
    let snake = snake(name);
    match snake.as_str() {
        "self" | "super" | "crate" => format!("{snake}_"),
        word if RUST_RESERVED.contains(&word) => format!("r#{snake}"),
        word if word.starts_with(|first: char| first.is_ascii_digit()) => format!("_{snake}"),
        _ => snake,
    }
}

/// Enum member in Rust and Swift, from its label or value: `Node145`.
pub fn member(title: &str) -> String {
    not_a_number(signs(title).unwrap_or_else(|| pascal(title)))
}

/// Enum member in Node, where a hyphen joins: `ar-ae` → `Arae`. A label goes by its words.
pub fn node_member(title: &str) -> String {
    not_a_number(signs(title).unwrap_or_else(|| pascal(&title.replace('-', ""))))
}

/// Enum member in Python: capitals, with an underscore for all that is not a letter or digit.
pub fn python_member(title: &str) -> String {
    if let Some(signs) = signs(title) {
        return signs.to_uppercase();
    }
    let mut out = String::with_capacity(title.len());
    for letter in title.chars() {
        if letter.is_alphanumeric() {
            out.extend(letter.to_uppercase());
        } else if !out.ends_with('_') {
            out.push('_');
        }
    }
    let name = not_a_number(out);
    // Python reserves names between underscores.
    if name.starts_with('_') { name.trim_end_matches('_').to_owned() } else { name }
}

/// The name of a value without a letter or digit: `Empty`, or its signs by their Unicode numbers, `<` → `U3C`.
fn signs(title: &str) -> Option<String> {
    if title.is_empty() {
        return Some("Empty".to_owned());
    }
    let numbers = || title.chars().map(|sign| format!("U{:X}", u32::from(sign))).collect();
    (!title.contains(char::is_alphanumeric)).then(numbers)
}

/// Names of one enum's members, all different: `Asc`, `Asc2`. One of `reserved` gets another word: `SelfValue`.
pub fn distinct(names: impl IntoIterator<Item = String>, reserved: &[&str]) -> Vec<String> {
    let mut given = HashSet::new();
    let free = names.into_iter().map(|name| {
        let name = if reserved.contains(&name.as_str()) { format!("{name}Value") } else { name };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !given.contains(name));
        let free = free.unwrap_or(name);
        given.insert(free.clone());
        free
    });
    free.collect()
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn not_a_number(name: String) -> String {
    if name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        name
    } else {
        format!("_{name}")
    }
}
