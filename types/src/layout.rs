//! Lines that fit, as formatters break them.

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().count()
}

/// `head` + `open` + items + `close` on one line, or each item on its own, two levels of `indent` apart from each other.
pub(crate) struct Layout {
    /// The longest line.
    pub(crate) limit: usize,
    /// What a level of indentation adds.
    pub(crate) step: &'static str,
}

impl Layout {
    /// The text on one line where it fits, and otherwise each item on a line of its own with a comma behind it. Spaces at
    /// the inner ends of `head` and `tail` are for the one line.
    pub(crate) fn list(&self, indent: &str, head: &str, items: &[String], tail: &str) -> String {
        self.list_ending(indent, head, items, tail, ",")
    }

    /// As [`list`](Self::list), with `last` behind the last item.
    pub(crate) fn list_ending(
        &self,
        indent: &str,
        head: &str,
        items: &[String],
        tail: &str,
        last: &str,
    ) -> String {
        let line = format!("{indent}{head}{}{tail}", items.join(", "));
        if width(&line) <= self.limit {
            return line;
        }
        let items = items.join(&format!(",\n{indent}{}", self.step));
        format!(
            "{indent}{}\n{indent}{}{items}{last}\n{indent}{}",
            head.trim_end(),
            self.step,
            tail.trim_start()
        )
    }

    /// `head` and `tail` on one line where they fit, and otherwise `tail` on the next.
    pub(crate) fn pair(&self, indent: &str, head: &str, tail: &str) -> String {
        let line = format!("{indent}{head} {tail}");
        if width(&line) <= self.limit { line } else { format!("{indent}{head}\n{indent}{}{tail}", self.step) }
    }
}

/// A text in the quotes that it has fewer of: double ones unless it has more of them.
pub(crate) fn quoted(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    if text.matches('"').count() > text.matches('\'').count() {
        let inner = quoted[1..quoted.len() - 1].replace("\\\"", "\"").replace('\'', "\\'");
        return format!("'{inner}'");
    }
    quoted
}
