//! The name of one thing, from the name of many.

/// Words that are the same, or end in `s` and are one thing.
const ALONE: &[&str] =
    &["series", "species", "news", "status", "bus", "gas", "lens", "canvas", "atlas", "alias"];

/// Words with a form of their own.
const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("calories", "calorie"),
    ("indices", "index"),
    ("analyses", "analysis"),
    ("lives", "life"),
];

/// `Films` → `Film`, `Categories` → `Category`, `OrderItems` → `OrderItem`; what is not a plural stays.
pub(crate) fn singular(name: &str) -> String {
    let start = name.rfind(|letter: char| letter.is_uppercase()).unwrap_or(0);
    let (before, word) = name.split_at(start);
    let lower = word.to_lowercase();
    if ALONE.contains(&lower.as_str()) {
        return name.to_owned();
    }
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == lower) {
        let rest = &one[1..];
        return format!("{before}{}{rest}", &word[..1]);
    }
    let cut = |letters: usize| word[..word.len() - letters].to_owned();
    let one = if lower.ends_with("ies") && word.len() > 4 {
        format!("{}y", cut(3))
    } else if ["sses", "xes", "ches", "shes", "zzes"].iter().any(|end| lower.ends_with(end)) {
        cut(2)
    } else if lower.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end))
        && word.len() > 2
    {
        cut(1)
    } else {
        word.to_owned()
    };
    format!("{before}{one}")
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn plurals_become_one() {
        for (many, one) in [
            ("Films", "Film"),
            ("Categories", "Category"),
            ("Movies", "Movie"),
            ("OrderItems", "OrderItem"),
            ("Boxes", "Box"),
            ("Addresses", "Address"),
            ("Houses", "House"),
            ("People", "Person"),
            ("News", "News"),
            ("Address", "Address"),
            ("Bonus", "Bonus"),
            ("Staff", "Staff"),
            ("Ties", "Tie"),
            ("_2020s", "_2020"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
