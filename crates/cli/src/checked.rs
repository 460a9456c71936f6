//! Files → everything that is to be said of them, as one set. Unlike the other commands, those that list findings go on
//! where something cannot be read: that is a finding too.

use netpol::{
    Analysis, Source,
    lint::{Finding as Remark, lints},
};

use crate::{
    args::Files,
    files::{Reader, Unread},
    judged::{Assume, inputs},
    report::Report,
};

/// What was read.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    assume: Assume,
    /// What the command is asked about.
    pub(crate) text: Vec<Source>,
    /// What belongs to the cluster too.
    cluster: Vec<Source>,
    /// What is no text that could be judged, and why.
    refused: Vec<(Source, Remark)>,
    /// What could not be read at all, in words.
    pub(crate) faults: Vec<String>,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looking {
    /// What is wrong, missing or assumed.
    ForFaults,
    /// The lints as well: what is legal, but surprising.
    ForLints,
}

/// Texts, and all that there is to say of them.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) sources: Vec<Source>,
    /// By place.
    pub(crate) remarks: Vec<Remark>,
}

impl Texts {
    /// Reads the files; what the system does not hand over is an error of its own.
    pub(crate) fn read(files: &Files, report: &mut Report) -> Self {
        let mut reader = Reader::default();
        let mut texts = Self {
            assume: Assume::of(files),
            text: Vec::new(),
            cluster: Vec::new(),
            refused: Vec::new(),
            faults: Vec::new(),
        };
        let [cluster, text] = [&files.cluster, &files.files].map(|paths| {
            let mut read = Vec::new();
            for text in reader.try_read(paths) {
                match text {
                    Ok(text) => read.push(text),
                    Err(Unread::NoText { shown, diagnostic }) => {
                        let remark = Remark { diagnostic: *diagnostic, fix: None };
                        texts.refused.push((shown, remark));
                    }
                    Err(Unread::Fault { message, help }) => {
                        report.error(&message, help);
                        texts.faults.push(message);
                    }
                }
            }
            read
        });
        Self { text, cluster, ..texts }
    }

    /// Takes another text for one that was read, wherever that one serves.
    pub(crate) fn replace(&mut self, before: &Source, text: &str) {
        let of_file = |source: &&mut Source| *source == before;
        for source in self.text.iter_mut().chain(&mut self.cluster).filter(of_file) {
            *source = Source::new(before.name(), text);
        }
    }

    /// Judges them.
    pub(crate) fn check(&self, looking: Looking) -> Checked {
        let own = self.text.len() + self.cluster.len();
        let mut analysis = self.analysis(self.assume);
        let linted = match looking {
            Looking::ForFaults => Vec::new(),
            // what the example lacks may well be in the cluster that is meant
            Looking::ForLints if analysis.uses_fallback => lints(&self.analysis(Assume::Nothing)),
            Looking::ForLints => lints(&analysis),
        };
        let plain = std::mem::take(&mut analysis.diagnostics).into_iter();
        let plain = plain.map(|diagnostic| Remark { diagnostic, fix: None });
        let mut remarks: Vec<Remark> = plain.chain(linted).collect();
        remarks.retain(|remark| remark.diagnostic.source < own);
        if looking == Looking::ForLints {
            // within one document the API server's own order would part what stands side by side
            remarks.sort_by_key(|Remark { diagnostic, .. }| {
                (diagnostic.source, diagnostic.span.start)
            });
        }
        let mut sources = analysis.manifest.sources;
        sources.truncate(own);
        for (shown, mut remark) in self.refused.iter().cloned() {
            remark.diagnostic.source = sources.len();
            remarks.push(remark);
            sources.push(shown);
        }
        Checked { sources, remarks }
    }

    fn analysis(&self, assume: Assume) -> Analysis {
        Analysis::of(inputs(self.text.clone(), self.cluster.clone(), assume))
    }
}
