//! Files → what a table or a matrix is read from, all files as one set, and everything that is said of them besides.

use netpol::{Analysis, Cluster, Code, Diagnostic, Inputs, Source, Witnesses, explain};

use crate::{
    args::Files,
    files::Reader,
    findings::{findings, folded},
    missing::Missing,
    omissions::Omissions,
    report::Report,
};

/// The name of the built-in cluster in messages.
pub(crate) const BUILT_IN: &str = "built-in cluster";

/// Reads the files and judges them; `None` where an answer would not be about what was asked.
pub(crate) fn judged(files: &Files, report: &mut Report) -> Option<Analysis> {
    let mut reader = Reader::default();
    let cluster = reader.read(&files.cluster, report);
    if report.has_errors() {
        // in another cluster the answer would be another one
        return None;
    }
    let text = reader.read(&files.files, report);
    if text.is_empty() {
        report.error("there is nothing to show: no file was read", None);
        return None;
    }
    Some(Analysis::of(Inputs {
        text,
        cluster,
        fallback: vec![Source::new(BUILT_IN, lessons::CLUSTER)],
        witnesses: Witnesses::AddUnlessPods,
    }))
}

/// Everything besides the answer itself: what is wrong, what is missing, and what was assumed. Tells how many policies
/// there are, those included that are missing from the answer.
pub(crate) fn tell(analysis: &Analysis, answer: &str, report: &mut Report) -> usize {
    // the answer is not about the `#?` lines, and the pods that they name may be in other files
    let is_shown = |diagnostic: &&Diagnostic| {
        !matches!(diagnostic.code, Code::ExpectationSyntax | Code::ExpectationUnknownPod)
    };
    let shown = analysis.diagnostics.iter().filter(is_shown);
    for folded in folded(findings(&analysis.manifest.sources, shown)) {
        report.folded(&folded);
    }
    let missing = Missing::of(&analysis.manifest);
    if let Some(sentence) = missing.sentence(answer) {
        report.error(&sentence, None);
    }
    if let Some(sentence) = explain::not_evaluated(&analysis.manifest) {
        report.warning(&sentence, None);
    }
    let is_built_in = |source: &Source| source.name() == BUILT_IN;
    if analysis.uses_fallback && analysis.manifest.sources.last().is_some_and(is_built_in) {
        report.note("no Namespace and no Pod in these files: the built-in cluster serves");
    }
    if let Some(added) = added(analysis) {
        report.note(&format!(
            "added to the cluster, so that the policies show their meaning: {added}"
        ));
    }
    analysis.cluster.policies().count() + missing.count()
}

/// What the answer cannot show, where it does not say so itself.
pub(crate) fn tell_of_omissions(cluster: &Cluster, answer: &str, report: &mut Report) {
    Omissions::of(cluster).sentences(answer).iter().for_each(|sentence| report.note(sentence));
}

/// The witnesses by name; `None` where there are none.
fn added(analysis: &Analysis) -> Option<String> {
    let added = &analysis.added;
    let namespaces =
        added.namespaces.iter().map(|namespace| format!("namespace {}", namespace.meta.name.name));
    let pods = added.pods.iter().map(|pod| format!("pod {}", pod.meta.name));
    let names: Vec<String> = namespaces.chain(pods).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
