//! Files → what the page would show of them: the text is the whole cluster where it holds one, else a cluster stands in for
//! it, and whatever the policies name is added.

use netpol::{Analysis, Inputs, Manifest, Source, Witnesses};

use crate::{args::Files, files::Reader, judged::BUILT_IN, report::Report, settings::Settings};

/// A text and what the page makes of it.
pub(crate) struct Shown {
    /// All files as one text.
    pub(crate) policies: String,
    /// The cluster where it serves and is not the built-in one.
    pub(crate) cluster: Option<String>,
    /// The files, those of the cluster where it serves.
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
        let mut texts = reader.read(&files.files, report);
        if report.has_errors() || texts.is_empty() {
            report.error("there is nothing to show: not every file was read", None);
            return None;
        }
        if hands_on {
            tell_of_namespace(&settings, &texts, &cluster, report);
        }
        let namespace = if hands_on { None } else { settings.landing(files, report) };
        let inputs = inputs(texts.clone(), cluster.clone(), Witnesses::Add);
        let mut analysis = Analysis::of(Inputs { namespace, ..inputs });
        settings.sift(&analysis.manifest.sources, &mut analysis.diagnostics, |one| one);
        if !cluster.is_empty() && !analysis.uses_fallback {
            report.warning(
                "`--cluster` is left out: the files hold a Namespace or a Pod, and so are the whole cluster on the page",
                Some("name it without `--cluster`, as one of the files"),
            );
        }
        let policies = joined(&texts);
        let own = joined(&cluster);
        let differs = !cluster.is_empty() && analysis.uses_fallback && own != lessons::CLUSTER;
        if differs {
            texts.extend(cluster);
        }
        Some(Self { policies, cluster: differs.then_some(own), texts, analysis })
    }
}

/// What the page makes of a text; without a cluster the built-in one stands in.
pub(crate) fn analysis(text: Vec<Source>, cluster: Vec<Source>, witnesses: Witnesses) -> Analysis {
    Analysis::of(inputs(text, cluster, witnesses))
}

fn inputs(text: Vec<Source>, cluster: Vec<Source>, witnesses: Witnesses) -> Inputs {
    let built_in = || vec![Source::new(BUILT_IN, lessons::CLUSTER)];
    let fallback = if cluster.is_empty() { built_in() } else { cluster };
    Inputs { text, fallback, witnesses, ..Inputs::default() }
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

/// One text stays as it is; several are parted by `---` lines.
pub(crate) fn joined(sources: &[Source]) -> String {
    let mut all = String::new();
    for (at, source) in sources.iter().enumerate() {
        if at > 0 {
            all.push_str(if all.is_empty() || all.ends_with('\n') { "---\n" } else { "\n---\n" });
        }
        all.push_str(source.text());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_texts_are_parted_by_lines_of_dashes() {
        let sources =
            |texts: &[&str]| texts.iter().map(|text| Source::new("x", *text)).collect::<Vec<_>>();
        assert_eq!(joined(&sources(&["a: 1"])), "a: 1");
        assert_eq!(joined(&sources(&["a: 1", "b: 2\n", "c: 3"])), "a: 1\n---\nb: 2\n---\nc: 3");
    }
}
