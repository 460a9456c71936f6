//! Files → what a table or a matrix is read from, all files as one set, and everything that is said of them besides.

use netpol::{Analysis, Cluster, Code, Diagnostic, Direction, Inputs, Source, Witnesses, explain};

use crate::{
    files::Reader,
    findings::{findings, folded},
    missing::Missing,
    omissions::Omissions,
    options::Files,
    report::Report,
    settings::Settings,
    text::{paths, sources},
};

/// The name of the example cluster in messages.
const EXAMPLE: &str = "example cluster";
/// How many of those who are assumed are named.
const MOST_NAMES: usize = 12;

/// How much is assumed beside what the files say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assume {
    /// An example cluster around texts without pods, and whom the policies name.
    Everything,
    /// The example alone.
    Example,
    /// Nothing: the files are the whole cluster.
    Nothing,
}

impl Assume {
    /// What the command line asks for.
    pub(crate) const fn of(files: &Files) -> Self {
        if files.no_assume { Self::Nothing } else { Self::Everything }
    }
}

/// Texts as they become an analysis, the same in every command and on the page.
pub(crate) fn inputs(text: Vec<Source>, cluster: Vec<Source>, assume: Assume) -> Inputs {
    // one of the examples is nobody's own, whoever hands it over
    let (cluster, example) = match joined(&cluster) {
        joined if lessons::is_example(&joined) => (Vec::new(), joined),
        _ => (cluster, lessons::CLUSTER.to_owned()),
    };
    let (fallback, witnesses) = match assume {
        Assume::Everything => (vec![Source::new(EXAMPLE, example)], Witnesses::Add),
        Assume::Example => (vec![Source::new(EXAMPLE, example)], Witnesses::Off),
        Assume::Nothing => (Vec::new(), Witnesses::Off),
    };
    Inputs { text, cluster, fallback, witnesses, ..Inputs::default() }
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

/// Reads the files and judges them; `None` where an answer would not be about what was asked.
pub(crate) fn judged(files: &Files, report: &mut Report) -> Option<Analysis> {
    let settings = Settings::of(files, report)?;
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
    let namespace = settings.landing(files, report);
    let kubernetes = settings.release(files);
    let inputs = inputs(sources(&text), sources(&cluster), Assume::of(files));
    let mut analysis = Analysis::of(Inputs { namespace, kubernetes, ..inputs });
    settings.sift(&paths(text.iter().chain(&cluster)), &mut analysis.diagnostics, |one| one);
    Some(analysis)
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
    if analysis.uses_fallback {
        report.note("no pod in these files: an example cluster stands around them");
    }
    if let Some(assumed) = assumed(analysis) {
        report.note(&format!("assumed; not in your files: {assumed}"));
    }
    analysis.cluster.policies().count() + missing.count()
}

/// What the answer cannot show, where it does not say so itself.
pub(crate) fn tell_of_omissions(cluster: &Cluster, answer: &str, report: &mut Report) {
    Omissions::of(cluster).sentences(answer).iter().for_each(|sentence| report.note(sentence));
}

/// Which policies have nothing to say in the direction of a table, and where they have.
pub(crate) fn tell_of_the_other_direction(
    cluster: &Cluster,
    direction: Direction,
    report: &mut Report,
) {
    let policies = cluster.policies().map(|(_, policy)| policy);
    let mut silent =
        policies.filter_map(|policy| Some((policy.elsewhere(direction)?, &policy.meta)));
    let Some((other, first)) = silent.next() else { return };
    let who = match silent.count() {
        0 => format!("`{}` restricts", first.name),
        1 => format!("`{}` and 1 more policy restrict", first.name),
        more => format!("`{}` and {more} more policies restrict", first.name),
    };
    report.note(&format!("{who} {other} only: `--direction {other}` shows it"));
}

/// Who is assumed, by name; `None` where nobody is.
fn assumed(analysis: &Analysis) -> Option<String> {
    let added = &analysis.added;
    let namespaces =
        added.namespaces.iter().map(|namespace| format!("namespace {}", namespace.meta.name.name));
    let pods = added.pods.iter().map(|pod| format!("pod {}", pod.meta.name));
    let names: Vec<String> = namespaces.chain(pods).collect();
    let shown = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        _ if names.is_empty() => None,
        0 => Some(shown),
        more => Some(format!("{shown} and {more} more")),
    }
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
