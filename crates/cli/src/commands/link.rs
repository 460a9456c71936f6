//! `netpol link`: the files' text, byte for byte, as a link that opens it in the playground.

use clap::Args;
use netpol::Source;
use permalink::{Fields, Shared};

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
    let cluster = (!cluster.is_empty()).then(|| joined(&cluster));
    let shared = Shared {
        policies: joined(&texts),
        cluster: cluster.filter(|cluster| cluster != lessons::CLUSTER),
        fields: Fields::default(),
    };
    match shared.encode() {
        Ok(link) => {
            printer.line(&format!("{}{link}", arguments.base));
            Outcome::Success
        }
        Err(error) => {
            report.error(&error.to_string(), Some(error.help()));
            Outcome::InputError
        }
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
