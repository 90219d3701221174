//! The names and channels of a change.

/// A resource within others: `[("teams", "t"), ("memberships", "m")]`.
pub(super) type Path<'a> = [(&'a str, &'a str)];

/// All names of an action: exact, and with `*` for any of the IDs; of the resource alone, and of those around it.
pub(super) fn events(paths: &[Vec<(&str, &str)>], action: &str, detail: Option<&str>) -> Vec<String> {
    let mut all = Vec::new();
    let depth = paths.first().map_or(0, Vec::len);
    all.extend(each(paths, depth, Some(action)));
    if let Some(detail) = detail {
        all.extend(each(paths, depth, Some(&format!("{action}.{detail}"))));
    }
    for depth in (1..=depth).rev() {
        all.extend(each(paths, depth, None));
    }
    all
}

fn each(paths: &[Vec<(&str, &str)>], depth: usize, action: Option<&str>) -> Vec<String> {
    let all_stars = (1 << depth) - 1;
    // The exact name first, then the one that has no ID; the server orders those between by how deep the resource lies.
    let mut between: Vec<usize> = (1..all_stars).collect();
    if paths.first().is_some_and(|path| path.len() == 2) {
        between.reverse();
    }
    let masks = [0, all_stars].into_iter().chain(between);
    let mut names: Vec<String> =
        masks.flat_map(|mask| paths.iter().map(move |path| name(&path[..depth], mask, action))).collect();
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

fn name(path: &Path<'_>, stars: usize, action: Option<&str>) -> String {
    let mut name = String::new();
    for (place, (kind, id)) in path.iter().enumerate() {
        let id = if stars & (1 << place) == 0 { id } else { "*" };
        name.push_str(&format!("{}{kind}.{id}", if place == 0 { "" } else { "." }));
    }
    action.into_iter().for_each(|action| name.push_str(&format!(".{action}")));
    name
}

/// Channels, and each again for the action alone.
pub(super) fn channels(plain: Vec<String>, action: &str) -> Vec<String> {
    let with_action: Vec<String> = plain.iter().map(|channel| format!("{channel}.{action}")).collect();
    [plain, with_action].concat()
}

#[cfg(test)]
mod tests {
    use super::events;

    #[test]
    fn a_change_has_every_name_of_its_resource_and_of_those_around_it() {
        let named = events(&[vec![("teams", "t"), ("memberships", "m")]], "create", None);
        assert_eq!(named[0], "teams.t.memberships.m.create");
        assert_eq!(named[1], "teams.*.memberships.*.create");
        assert_eq!(named.len(), 10);
        let named = events(&[vec![("users", "u")]], "update", Some("name"));
        let wanted = [
            "users.u.update",
            "users.*.update",
            "users.u.update.name",
            "users.*.update.name",
            "users.u",
            "users.*",
        ];
        assert_eq!(named, wanted);
    }
}
