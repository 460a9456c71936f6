//! Files → what the page would show of them: the text is the whole cluster where it holds one, else a cluster stands in for
//! it, and whatever the policies name is added.

use netpol::{Analysis, Inputs, Source, Witnesses};

use crate::{args::Files, files::Reader, judged::BUILT_IN, report::Report};

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
    /// Reads the files and judges them; `None` where an answer would not be about what was asked.
    pub(crate) fn read(files: &Files, report: &mut Report) -> Option<Self> {
        let mut reader = Reader::default();
        let cluster = reader.read(&files.cluster, report);
        let mut texts = reader.read(&files.files, report);
        if report.has_errors() || texts.is_empty() {
            report.error("there is nothing to show: not every file was read", None);
            return None;
        }
        let analysis = analysis(texts.clone(), cluster.clone(), Witnesses::Add);
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
    let built_in = || vec![Source::new(BUILT_IN, lessons::CLUSTER)];
    let fallback = if cluster.is_empty() { built_in() } else { cluster };
    Analysis::of(Inputs { text, fallback, witnesses, ..Inputs::default() })
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
