//! Sentences as HTML: backticks mark code, as in the scenarios' notes and in the codes' pages.

use render::escaped;

/// A text with its backticks made into `<code>`.
pub(crate) fn prose(text: &str) -> String {
    let parts = text.split('`').map(escaped).enumerate();
    parts.fold(String::new(), |html, (at, part)| match at % 2 {
        0 => html + &part,
        _ => html + "<code>" + &part + "</code>",
    })
}

/// What sums a page up: the first paragraph below its heading, in one line.
pub(crate) fn summary(page: &str) -> String {
    let paragraph = page.split("\n\n").find(|part| !part.starts_with('#')).unwrap_or_default();
    prose(&paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_marked_and_everything_is_escaped() {
        assert_eq!(prose("a `b: <c>` & d"), "a <code>b: &lt;c&gt;</code> &amp; d");
    }

    #[test]
    fn a_page_is_summed_up_by_its_first_paragraph() {
        assert_eq!(summary("# a-b\n\nOne\ntwo `x`.\n\nThree.\n"), "One two <code>x</code>.");
    }
}
