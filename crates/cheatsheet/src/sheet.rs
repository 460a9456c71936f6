//! The sheet from top to bottom, a function a section.

use std::fmt::Write as _;

use lessons::Scenario;
use netpol::Code;
use render::{Answer, COLUMNS, Table, escaped};

use crate::{
    judged,
    prose::{prose, summary},
};

/// The article's mental model, as the page asks it of every connection.
const QUESTIONS: [&str; 4] = [
    "**Which policies select the pod?** None: it is wide open, in both directions. `podSelector: {}` selects every pod of the policy's own namespace.",
    "**Is the direction among their `policyTypes`?** If it is in none, nothing is restricted that way. Where `policyTypes` is missing, `Ingress` is always in it, and `Egress` where there are egress rules.",
    "**Does a rule match?** Items of a list are alternatives (or); fields inside one item must all be met (and). A rule asks who and on which port.",
    "**Any rule of any policy is enough.** Policies only add: there are no denials, no order and no priorities. A connection needs the caller's egress and the called pod's ingress.",
];

/// Texts that look alike: what follows `podSelector: {}` in the spec.
const ALIKE: [&str; 9] = [
    "policyTypes: [Ingress]  # no ingress key",
    "ingress: []",
    "ingress: [{}]",
    "ingress:\n- from: []",
    "ingress:\n- from:  # nothing behind it",
    "ingress:\n- from:\n  - podSelector: {}",
    "ingress:\n- from:\n  - namespaceSelector: {}",
    "egress: [{}]  # and no policyTypes",
    "policyTypes: [Egress]",
];

/// The whole of it.
pub(crate) fn html() -> String {
    let mut html = String::from(
        "<main>\n<h1>NetworkPolicy cheat sheet</h1>\n<p class=\"lead\">Every answer here is computed by the \
         <a href=\"./\">playground</a>, for policies in the namespace ai-platform of its example cluster.</p>\n",
    );
    for (title, body) in [
        ("Four questions", questions()),
        ("Eight policies, one line apart", eight()),
        ("One dash: and, or", one_dash()),
        ("Missing or empty", alike()),
        ("The way out, and DNS", notes("Egress and DNS", Some("egress-dns"))),
        ("Ports", notes("Ports", None)),
        ("Addresses", notes("Addresses", None)),
        ("Other namespaces", notes("Crossing the border", None)),
        ("Legal, but surprising", traps()),
    ] {
        let id = title.to_lowercase().replace([',', ':'], "").replace(' ', "-");
        let _ = write!(
            html,
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n{body}</section>\n"
        );
    }
    html + "</main>\n"
}

fn questions() -> String {
    let strong = |text: &str| {
        let mut parts = text.splitn(3, "**").skip(1);
        let [title, rest] = [parts.next().unwrap_or_default(), parts.next().unwrap_or_default()];
        format!("<li><strong>{}</strong>{}</li>\n", prose(title), prose(rest))
    };
    format!("<ol>\n{}</ol>\n", QUESTIONS.map(strong).concat())
}

/// The table as the page shows it, and how each row is written.
fn eight() -> String {
    let Some(all) = lessons::scenario(lessons::LANDING) else { return String::new() };
    let mut table = judged::table(all);
    for row in &mut table.rows {
        let name = row.policy.rsplit('/').next().unwrap_or_default();
        row.policy = lessons::title(name).unwrap_or_default().to_owned();
    }
    let cards = members(all.group).filter(|one| one.slug != lessons::LANDING).map(card);
    format!(
        "{}\n<div class=\"cards\">\n{}</div>\n",
        render::html(&table),
        cards.collect::<String>()
    )
}

fn one_dash() -> String {
    let side = |one: &Scenario| {
        let answers = answers_of(&judged::table(one));
        let list = COLUMNS
            .iter()
            .zip(&answers)
            .map(|(column, answer)| format!("<li>{column}: {}</li>\n", escaped(&answer.words())));
        let list: String = list.collect();
        format!(
            "{}<ul>\n{list}</ul>\n<p>{}</p>\n</div>\n",
            card(one).trim_end_matches("</div>\n"),
            prose(one.note)
        )
    };
    let sides = ["and-labels", "or-labels"].into_iter().filter_map(lessons::scenario);
    format!("<div class=\"cards\">\n{}</div>\n", sides.map(side).collect::<String>())
}

