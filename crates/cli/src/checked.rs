//! Files → everything that is to be said of them, as one set. Unlike the other commands, those that list findings go on
//! where something cannot be read: that is a finding too.

use std::path::PathBuf;

use netpol::{
    Analysis, Code, Inputs, NamespaceName, Release, Remedy, Source,
    lint::{Finding as Remark, Linted, linted, not_looked_for},
    repair,
};

use crate::{
    files::Reader,
    findings::{Allower, Silenced},
    judged::{Assume, inputs},
    options::{Allowing, Files},
    report::Report,
    settings::Settings,
    text::{Text, paths, sources},
    unread::Unread,
};

/// What was read.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    assume: Assume,
    /// What the command is asked about.
    pub(crate) text: Vec<Text>,
    /// What belongs to the cluster too.
    cluster: Vec<Text>,
    /// What is no text that could be judged, and why.
    refused: Vec<(Text, Remark)>,
    /// Where objects land that name no namespace.
    landing: Option<NamespaceName>,
    /// The release of Kubernetes that is asked.
    kubernetes: Release,
    /// What holds for the folder.
    pub(crate) settings: Settings,
    /// What the command line allows.
    allowed: Vec<Code>,
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
    /// The files, and behind them the settings' own where something is said of it.
    pub(crate) sources: Vec<Source>,
    /// What those are called for the system, where they are files.
    pub(crate) paths: Vec<Option<PathBuf>>,
    /// How many of them are files that were asked about.
    pub(crate) files: usize,
    /// By place.
    pub(crate) remarks: Vec<Remark>,
    /// What would be among them if nobody allowed it.
    pub(crate) silenced: Vec<Silenced>,
    /// The name of the settings' file, where there is one.
    pub(crate) settings: Option<String>,
}

impl Texts {
    /// Reads the files; what the system does not hand over is an error of its own. `None` where the settings cannot be told.
    pub(crate) fn read(files: &Files, allowing: &Allowing, report: &mut Report) -> Option<Self> {
        let settings = Settings::of(files, report)?;
        let landing = settings.landing(files, report);
        let mut reader = Reader::default();
        let mut texts = Self {
            assume: Assume::of(files),
            kubernetes: settings.release(files),
            settings,
            landing,
            allowed: allowing.allow.clone(),
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
        Some(Self { text, cluster, ..texts })
    }

    /// Takes another text for one that was read, wherever that one serves.
    pub(crate) fn replace(&mut self, before: &Text, text: &str) {
        for one in self.text.iter_mut().chain(&mut self.cluster).filter(|one| one.is_of(before)) {
            one.source = Source::new(one.source.name(), text);
        }
    }

    /// Judges them.
    pub(crate) fn check(&self, looking: Looking) -> Checked {
        let own = self.text.len() + self.cluster.len();
        let mut analysis = self.analysis(self.assume);
        let Linted { found, allowed } = match looking {
            Looking::ForFaults => Linted::default(),
            // what the example lacks may well be in the cluster that is meant
            Looking::ForLints if analysis.uses_fallback => linted(&self.analysis(Assume::Nothing)),
            Looking::ForLints => linted(&analysis),
        };
        let plain = std::mem::take(&mut analysis.diagnostics).into_iter();
        let plain = plain.map(|diagnostic| {
            let is_mended = diagnostic.remedy.as_ref().is_some_and(keeps_what_is_written);
            let fix = if is_mended { repair::fix(&analysis.manifest, &diagnostic) } else { None };
            Remark { diagnostic, fix }
        });
        let mut remarks: Vec<Remark> = plain.chain(found).collect();
        remarks.retain(|remark| remark.diagnostic.source < own);
        if looking == Looking::ForLints {
            // within one document the API server's own order would part what stands side by side
            remarks.sort_by_key(|Remark { diagnostic, .. }| {
                (diagnostic.source, diagnostic.span.start)
            });
        }
        let unknown = not_looked_for(&analysis);
        let by_comment = analysis.allowed.into_iter().chain(allowed);
        let silenced = by_comment.filter(|one| one.diagnostic.source < own).map(Silenced::from);
        let silenced = silenced.collect();
        let mut sources = analysis.manifest.sources;
        sources.truncate(own);
        for (shown, mut remark) in self.refused.iter().cloned() {
            remark.diagnostic.source = sources.len();
            remarks.push(remark);
            sources.push(shown.source);
        }
        let refused = self.refused.iter().map(|(text, _)| text);
        let paths = paths(self.text.iter().chain(&self.cluster).chain(refused));
        let settings = self.settings.source.as_ref().map(|source| source.name().to_owned());
        let mut checked =
            Checked { files: sources.len(), sources, paths, remarks, silenced, settings };
        self.silence(&mut checked, looking, &unknown);
        checked
    }

    /// Takes out what the settings and the command line allow, and tells what is allowed in vain.
    fn silence(&self, checked: &mut Checked, looking: Looking, unknown: &[Code]) {
        let Checked { sources, paths, remarks, silenced, .. } = checked;
        let is_whole = !remarks.iter().any(|remark| remark.diagnostic.leaves_out());
        let (allowed, unused) = self.settings.sift(paths, remarks, |remark| &remark.diagnostic);
        silenced.extend(allowed.into_iter().map(|(Remark { diagnostic, .. }, entry)| {
            let (by, reason) = (Allower::Settings, entry.reason.clone());
            Silenced { diagnostic, by, reason }
        }));
        let is_known = looking == Looking::ForLints && is_whole && self.faults.is_empty();
        if is_known && self.settings.tells_unused() {
            let unused = unused.into_iter().filter(|entry| !unknown.contains(&entry.code));
            remarks.extend(
                unused
                    .map(|entry| Remark { diagnostic: entry.is_unused(sources.len()), fix: None }),
            );
            sources.extend(self.settings.source.clone());
        }
        remarks.retain(|Remark { diagnostic, .. }| {
            let is_kept = diagnostic.is_error() || !self.allowed.contains(&diagnostic.code);
            if !is_kept {
                let (by, reason, diagnostic) = (Allower::CommandLine, None, diagnostic.clone());
                silenced.push(Silenced { diagnostic, by, reason });
            }
            is_kept
        });
    }

    fn analysis(&self, assume: Assume) -> Analysis {
        let inputs = inputs(sources(&self.text), sources(&self.cluster), assume);
        let (namespace, kubernetes) = (self.landing.clone(), self.kubernetes);
        Analysis::of(Inputs { namespace, kubernetes, ..inputs })
    }
}

/// Whether a remedy writes what is there already as the API reads it, or takes out what says nothing. One that asks what
/// was meant is for a button with somebody before it; whole fragments and indentation are the page's to mend, where people paste.
const fn keeps_what_is_written(remedy: &Remedy) -> bool {
    match remedy {
        Remedy::Remove | Remedy::Quote | Remedy::Dash | Remedy::Undash => true,
        Remedy::Write(_)
        | Remedy::Rename(_)
        | Remedy::Entry { .. }
        | Remedy::Gather(_)
        | Remedy::Ports { .. }
        | Remedy::Plain
        | Remedy::Comment
        | Remedy::Indent
        | Remedy::Part
        | Remedy::Complete
        | Remedy::Render(_) => false,
    }
}
