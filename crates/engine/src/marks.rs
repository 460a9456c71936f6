//! What the editors are told of problems, as `readMarks` in web/editor/text.js reads it: a record each, its fields cut by
//! characters that no text can bring along, since `harmless` spells them out.

use std::fmt::Write;

use netpol::{Analysis, lint::Fix};
use protocol::{Problem, Tab, harmless};

use crate::{convert, problems::Said};

/// Problems shown in a text; nobody reads more, and a hostile text has thousands.
const MOST_DIAGNOSTICS: usize = 200;

/// All of them, by [`Tab`]: what was said while the texts were read, and, as advice, what is legal but surprising.
pub(crate) fn marks(analysis: &Analysis, read: &[Said], lints: &[Said]) -> [String; 2] {
    let marks = |tab| {
        let mut marks = String::new();
        put_all(&mut marks, analysis, read, tab);
        marks.push_str("advice\x1e");
        put_all(&mut marks, analysis, lints, tab);
        marks
    };
    Tab::ALL.map(marks)
}

/// What the editors are told of what was said while the texts were read, before there is time for advice.
pub(crate) fn problem_marks(analysis: &Analysis) -> [String; 2] {
    let marks = |tab| {
        let mut marks = String::new();
        let here = analysis.diagnostics.iter().filter(|one| convert::tab(one.source) == Some(tab));
        for problem in here.take(MOST_DIAGNOSTICS).filter_map(|one| convert::problem(analysis, one))
        {
            put_problem(&mut marks, &problem);
            marks.push('\x1e');
        }
        marks
    };
    Tab::ALL.map(marks)
}

fn put_all(marks: &mut String, analysis: &Analysis, said: &[Said], tab: Tab) {
    let here = said.iter().filter(|(one, _)| convert::tab(one.source) == Some(tab));
    for (diagnostic, fix) in here.take(MOST_DIAGNOSTICS) {
        let Some(problem) = convert::problem(analysis, diagnostic) else { continue };
        put_problem(marks, &problem);
        if let Some(fix) = fix {
            put_fix(marks, analysis, fix, tab);
        }
        marks.push('\x1e');
    }
}

/// A button in one text for an edit of the other would surprise.
fn put_fix(marks: &mut String, analysis: &Analysis, Fix { title, rewrite }: &Fix, tab: Tab) {
    let Some(source) = analysis.manifest.sources.get(rewrite.source) else { return };
    let is_plain = rewrite.edits.iter().all(|edit| is_plain(&edit.text));
    if convert::tab(rewrite.source) != Some(tab) || !is_plain {
        return;
    }
    let _ = write!(marks, "\x1f{}", harmless(title));
    for edit in &rewrite.edits {
        let (start, end) = convert::line_columns(source, edit.span);
        let _ = write!(marks, "\x1f{start}:{end}\x1f{}", edit.text);
    }
}

/// Whether an edit's text can stand between fields: else the editor is not offered it.
fn is_plain(text: &str) -> bool {
    !text.contains(['\x1e', '\x1f'])
}

/// A problem, without the end of its record.
fn put_problem(marks: &mut String, Problem { severity, message, help, start, end, .. }: &Problem) {
    let (message, help) = (harmless(message), harmless(help.as_deref().unwrap_or_default()));
    let _ = write!(marks, "{severity}\x1f{start}:{end}\x1f{message}\x1f{help}");
}
