//! Names in errors, as languages write them.

use std::borrow::Cow;

use super::{Error, ErrorKind};

impl Error {
    /// This error for callers who write `user_id` where the wire has `userId`: parameters and settings that were refused
    /// before anything was sent are named so. What a server said stays as it is.
    #[must_use]
    pub fn in_snake_case(mut self) -> Self {
        let parts = &mut *self.0;
        let is_ours = parts.status.is_none()
            && matches!(parts.kind, ErrorKind::Argument | ErrorKind::Configuration)
            // Its parameters have the names that the caller gave them.
            && parts.operation.as_deref() != Some(crate::RAW_CALL.id);
        if is_ours {
            parts.message = snake_names(&parts.message);
            parts.hint = parts.hint.take().map(|hint| Cow::Owned(snake_names(&hint)));
        }
        self
    }
}

/// A text whose names between backticks are in snake case, each up to its first sign that is not a letter or digit: what
/// follows, as in `data.firstName`, is the caller's own. Behind the name of a class is one of its methods.
fn snake_names(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    for (number, piece) in text.split('`').enumerate() {
        if number > 0 {
            written.push('`');
        }
        let start = match piece.split_once('.') {
            Some((class, _)) if is_class(class) => class.len() + 1,
            _ => 0,
        };
        let (class, name) = piece.split_at(start);
        written.push_str(class);
        let end = name.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(name.len());
        if number % 2 == 1 && name.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            written.push_str(&snake(&name[..end]));
            written.push_str(&name[end..]);
        } else {
            written.push_str(name);
        }
    }
    written
}

fn is_class(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_uppercase()) && name.chars().all(char::is_alphanumeric)
}

fn snake(name: &str) -> String {
    let letters = name.as_bytes();
    let mut snake = String::with_capacity(name.len() + 2);
    for (place, letter) in letters.iter().enumerate() {
        let starts_word = letter.is_ascii_uppercase()
            && place.checked_sub(1).is_some_and(|before| {
                let next = letters.get(place + 1);
                !letters[before].is_ascii_uppercase() || next.is_some_and(u8::is_ascii_lowercase)
            });
        if starts_word {
            snake.push('_');
        }
        snake.push(char::from(letter.to_ascii_lowercase()));
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_and_settings_are_named_as_the_caller_writes_them() {
        for (message, expected) in [
            ("`userId` is missing", "`user_id` is missing"),
            ("`queries[1]` must be a string", "`queries[1]` must be a string"),
            ("`dataId.firstName` and `data.firstName`", "`data_id.firstName` and `data.firstName`"),
            ("`otpURLText` and `x2Y`, userId, `NO_PROXY`", "`otp_url_text` and `x2_y`, userId, `NO_PROXY`"),
            (
                "`Query.cursorAfter` and `Query.equal.values[0]`",
                "`Query.cursor_after` and `Query.equal.values[0]`",
            ),
            ("`Query.orderDesc`: Query.orderDesc", "`Query.order_desc`: Query.orderDesc"),
            ("half `userId", "half `user_id"),
        ] {
            let error = Error::argument(message).with_hint(message.to_owned()).in_snake_case();
            assert_eq!((error.message(), error.hint()), (expected, Some(expected)));
        }
        let said = Error::argument("Invalid `userId` param").with_status(400).in_snake_case();
        assert_eq!(said.message(), "Invalid `userId` param");
        let raw = Error::argument("`userId`").with_operation(crate::RAW_CALL.id).in_snake_case();
        assert_eq!(raw.message(), "`userId`");
    }
}