/// What is written → three answers.
fn alike() -> String {
    let mut html = String::from(
        "<table>\n<thead>\n<tr><th scope=\"col\">Beside <code>podSelector: {}</code></th>",
    );
    for column in COLUMNS {
        let _ = write!(html, "<th scope=\"col\">{column}</th>");
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for text in ALIKE {
        let _ = write!(
            html,
            "<tr><th scope=\"row\"><pre><code>{}</code></pre></th>",
            escaped_lines(text)
        );
        for answer in answers_of(&judged::variant(text)) {
            let (state, glyph, words) =
                (answer.state.as_str(), answer.glyph(), escaped(&answer.words()));
            let _ = write!(
                html,
                "<td class=\"{state}\"><span aria-hidden=\"true\">{glyph}</span> {words}</td>"
            );
        }
        html.push_str("</tr>\n");
    }
    html + "</tbody>\n</table>\n"
}

/// What is said of the texts of a group, and how one of them is written.
fn notes(group: &str, shown: Option<&str>) -> String {
    let shown = shown.and_then(lessons::scenario).map(card).unwrap_or_default();
    let items = members(group).map(|one| format!("<li>{}: {}</li>\n", link(one), prose(one.note)));
    format!("{shown}<ul>\n{}</ul>\n", items.collect::<String>())
}

/// Every lint, with what sums its page up.
fn traps() -> String {
    let surprising = Code::ALL.iter().filter(|code| code.is_lint());
    let items = surprising.map(|code| {
        let name = code.as_str();
        format!("<li><a href=\"./codes.html#{name}\">{name}</a>: {}</li>\n", summary(code.page()))
    });
    format!("<ul class=\"traps\">\n{}</ul>\n", items.collect::<String>())
}

fn card(one: &Scenario) -> String {
    let rules = escaped_lines(&judged::rules(one.policies));
    format!(
        "<div class=\"card\">\n<h3>{}</h3>\n<pre><code>{rules}</code></pre>\n</div>\n",
        link(one)
    )
}

fn link(one: &Scenario) -> String {
    format!("<a href=\"./#/s/{}\">{}</a>", one.slug, escaped(one.name))
}

fn members(group: &str) -> impl Iterator<Item = &'static Scenario> {
    let group = lessons::groups().iter().find(|one| one.name == group);
    group.into_iter().flat_map(|group| group.members.iter().copied())
}

/// Those of the first policy, which is the only one.
fn answers_of(table: &Table) -> [Answer; 3] {
    table.rows.first().map_or_else(|| table.together.clone(), |row| row.answers.clone())
}

/// [`escaped`] keeps no line breaks.
fn escaped_lines(text: &str) -> String {
    text.lines().map(escaped).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_sheet_has_something_to_say() {
        let html = html();
        for section in html.split("<section").skip(1) {
            assert!(section.len() > 300, "{section}");
        }
        assert!(html.matches("<div class=\"card\">").count() >= 11);
        assert!(html.matches("codes.html#").count() > 20);
        assert!(html.contains("codes.html#egress-without-dns"));
        assert!(html.contains("<th scope=\"row\">Specific Pod+NS</th>"));
        assert!(!html.contains('`') && !html.contains("**"));
    }

    #[test]
    fn an_empty_list_of_rules_and_an_empty_list_in_a_rule_are_told_apart() {
        let words = |text| answers_of(&judged::variant(text)).map(|answer| answer.words());
        assert_eq!(words(ALIKE[1]), ["Denied"; 3]);
        assert_eq!(words(ALIKE[3]), ["Allowed"; 3]);
        assert_eq!(words(ALIKE[7]), ["Denied"; 3]);
        assert_eq!(words(ALIKE[8]), ["Not restricted"; 3]);
    }
}
