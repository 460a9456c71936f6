//! What is said about the lines of a text, as `readMarks` in web/editor/text.js reads it: a record for each mark, its
//! fields cut by a character that no YAML may hold and no message has reason to.

use std::fmt::Write;

use crate::{advice::Advice, components::editor::LineMarks, place::Tab, problem::Problem};

/// Problems shown in a text; nobody reads more, and a hostile text has thousands.
pub const MOST_DIAGNOSTICS: usize = 200;

/// All marks of a text. The advice is of this very text, or left out; then the editor keeps what it has of lints.
pub fn marks(lines: &LineMarks, read: &[Problem], advice: Option<&Advice>, tab: Tab) -> String {
    let mut marks = String::new();
    for (first, last) in &lines.behind {
        let _ = write!(marks, "behind\x1f{first}\x1f{last}\x1e");
    }
    for (line, contradiction) in &lines.expectations {
        let is = contradiction.as_deref().unwrap_or_default();
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

/// A problem, without the end of its record.
pub fn put_problem(marks: &mut String, problem: &Problem) {
    let Problem { message, start, end, .. } = problem;
    let help = problem.help.as_deref().unwrap_or_default();
    let severity = problem.severity();
    let _ = write!(marks, "{severity}\x1f{start}:{end}\x1f{message}\x1f{help}");
}
