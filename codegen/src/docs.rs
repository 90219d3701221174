//! Sentences: what every language says about a thing, and how sentences become comments.

use polywrite_api::{
    Api, Availability, BulkKind, BulkWrite, CallOption, Deprecation, Helper, Limit, Method, OwnOption,
    Paging, Replaced, Returns, Rule, Service, Unit, Versions, Wait,
};
use serde_json::{Value as Json, json};

/// Where something is to be had, in words without a full stop; none when every server has it.
pub fn whereabouts(available: &Availability) -> Option<String> {
    let versions = |versions: &Versions| versions.to_string();
    match (&available.cloud, &available.self_hosted) {
        _ if available.is_everywhere() => None,
        (Some(cloud), None) => Some(only("Appwrite Cloud only", cloud)),
        (None, Some(own)) => Some(only("Self-hosted Appwrite only", own)),
        (Some(cloud), Some(own)) if *cloud != Versions::default() || *own != Versions::default() => {
            Some(format!("On Appwrite Cloud{}, and self-hosted{}", versions(cloud), versions(own)))
        }
        _ => None,
    }
}

fn only(kind: &str, versions: &Versions) -> String {
    match versions.to_string() {
        none if none.is_empty() => kind.to_owned(),
        some => format!("{kind},{some}"),
    }
}

/// What a thing means, and where it is to be had.
pub fn about(text: &str, available: &Availability) -> String {
    match whereabouts(available) {
        Some(place) if text.is_empty() => format!("{place}."),
        Some(place) => format!("{text} {place}."),
        None => text.to_owned(),
    }
}

/// What a wait does, and for how long unless the caller says otherwise.
pub fn of_wait(api: &Api, wait: &Wait) -> String {
    let Some((statuses, _)) = api.waits.meaning_of(wait) else { return wait.about.clone() };
    let words = |values: &[String]| {
        let values: Vec<String> =
            values.iter().filter(|value| !value.is_empty()).map(|value| format!("`{value}`")).collect();
        values.join(" or ")
    };
    let mut text = format!("{} The status is {} then.", wait.about, words(&statuses.done));
    if !statuses.failed.is_empty() {
        text.push_str(&format!(" It fails at {}.", words(&statuses.failed)));
    }
    format!("{text} Default time limit: {}.", time_limit(api, wait))
}

/// For how long a wait reads unless the caller says otherwise: `60 s`.
pub fn time_limit(api: &Api, wait: &Wait) -> String {
    api.waits.meaning_of(wait).map(|(_, pace)| format!("{} s", pace.timeout / 1000)).unwrap_or_default()
}

/// For how long waits go on: `60 s or 600 s`.
pub fn time_limits(api: &Api) -> String {
    let mut limits: Vec<u64> = api.waits.paces.values().map(|pace| pace.timeout / 1000).collect();
    limits.sort_unstable();
    limits.into_iter().map(|limit| format!("{limit} s")).collect::<Vec<_>>().join(" or ")
}

/// The name of the method that reads a whole list: `listRows` → `iterateRows`.
pub fn iteration(list: &str) -> String {
    format!("iterate{}", list.strip_prefix("list").unwrap_or(list))
}

/// What a method does that reads a whole list, page after page.
pub fn of_iteration(api: &Api, method: &Method) -> String {
    let by = match method.list.as_ref().map(|list| &list.paging) {
        Some(Paging::Cursor(_)) => "by cursor",
        _ => "by offset: items that come or go meanwhile may be missed or repeated",
    };
    let about = method.about.trim_end_matches(", a page at a time.").trim_end_matches('.');
    format!(
        "{about}: all of them, one after the other, {} a call and {by}. A query `limit` bounds the whole list.",
        api.page_size
    )
}

/// The waits of a service, each with the method that reads.
pub fn waits_of<'a>(api: &'a Api, service: &'a Service) -> impl Iterator<Item = (&'a Wait, &'a Method)> {
    let own = api.waits.all.values().filter(|wait| wait.service == service.name);
    own.filter_map(|wait| Some((wait, service.methods.get(&wait.read)?)))
}

/// What an API key needs for a call; none where nothing is known.
pub fn scopes(method: &Method) -> Option<String> {
    let [first, others @ ..] = method.scopes.as_slice() else { return None };
    let one_of = if others.is_empty() { "the scope" } else { "one of the scopes" };
    let others: String = others.iter().map(|scope| format!(", `{scope}`")).collect();
    Some(format!("An API key needs {one_of} `{first}`{others}."))
}

/// What a bulk write takes.
pub fn bulk_rows(write: &BulkWrite) -> &'static str {
    if write.takes_ids() {
        "IDs of what is written."
    } else {
        "What is written, each with its own `$id` or without."
    }
}

/// What a bulk write does.
pub fn bulk(write: &BulkWrite) -> String {
    let rows = write.list.name.trim_start_matches("list").to_lowercase();
    let ids = format!("Each of the {rows} is given by its ID.");
    let own_ids = format!(
        "Those {rows} that have no ID get one before they are sent, so that nothing is written twice."
    );
    let (does, more) = match write.kind {
        BulkKind::Create => ("Creates", own_ids),
        BulkKind::Upsert => ("Creates or replaces", own_ids),
        BulkKind::Update => ("Makes the same change to", ids),
        BulkKind::Delete => ("Deletes", ids),
    };
    format!("{does} any number of {rows}, a few calls at a time, and returns what became of each. {more}")
}

