//! Lines of prose around a policy: what an article or a chat says before and after it, and the fences of Markdown.

use super::{
    Reading,
    indentation::{Insertion, inserted, lines},
    reading,
};
use crate::{source::Span, yaml};

/// A text with more of them is no policy with some prose.
const MOST_LINES: usize = 40;
/// A shorter line may as well be a field that lacks its colon.
const LEAST_WORDS: usize = 3;

/// What makes comments of the lines of prose, where the rest is a policy or another object.
pub(crate) fn prose(text: &str, document: Span) -> Option<Vec<Insertion>> {
    let found = lines(text, document)?.into_iter().filter(|line| is_prose(line.text));
    let insertions: Vec<Insertion> = found.map(|line| (line.start, "# ".to_owned())).collect();
    if insertions.is_empty() || insertions.len() > MOST_LINES {
        return None;
    }
    let is_sound = |document: &yaml::Document| {
        let is_whole = |root: &yaml::Node| match reading(root) {
            Reading::Part(_) => true,
            Reading::Object => root.get("kind").is_some(),
            Reading::Unclear(_) => false,
        };
        document.faults.is_empty() && document.root.as_ref().is_none_or(is_whole)
    };
    let after = inserted(text, document, &insertions);
    let documents = yaml::documents(&after);
    let is_something = documents.iter().any(|document| document.root.is_some());
    (is_something && documents.iter().all(is_sound)).then_some(insertions)
}

/// Whether a line is no field: words from the first column on, or a fence.
fn is_prose(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or("");
    let is_word = first.starts_with(char::is_alphabetic);
    let field = first.trim_end_matches(':');
    let is_field = ["apiVersion", "kind", "metadata", "spec", "status", "data", "items"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(field));
    // a fragment begins with them in the first column, and a line that is left out would be a condition less
    let is_condition = ["from", "to", "ports", "podSelector", "ingress", "egress", "policyTypes"];
    let is_field = is_field || is_condition.contains(&field);
    let is_sentence = is_word && words.count() + 1 >= LEAST_WORDS && !line.contains(": ");
    line.starts_with("```") || is_sentence && !is_field && line.starts_with(first)
}
