//! `netpol link`: the files' text, byte for byte, as a link that opens it in the playground, and a warning where the page would
//! see another cluster in it.

use clap::Args;
use lessons::Scenario;
use netpol::{Analysis, Direction, Source};
use permalink::{EncodeError, Fields, Shared};

use crate::{
    files::Reader,
    judged::{Assume, inputs, joined},
    options::Files,
    outcome::Outcome,
    printer::Printer,
    report::Report,
    settings::Settings,
    shown::{stays_the_same, tell_of_namespace},
    text::sources,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    /// The playground's address, put before the link
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true, value_parser = base)]
    base: String,
}

/// The link starts at `#`, so what it is put behind must not have one.
pub(crate) fn base(text: &str) -> Result<String, String> {
    if text.contains('#') {
        return Err("the address must end before the `#`".to_owned());
    }
    Ok(text.to_owned())
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(settings) = Settings::of(&arguments.files, report) else {
        return Outcome::InputError;
    };
    if !stays_the_same(&arguments.files, report) {
        return Outcome::InputError;
    }
    let mut reader = Reader::default();
    let cluster = sources(&reader.read(&arguments.files.cluster, report));
    let texts = sources(&reader.read(&arguments.files.files, report));
    let all = cluster.iter().chain(&texts);
    refuse_secrets(all, "whoever has a link can read all of its text", report);
    if report.has_errors() {
        return Outcome::InputError;
    }
    tell_of_namespace(&settings, &texts, &cluster, report);
    match link(&texts, &cluster, Assume::of(&arguments.files), report) {
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

/// Says which of the texts hold a Secret, and whether there is one.
pub(crate) fn refuse_secrets<'a>(
    sources: impl IntoIterator<Item = &'a Source>,
    consequence: &str,
    report: &mut Report,
) -> bool {
    let mut is_refused = false;
    let holds_secret = |source: &&Source| netpol::secret::holds_secret(source.text());
    for source in sources.into_iter().filter(holds_secret) {
        let message = format!(
            "`{}` holds a Secret or a kubeconfig's credentials: {consequence}",
            source.name()
        );
        report.error(&message, Some("leave them out: they take no part in what policies do"));
        is_refused = true;
    }
    is_refused
}

/// The link, from `#` on, that shows the table of a direction; a cluster that is not there is the built-in one.
pub(crate) fn opening(
    policies: &str,
    cluster: Option<&str>,
    direction: Direction,
) -> Result<String, EncodeError> {
    let is_just = |scenario: &&Scenario| {
        scenario.policies == policies
            && scenario.cluster_text() == cluster.unwrap_or(lessons::CLUSTER)
            && is_same(scenario.direction, direction)
    };
    if let Some(scenario) = lessons::scenarios().iter().find(is_just) {
        return Ok(format!("#/s/{}", scenario.slug));
    }
    let direction = (direction == Direction::Egress).then_some(permalink::Direction::Egress);
    let fields = Fields { direction, ..Fields::default() };
    let (policies, cluster) = (policies.to_owned(), cluster.map(str::to_owned));
    Shared { policies, cluster, fields }.encode()
}

const fn is_same(of_scenario: lessons::Direction, direction: Direction) -> bool {
    matches!(
        (of_scenario, direction),
        (lessons::Direction::Ingress, Direction::Ingress)
            | (lessons::Direction::Egress, Direction::Egress)
    )
}

/// The link, from `#` on.
fn link(
    texts: &[Source],
    cluster: &[Source],
    assume: Assume,
    report: &mut Report,
) -> Result<String, EncodeError> {
    let without_witnesses = assume == Assume::Nothing;
    let link = encoded(texts, cluster, Fields { without_witnesses, ..Fields::default() })?;
    let on_page = || Analysis::of(inputs(texts.to_vec(), cluster.to_vec(), Assume::Example));
    if without_witnesses && on_page().uses_fallback {
        report.warning(
            "`--no-assume` is left out: the files hold no pod, and the page puts its example cluster around them",
            Some("add the pods that are meant to the files"),
        );
    }
    Ok(link)
}

/// The link with these fields: the short one where the text is a built-in one in its own cluster, looked at as it is there.
fn encoded(texts: &[Source], cluster: &[Source], fields: Fields) -> Result<String, EncodeError> {
    let policies = joined(texts);
    let cluster = if cluster.is_empty() { lessons::CLUSTER.to_owned() } else { joined(cluster) };
    let is_just =
        |scenario: &&Scenario| scenario.policies == policies && scenario.cluster_text() == cluster;
    if fields == Fields::default()
        && let Some(scenario) = lessons::scenarios().iter().find(is_just)
    {
        return Ok(format!("#/s/{}", scenario.slug));
    }
    let cluster = (cluster != lessons::CLUSTER).then_some(cluster);
    Shared { policies, cluster, fields }.encode()
}
