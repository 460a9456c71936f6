//! What is said about the lines of a text, as `readMarks` in web/editor/text.js reads it: a record for each mark, its
//! fields cut by characters that no text can bring along, since `harmless` spells them out.

use std::fmt::Write;

use protocol::{Advice, Tab, View, harmless};

use crate::components::editor::LineMarks;

/// All marks of a text. The advice is of this very text, or left out; then the editor keeps what it has of lints.
pub fn marks(lines: &LineMarks, view: &View, advice: Option<&Advice>, tab: Tab) -> String {
    let mut marks = String::new();
    // while they are not known, the editor keeps those that it has, wherever they are by now
    if lines.is_behind_known {
        marks.push_str("lines\x1e");
        for (first, last) in &lines.behind {
            let _ = write!(marks, "behind\x1f{first}\x1f{last}\x1e");
        }
    }
    for (line, contradiction) in &lines.expectations {
        let is = harmless(contradiction.as_deref().unwrap_or_default());
        let _ = write!(marks, "expectation\x1f{line}\x1f{is}\x1e");
    }
    let [policies, cluster] = advice.map_or(&view.marks, |advice| &advice.marks);
    marks.push_str(if tab == Tab::Policies { policies } else { cluster });
    marks
}
