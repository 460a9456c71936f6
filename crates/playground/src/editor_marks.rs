//! What is said about the lines of a text, as `readMarks` in web/editor/text.js reads it: a record for each mark, its
//! fields cut by characters that no text can bring along, since [`plain`] takes them out.

use std::{borrow::Cow, fmt::Write};

use render::harmless;

use crate::{advice::Advice, components::editor::LineMarks, place::Tab, problem::Problem};

/// Problems shown in a text; nobody reads more, and a hostile text has thousands.
pub const MOST_DIAGNOSTICS: usize = 200;

/// All marks of a text. The advice is of this very text, or left out; then the editor keeps what it has of lints.
pub fn marks(lines: &LineMarks, read: &[Problem], advice: Option<&Advice>, tab: Tab) -> String {
    let mut marks = String::new();
    // while they are not known, the editor keeps those that it has, wherever they are by now
    if lines.is_behind_known {
        marks.push_str("lines\x1e");
        for (first, last) in &lines.behind {
            let _ = write!(marks, "behind\x1f{first}\x1f{last}\x1e");
        }
    }
    for (line, contradiction) in &lines.expectations {
        let is = plain(contradiction.as_deref().unwrap_or_default());
        let _ = write!(marks, "expectation\x1f{line}\x1f{is}\x1e");
    }
    if let Some(advice) = advice {
        let [policies, cluster] = &advice.marks;
        marks.push_str(if tab == Tab::Policies { policies } else { cluster });
        return marks;
    }
    let here = read.iter().filter(|problem| problem.place.tab == tab);
    for problem in here.take(MOST_DIAGNOSTICS) {
        put_problem(&mut marks, problem);
        marks.push('\x1e');
    }
    marks
}

/// A text without them: a message may quote whatever stands in the YAML. They are spelt out, as is whatever would hide or
/// turn the words around.
pub fn plain(text: &str) -> Cow<'_, str> {
    harmless(text)
}

/// Whether [`plain`] would leave an edit's text as it is: else it is not to be made.
pub fn is_plain(text: &str) -> bool {
    !text.contains(['\x1e', '\x1f'])
}

/// A problem, without the end of its record.
pub fn put_problem(marks: &mut String, problem: &Problem) {
    let Problem { message, start, end, .. } = problem;
    let (message, help) = (plain(message), plain(problem.help.as_deref().unwrap_or_default()));
    let severity = problem.severity();
    let _ = write!(marks, "{severity}\x1f{start}:{end}\x1f{message}\x1f{help}");
}
