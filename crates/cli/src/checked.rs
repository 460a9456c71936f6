//! Files → everything that is to be said of them, as one set. Unlike the other commands, those that list findings go on
//! where something cannot be read: that is a finding too.

use netpol::{
    Analysis, Code, Inputs, Source, Witnesses,
    lint::{Finding as Remark, lints},
    repair,
};

use crate::{
    args::Files,
    files::{Reader, Unread},
    report::Report,
};

/// What was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
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
        let mut texts = Self::default();
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
        let mut analysis = self.analysis(lessons::CLUSTER);
        let linted = match looking {
            Looking::ForFaults => Vec::new(),
            // what the built-in cluster lacks may well be in the one that is meant
            Looking::ForLints if analysis.uses_fallback => lints(&self.analysis("")),
            Looking::ForLints => lints(&analysis),
        };
        let plain = std::mem::take(&mut analysis.diagnostics).into_iter();
        let plain = plain.map(|diagnostic| {
            // whole fragments and indentation are the page's to mend, where people paste
            let is_mended = diagnostic.code == Code::FieldOfAnotherVersion;
            let fix = if is_mended { repair::fix(&analysis.manifest, &diagnostic) } else { None };
            Remark { diagnostic, fix }
        });
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

    fn analysis(&self, fallback: &str) -> Analysis {
        Analysis::of(Inputs {
            text: self.text.clone(),
            cluster: self.cluster.clone(),
            fallback: vec![Source::new("built-in cluster", fallback)],
            witnesses: Witnesses::AddUnlessPods,
        })
    }
}
