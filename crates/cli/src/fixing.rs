//! The fixes of one text, made together as far as they go together.

use std::collections::BTreeMap;

use netpol::{
    Diagnostic, Manifest, Severity, Source,
    lint::Finding as Remark,
    rewrite::{Edit, Rewrite},
};

/// A text, mended.
pub(crate) struct Mended<'r> {
    pub(crate) text: String,
    /// What was mended.
    pub(crate) made: Vec<&'r Remark>,
    /// How many fixes were not made, because they do not go together with these.
    pub(crate) left: usize,
}

/// Makes the fixes that are offered for a source; of those that do not go together, the first.
pub(crate) fn mend<'r>(source: &Source, at: usize, remarks: &'r [Remark]) -> Mended<'r> {
    let is_offered =
        |remark: &&Remark| remark.fix.as_ref().is_some_and(|fix| fix.rewrite.source == at);
    let offered: Vec<&Remark> = remarks.iter().filter(is_offered).collect();
    let mut mending = Mending { source, at, faults: faults(source.clone()), made: Vec::new() };
    mending.take(&offered);
    let text = mending.text(&[]).unwrap_or_else(|| source.text().to_owned());
    Mended { text, left: offered.len() - mending.made.len(), made: mending.made }
}

struct Mending<'s, 'r> {
    source: &'s Source,
    at: usize,
    /// How much is wrong with the text as it is.
    faults: usize,
    made: Vec<&'r Remark>,
}

impl<'r> Mending<'_, 'r> {
    /// Takes all of them at once, or as many of either half as can be.
    fn take(&mut self, offered: &[&'r Remark]) {
        let is_sound = |text: String| faults(Source::new("", text)) <= self.faults;
        if self.text(offered).is_some_and(is_sound) {
            self.made.extend(offered);
        } else if offered.len() > 1 {
            let (first, second) = offered.split_at(offered.len() / 2);
            self.take(first);
            self.take(second);
        }
    }

    /// The text with what was made and more; `None` where two of the edits meet.
    fn text(&self, more: &[&Remark]) -> Option<String> {
        let mut edits: BTreeMap<usize, &Edit> = BTreeMap::new();
        let fixes = self.made.iter().chain(more).filter_map(|remark| remark.fix.as_ref());
        for edit in fixes.flat_map(|fix| &fix.rewrite.edits) {
            // of two that only touch, the second was not made for what the first leaves behind
            let before = edits.range(..=edit.span.end).next_back();
            if before.is_some_and(|(_, other)| other.span.end >= edit.span.start) {
                return None;
            }
            edits.insert(edit.span.start, edit);
        }
        let rewrite = Rewrite { source: self.at, edits: edits.into_values().cloned().collect() };
        Some(rewrite.apply(self.source.text()))
    }
}

/// How many errors and warnings the text alone has: a key that stands twice is but a warning.
fn faults(source: Source) -> usize {
    let is_fault = |diagnostic: &&Diagnostic| diagnostic.severity() != Severity::Note;
    Manifest::read(vec![source]).diagnostics.iter().filter(is_fault).count()
}
