//! `netpol link`: the files' text, byte for byte, as a link that opens it in the playground, and a warning where the page
//! would see another cluster in it than a terminal does.

use clap::Args;
use lessons::Scenario;
use netpol::{Analysis, Inputs, Source, Witnesses};
use permalink::{EncodeError, Fields, Shared};

use crate::{args::Files, files::Reader, outcome::Outcome, printer::Printer, report::Report};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    /// The playground's address, put before the link
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true, value_parser = base)]
    base: String,
}

/// The link starts at `#`, so what it is put behind must not have one.
fn base(text: &str) -> Result<String, String> {
    if text.contains('#') {
        return Err("the address must end before the `#`".to_owned());
    }
    Ok(text.to_owned())
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let mut reader = Reader::default();
    let cluster = reader.read(&arguments.files.cluster, report);
    let texts = reader.read(&arguments.files.files, report);
    for source in
        cluster.iter().chain(&texts).filter(|source| netpol::secret::holds_secret(source.text()))
    {
        let message = format!(
            "`{}` holds a Secret: whoever has a link can read all of its text",
            source.name()
        );
        report.error(&message, Some("leave the Secret out; it takes no part in what policies do"));
    }
    if report.has_errors() {
        return Outcome::InputError;
    }
    match encoded(&texts, &cluster) {
        Ok(link) => {
            tell_of_difference(texts, cluster, report);
            printer.line(&format!("{}{link}", arguments.base));
            Outcome::Success
        }
        Err(error) => {
            report.error(&error.to_string(), Some(error.help()));
            Outcome::InputError
        }
    }
}

/// The link, from `#` on: the short one where the text is a built-in one in its own cluster.
fn encoded(texts: &[Source], cluster: &[Source]) -> Result<String, EncodeError> {
    let policies = joined(texts);
    let cluster = if cluster.is_empty() { lessons::CLUSTER.to_owned() } else { joined(cluster) };
    let is_just =
        |scenario: &&Scenario| scenario.policies == policies && scenario.cluster_text() == cluster;
    if let Some(scenario) = lessons::scenarios().iter().find(is_just) {
        return Ok(format!("#/s/{}", scenario.slug));
    }
    let cluster = (cluster != lessons::CLUSTER).then_some(cluster);
    Shared { policies, cluster, fields: Fields::default() }.encode()
}

/// In a terminal, `--cluster` is always added. The page takes it for the whole cluster, and only if there is none in the
/// text. Where that makes another cluster, it is said.
fn tell_of_difference(texts: Vec<Source>, cluster: Vec<Source>, report: &mut Report) {
    if cluster.is_empty() {
        return;
    }
    let built_in = || vec![Source::new("built-in cluster", lessons::CLUSTER)];
    let witnesses = Witnesses::Off;
    let page =
        Inputs { text: texts.clone(), fallback: cluster.clone(), witnesses, ..Inputs::default() };
    let terminal = Inputs { text: texts, cluster, fallback: built_in(), witnesses };
    let [page, terminal] = [page, terminal].map(Analysis::of);
    if page.cluster == terminal.cluster {
        return;
    }
    if page.uses_fallback {
        report.warning(
            "the page takes what `--cluster` names for the whole cluster, and it holds no Namespace and no Pod: `netpol table` adds the built-in cluster",
            Some("put the Namespaces and Pods that are meant into it"),
        );
    } else {
        report.warning(
            "the page leaves out what `--cluster` names, since the files hold a Namespace or a Pod and so are the whole cluster there: `netpol table` adds the two",
            Some("name it without `--cluster`, as one of the files, and the link opens both"),
        );
    }
}

/// One text stays as it is; several are parted by `---` lines.
fn joined(sources: &[Source]) -> String {
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
