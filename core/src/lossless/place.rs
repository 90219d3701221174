//! The path to a value in a JSON text.

/// The longest path that an error shows.
const LENGTH: usize = 200;

/// The steps from the whole to the value at a byte of a JSON text, such as `.tags[2].price`.
pub(super) fn at(text: &str, offset: usize) -> String {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let bytes = text.as_bytes();
    let mut index = 0;
    while index < offset {
        match bytes[index] {
            b'{' => steps.push(Step::Key("")),
            b'[' => steps.push(Step::Index(0)),
            b'}' | b']' => drop(steps.pop()),
            b',' => {
                if let Some(Step::Index(count)) = steps.last_mut() {
                    *count += 1;
                }
            }
            b'"' => {
                let end = crate::received::behind_string(bytes, index);
                let is_key = text[end.min(text.len())..].trim_ascii_start().starts_with(':');
                let step = steps.last_mut().filter(|_| is_key && end <= offset);
                if let Some(Step::Key(key)) = step {
                    *key = &text[index + 1..end - 1];
                }
                index = end;
                continue;
            }
            _ => {}
        }
        index += 1;
    }
    let mut place = String::new();
    for step in steps {
        match step {
            Step::Key("") => {}
            Step::Key(key) => push_key(&mut place, key),
            Step::Index(index) => place.push_str(&format!("[{index}]")),
        }
    }
    shortened(place)
}

/// Adds the step to a member. Keys are data: characters that could disturb a line of a log are escaped.
pub(super) fn push_key(place: &mut String, key: &str) {
    place.push('.');
    place.extend(key.chars().flat_map(|letter| match letter.is_control() || letter == '`' {
        true => letter.escape_unicode().collect::<Vec<_>>(),
        false => vec![letter],
    }));
}

/// Cuts a path in its middle when it is too long for a message.
pub(super) fn shortened(place: String) -> String {
    if place.chars().count() <= LENGTH {
        return place;
    }
    let half = LENGTH / 2;
    let beginning: String = place.chars().take(half).collect();
    let end: Vec<char> = place.chars().rev().take(half).collect();
    beginning + "…" + &end.iter().rev().collect::<String>()
}

enum Step<'text> {
    /// As in the text, with its escapes; empty before the first key.
    Key(&'text str),
    Index(usize),
}