/// What a helper does, what its arguments must be, and where it is to be had; `name` writes them in the language.
pub fn of_helper(helper: &Helper, name: impl Fn(&str) -> String) -> String {
    let mut text = helper.about.clone();
    for (rule, must) in [(Rule::Nonzero, "must not be 0"), (Rule::AtLeast1, "must be 1 or more")] {
        let arguments: Vec<String> = helper.must_be(rule).map(|it| format!("`{}`", name(it))).collect();
        if !arguments.is_empty() {
            text.push_str(&format!(" {} {must}.", arguments.join(" and ")));
        }
    }
    about(&text, &helper.available)
}

/// What a join without conditions compares.
pub const JOIN_BY_COLUMNS: &str = "Rows match when `left` compares to `right` of the other table.";

/// What a join by conditions compares.
pub const JOIN_BY_QUERIES: &str = "Rows match when all of the queries hold, `Query.on` among them.";

/// Since when something should not be used any more, and what to use instead, in the language's own words for that.
pub fn deprecated(deprecation: &Deprecation, instead: Option<&str>) -> String {
    let since = &deprecation.since;
    instead.map_or_else(|| format!("since {since}"), |instead| format!("since {since}; use {instead}"))
}

/// Breaks a text into lines of at most `width` letters; line breaks that it has are kept, and an item of a list
/// (`- …`) is indented below its first line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.trim().lines() {
        let indent = if paragraph.starts_with("- ") { "  " } else { "" };
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::replace(&mut line, indent.to_owned()));
            }
            if !line.trim().is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// A text as comment lines, each with `sign` before it, none longer than `width`; no line break at the end.
pub fn comment(text: &str, sign: &str, width: usize) -> String {
    let room = width.saturating_sub(sign.chars().count() + 1);
    let lines: Vec<String> = wrap(text, room)
        .into_iter()
        .map(|line| if line.is_empty() { sign.to_owned() } else { format!("{sign} {line}") })
        .collect();
    lines.join("\n")
}

/// The default of a limit, in words: `40 s`, `256 MiB`, `none`.
pub fn default_of(limit: &Limit) -> String {
    const MIB: u64 = 1024 * 1024;
    match (limit.unit, limit.default) {
        (_, None) => "none".to_owned(),
        (Unit::Milliseconds, Some(default)) if default % 1000 == 0 => format!("{} s", default / 1000),
        (Unit::Milliseconds, Some(default)) => format!("{default} ms"),
        (Unit::Bytes, Some(default)) if default % MIB == 0 => format!("{} MiB", default / MIB),
        (_, Some(default)) => grouped(default, ","),
    }
}

/// What an option of a call does; `unit` says in which unit a language takes times.
pub fn of_option(option: &CallOption, unit: &str) -> String {
    let text = match &option.of {
        Replaced::Limit(limit) if limit.unit == Unit::Milliseconds && !unit.is_empty() => {
            format!("{} {unit}", limit.about)
        }
        Replaced::Limit(limit) => limit.about.clone(),
        Replaced::Header(setting) => {
            format!("{} Empty: no such header.", about(&setting.about, &setting.available))
        }
    };
    format!("{text} Default: the client's.")
}

/// What an option of downloads does.
pub fn of_own_option(option: &OwnOption) -> String {
    format!("{} Default: all of it.", option.about)
}

/// What a template says of transfers of several files: the operations, and the model of a file that was sent. Without any
/// where the API stores no files.
pub fn several(api: &Api) -> Json {
    let marked = || api.methods().filter(|method| method.several && method.alias_of.is_none());
    let upload = marked().find(|method| method.upload.is_some());
    let download = marked().find(|method| method.upload.is_none());
    let model = upload.and_then(|method| match &method.returns {
        Returns::Model(model) => Some(model),
        _ => None,
    });
    let id = |method: Option<&Method>| method.map_or_else(String::new, |method| method.id.clone());
    json!({ "model": model, "upload": id(upload), "download": id(download) })
}

/// A number with a mark between thousands, as people read it.
pub fn grouped(number: u64, mark: &str) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(mark)
}

#[cfg(test)]
mod tests {
    use super::{about, comment, grouped, wrap};
    use polywrite_api::{Availability, Versions};

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            [1, 256, 1_000, 268_435_456].map(|number| grouped(number, ",")),
            ["1", "256", "1,000", "268,435,456"]
        );
    }

    #[test]
    fn where_something_is_to_be_had_is_said_after_what_it_means() {
        let since = |since: &str| Some(Versions { since: Some(since.to_owned()), until: None });
        let until = |until: &str| Some(Versions { since: None, until: Some(until.to_owned()) });
        let of = |cloud, self_hosted| about("Lists.", &Availability { cloud, self_hosted, in_sdk: false });
        let all = Some(Versions::default());
        assert_eq!(of(all.clone(), all.clone()), "Lists.");
        assert_eq!(of(all.clone(), None), "Lists. Appwrite Cloud only.");
        assert_eq!(of(since("2.6"), None), "Lists. Appwrite Cloud only, since 2.6.");
        assert_eq!(of(None, until("1.9")), "Lists. Self-hosted Appwrite only, until 1.9.");
        assert_eq!(of(all, since("2.0")), "Lists. On Appwrite Cloud, and self-hosted since 2.0.");
        assert_eq!(
            of(since("2.6"), until("1.9")),
            "Lists. On Appwrite Cloud since 2.6, and self-hosted until 1.9."
        );
    }

    #[test]
    fn long_texts_wrap_at_words() {
        assert_eq!(wrap("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("a\n\nb", 9), ["a", "", "b"]);
        assert_eq!(wrap("incomprehensible", 5), ["incomprehensible"]);
        assert_eq!(wrap("- one two", 6), ["- one", "  two"]);
    }

    #[test]
    fn comments_carry_their_sign() {
        assert_eq!(comment("one two\n\nthree", "///", 11), "/// one two\n///\n/// three");
    }
}
