//! Files → what an article shows of them: one text, a cluster of its own where there is one, and what the two say.

use netpol::{Analysis, Inputs, Manifest, Source};

use crate::{
    files::Reader,
    judged::{Assume, inputs, joined},
    options::Files,
    report::Report,
    settings::Settings,
    text::{paths, sources},
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
    /// Reads the files and judges them; `None` where an answer would not be about what was asked. A text that is handed on
    /// as well has to mean there what it means here.
    pub(crate) fn read(files: &Files, hands_on: bool, report: &mut Report) -> Option<Self> {
        let settings = Settings::of(files, report)?;
        if hands_on && !stays_the_same(files, report) {
            return None;
        }
        let mut reader = Reader::default();
        let cluster = reader.read(&files.cluster, report);
        let texts = reader.read(&files.files, report);
        if report.has_errors() || texts.is_empty() {
            report.error("there is nothing to show: not every file was read", None);
            return None;
        }
        let read = paths(texts.iter().chain(&cluster));
        let (mut texts, cluster) = (sources(&texts), sources(&cluster));
        if hands_on {
            tell_of_namespace(&settings, &texts, &cluster, report);
        }
        let namespace = if hands_on { None } else { settings.landing(files, report) };
        let inputs = inputs(texts.clone(), cluster.clone(), Assume::of(files));
        let kubernetes = settings.release(files);
        let mut analysis = Analysis::of(Inputs { namespace, kubernetes, ..inputs });
        settings.sift(&read, &mut analysis.diagnostics, |one| one);
        let policies = joined(&texts);
        let own = joined(&cluster);
        let differs = !cluster.is_empty() && own != lessons::CLUSTER;
        if differs {
            texts.extend(cluster);
        }
        Some(Self { policies, cluster: differs.then_some(own), texts, analysis })
    }
}

/// Refuses a namespace that the page would know nothing of.
pub(crate) fn stays_the_same(files: &Files, report: &mut Report) -> bool {
    let Some(namespace) = &files.namespace else { return true };
    report.error(
        "the text is handed on as it is, and what names no namespace lands in `default` there",
        Some(&format!(
            "leave `--namespace` away, and write `namespace: {}` under each `metadata`",
            namespace.as_str()
        )),
    );
    false
}

/// Warns where the settings name a namespace that the page knows nothing of.
pub(crate) fn tell_of_namespace(
    settings: &Settings,
    texts: &[Source],
    cluster: &[Source],
    report: &mut Report,
) {
    let (Some(name), Some(file)) = (&settings.namespace, &settings.source) else { return };
    let read = |namespace| {
        let sources = texts.iter().chain(cluster).cloned().collect();
        let mut manifest = Manifest::landing_in(namespace);
        manifest.append(sources);
        manifest.objects
    };
    if read(None) != read(Some(name.clone())) {
        let (name, file) = (name.as_str(), file.name());
        report.warning(
            &format!(
                "what names no namespace lands in `default` on the page, and not in `{name}` as `{file}` says"
            ),
            Some(&format!("write `namespace: {name}` under each `metadata`")),
        );
    }
}
