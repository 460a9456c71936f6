//! Notes that say the same of the same file, told once: a directory of policies without a namespace is one thing to know,
//! not twenty. Errors and warnings are never folded, and programs get every finding.

use std::collections::BTreeMap;

use netpol::Severity;

use super::Finding;

/// A finding, and the lines of the notes that repeat it.
#[derive(Debug)]
pub(crate) struct Folded<'a> {
    pub(crate) finding: Finding<'a>,
    pub(crate) also: Vec<usize>,
}

/// The findings in their order, each repeated note where it was said first.
pub(crate) fn folded<'a>(findings: impl IntoIterator<Item = Finding<'a>>) -> Vec<Folded<'a>> {
    let mut all: Vec<Folded<'a>> = Vec::new();
    let mut notes = BTreeMap::new();
    for finding in findings {
        let diagnostic = finding.diagnostic;
        if diagnostic.severity() == Severity::Note {
            let said = (diagnostic.source, diagnostic.code, diagnostic.message.as_str());
            let first = *notes.entry(said).or_insert(all.len());
            if let Some(first) = all.get_mut(first) {
                first.also.push(finding.start.line);
                continue;
            }
        }
        all.push(Folded { finding, also: Vec::new() });
    }
    all
}
