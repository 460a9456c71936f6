//! Articles with tagged blocks of policies in them: which there are, the table beside each, and whether the two agree.

mod blocks;
mod claim;
mod compare;
mod grid;
mod html;
mod markdown;
mod named;
mod tags;
mod transcript;

pub(crate) use blocks::{Block, Fault, Found, Policies};
pub(crate) use compare::{Comparison, compare};
pub(crate) use html::html;
pub(crate) use markdown::markdown;
pub(crate) use transcript::Transcript;

#[cfg(test)]
mod tests {
    use netpol::{Analysis, Direction, Source, Span};
    use proptest::prelude::*;
    use render::Table;

    use super::*;

    /// What articles are made of, in pieces that fit together in many wrong ways.
    const PIECES: &[&str] = &[
        "<figure data-netpol>",
        "</figure>",
        "<pre>",
        "<pre data-cluster hidden>",
        "</pre>",
        "<code>",
        "</code>",
        "<netpol-play scenario=\"and-trap\">",
        "<netpol-play direction=up>",
        "<p data-netpol data-cluster=#c>",
        "<p id=c>",
        "<script type=text/yaml>\n  a: 1",
        "</netpol-play>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<th>Same namespace",
        "<th>Policy</th>",
        "</td>",
        "<caption>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<",
        "&lt;",
        "&#0;",
        "&#x110000;",
        "&notin",
        "&",
        ";",
        "```yaml netpol\n",
        "```yaml netpol cluster\n",
        "```\n",
        "````",
        "~~~",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "> ",
        "- ",
        "    ",
        "\t",
        "# ",
        "| Policy | Same namespace |\n",
        "| --- | --- |\n",
        "| a | ✅ b |\n",
        "|",
        "\\",
        "é",
        "世",
        "\u{feff}",
        "\0",
        "ingress: [{}]",
        "a: [",
        "#? ",
    ];

    fn is_in(text: &str, span: Span) -> bool {
        text.get(span.start..span.end).is_some()
    }

    fn looked_at(text: &str, found: &Found) {
        for fault in &found.faults {
            assert!(is_in(text, fault.span), "{fault:?}");
        }
        for Block { at, policies, grid, .. } in &found.blocks {
            assert!(text.is_char_boundary(*at));
            let written = match policies {
                Policies::Written(written) => written.clone(),
                Policies::BuiltIn(_) | Policies::Linked(_) => Transcript::default(),
            };
            for (start, c) in written.text.char_indices() {
                let span = written.span(Span::new(start, start + c.len_utf8()));
                let is_the_same = text.get(span.start..span.end) == Some(c.to_string().as_str());
                let there = text.get(span.start..).unwrap();
                assert!(
                    is_the_same || there.starts_with(['&', '\0', '\t', ' ', '\r']),
                    "{c:?} at {there:?}"
                );
            }
            let sources = vec![Source::new("x", written.text)];
            let inputs =
                crate::judged::inputs(sources, Vec::new(), crate::judged::Assume::Everything);
            let analysis = Analysis::of(inputs);
            let table = Table::of(&analysis, Direction::Ingress);
            let Some(grid) = grid else { continue };
            let Comparison { differing, faults, .. } = compare(grid, &table);
            assert!(differing.iter().all(|one| is_in(text, one.span)));
            assert!(faults.iter().all(|one| is_in(text, one.span)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn whatever_an_article_is_made_of_every_place_is_in_it(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
            let text = pieces.concat();
            looked_at(&text, &markdown(&text));
            looked_at(&text, &html(&text));
        }
    }
}
