//! HTML error pages: Appwrite gives some reasons in HTML only.

/// The text of a page's first paragraph, which on Appwrite's pages is the reason.
pub(in crate::transport) fn reason(page: &str) -> Option<String> {
    let start = page.match_indices("<p").find_map(|(place, tag)| {
        let attributes = &page[place + tag.len()..];
        // Other elements begin with `<p`, too.
        attributes.starts_with(['>', ' ', '\n']).then_some(page.len() - attributes.len())
    })?;
    let paragraph = &page[start..];
    let (_, paragraph) = paragraph.split_once('>')?;
    let paragraph = paragraph.split_once("</p").map_or(paragraph, |(content, _)| content);
    let mut words = String::new();
    for (number, piece) in paragraph.split('<').enumerate() {
        // In every piece but the first, a tag ends at the `>`.
        words.push_str(if number == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    }
    for (entity, letter) in [("&quot;", "\""), ("&#039;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
    {
        words = words.replace(entity, letter);
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn the_first_paragraph_is_the_reason() {
        for (page, expected) in [
            (
                "<html><head><style>p{}</style></head><h1>Error 412</h1>\n<p class=\"u-bold\">\n This provider is\n \
                 <b>off</b> &amp; so. </p><p>Back</p>",
                Some("This provider is off & so."),
            ),
            ("<pre>no</pre><path d=\"M\"><p>cut o", Some("cut o")),
            ("<center><h1>502 Bad Gateway</h1></center>", None),
            ("<p>  </p>", None),
            ("<p", None),
            ("", None),
        ] {
            assert_eq!(reason(page).as_deref(), expected);
        }
    }
}
