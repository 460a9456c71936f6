//! The table for articles and feeds: a semantic HTML table that is readable without any style sheet, and whose classes are the
//! names of the states. No style, no script.

use std::fmt::Write as _;

use crate::{
    harmless,
    table::{Answer, TOGETHER, Table},
};

/// The table as HTML.
pub fn html(table: &Table) -> String {
    let mut html =
        format!("<table class=\"netpol\">\n<caption>{}</caption>\n<thead>\n<tr>", table.caption());
    for heading in table.headings() {
        let _ = write!(html, "<th scope=\"col\">{heading}</th>");
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        add(&mut html, &row.policy, &row.spec, &row.answers);
    }
    html.push_str("</tbody>\n<tfoot>\n");
    add(&mut html, TOGETHER, "", &table.together);
    html.push_str("</tfoot>\n</table>");
    html
}

fn add(html: &mut String, name: &str, spec: &str, answers: &[Answer; 3]) {
    let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(name));
    if spec.is_empty() {
        html.push_str("<td></td>");
    } else {
        let _ = write!(html, "<td><code>{}</code></td>", escaped(spec));
    }
    for answer in answers {
        let (state, glyph) = (answer.state.as_str(), answer.glyph());
        let words = escaped(&answer.words());
        // the word says it all to those who listen
        let _ = write!(
            html,
            "<td class=\"{state}\"><span aria-hidden=\"true\">{glyph}</span> {words}</td>"
        );
    }
    html.push_str("</tr>\n");
}

/// Text as text in HTML and XML, in elements and in attributes.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for c in harmless(text).chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}
