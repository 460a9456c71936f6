//! Files → what an article shows of them: one text, a cluster of its own where there is one, and what the two say.

use netpol::{Analysis, Source};

use crate::{
    args::Files,
    files::Reader,
    judged::{Assume, inputs, joined},
    report::Report,
};

/// A text and what is made of it.
pub(crate) struct Shown {
    /// All files as one text.
    pub(crate) policies: String,
    /// The cluster where there is one, and not the example that stands there by itself.
    pub(crate) cluster: Option<String>,
    /// The files, those of the cluster behind the others.
    pub(crate) texts: Vec<Source>,
    pub(crate) analysis: Analysis,
}

impl Shown {
    /// Reads the files and judges them; `None` where an answer would not be about what was asked.
    pub(crate) fn read(files: &Files, report: &mut Report) -> Option<Self> {
        let mut reader = Reader::default();
        let cluster = reader.read(&files.cluster, report);
        let mut texts = reader.read(&files.files, report);
        if report.has_errors() || texts.is_empty() {
            report.error("there is nothing to show: not every file was read", None);
            return None;
        }
        let analysis = Analysis::of(inputs(texts.clone(), cluster.clone(), Assume::of(files)));
        let policies = joined(&texts);
        let own = joined(&cluster);
        let differs = !cluster.is_empty() && own != lessons::CLUSTER;
        if differs {
            texts.extend(cluster);
        }
        Some(Self { policies, cluster: differs.then_some(own), texts, analysis })
    }
}
