//! Events: what webhooks and realtime report.

mod generated;

use generated::PAYLOADS;

/// Stands for any ID in the table.
const ANY: &str = "*";

/// The name of the model that the payload of an event is, such as `Row` for `databases.d.tables.t.rows.r.update`. None for
/// events that this version does not know.
pub(crate) fn model_of(event: &str) -> Option<&'static str> {
    let segments: Vec<&str> = event.split('.').collect();
    let begins_so = |known: &[&str]| {
        known.len() <= segments.len()
            && known.iter().zip(&segments).all(|(known, given)| *known == ANY || known == given)
    };
    let longest = PAYLOADS.iter().filter(|(known, _)| begins_so(known)).max_by_key(|(known, _)| known.len());
    longest.map(|(_, model)| *model).filter(|model| !model.is_empty())
}

#[cfg(test)]
mod tests {
    use super::model_of;

    #[test]
    fn the_longest_name_that_an_event_begins_with_says_its_model() {
        for (event, model) in [
            ("users.u", Some("User")),
            ("users.u.update.email", Some("User")),
            ("users.u.sessions.s.create", Some("Session")),
            ("users.u.update.prefs", None),
            ("teams.t.update.prefs", Some("Preferences")),
            ("databases.d.create", Some("Database")),
            ("databases.d.tables.t.rows.r.update", Some("Row")),
            ("databases.*.collections.*.documents.*.update", Some("Document")),
            ("users", None),
            ("", None),
            ("unheard.u.create", None),
        ] {
            assert_eq!(model_of(event), model, "{event}");
        }
    }
}
