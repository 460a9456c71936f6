//! What the editors are told of problems, and what stands below the policies where they are only part of one.

use std::fmt::Write;

use netpol::{Analysis, Code, lint::Fix, witness};

use super::{
    problems::{Said, lints, mend_button, read},
    then,
    world::world,
};
use crate::{
    editor_marks::{MOST_DIAGNOSTICS, is_plain, plain, put_problem},
    place::Tab,
    problem::Problem,
    sketch::{Sketch, classed, tag},
    vocabulary::vocabulary,
    world::World,
};

/// Fragments told of below the text; the problems list has them all.
const MOST_FRAGMENTS: usize = 2;

/// How many problems there are, the marks of both texts, what the editor offers, what was added, the assumed cluster, what has changed since a link was made, and the
/// fragments.
pub(super) fn advice(analysis: &Analysis, recorded: Option<&str>) -> Vec<String> {
    let (read, lints) = (read(analysis), lints(analysis));
    let mut list = vec![(read.len() + lints.len()).to_string()];
    list.extend(Tab::ALL.map(|tab| {
        let mut marks = String::new();
        put_all(&mut marks, analysis, &read, tab);
        marks.push_str("advice\x1e");
        put_all(&mut marks, analysis, &lints, tab);
        marks
    }));
    list.extend([vocabulary(analysis), witness::to_yaml(&analysis.added)]);
    let world = Some(world(&World::of(analysis)));
    for sketch in [world, recorded.and_then(|recorded| then::changes(analysis, recorded))] {
        let mut words = Vec::new();
        if let Some(sketch) = sketch {
            sketch.put_into(&mut words);
        }
        list.push(words.len().to_string());
        list.append(&mut words);
    }
    let fragments = read.iter().filter(|(said, _)| said.code == Code::Fragment);
    fragments.take(MOST_FRAGMENTS).for_each(|said| fragment(said).put_into(&mut list));
    list
}

fn fragment((diagnostic, fix): &Said) -> Sketch {
    let note = super::message(tag("p"), &diagnostic.to_string(), None);
    classed("div", "fragment").put(note).each(fix.iter().map(mend_button))
}

fn put_all(marks: &mut String, analysis: &Analysis, said: &[Said], tab: Tab) {
    let here = said.iter().filter(|(one, _)| Tab::of_source(one.source) == tab);
    for (diagnostic, fix) in here.take(MOST_DIAGNOSTICS) {
        let Some(problem) = Problem::of(analysis, diagnostic) else { continue };
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
    if Tab::of_source(rewrite.source) != tab || !is_plain {
        return;
    }
    let _ = write!(marks, "\x1f{}", plain(title));
    for edit in &rewrite.edits {
        let (start, end) = (source.line_column(edit.span.start), source.line_column(edit.span.end));
        let _ = write!(marks, "\x1f{start}:{end}\x1f{}", edit.text);
    }
}
