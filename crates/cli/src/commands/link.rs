//! `netpol link`: the files' text, byte for byte, as a link that opens it in the playground, without witnesses where a
//! terminal adds none, and a warning where the page would see another cluster in it all the same.

use clap::Args;
use lessons::Scenario;
use netpol::{Analysis, Direction, Inputs, Source, Witnesses};
use permalink::{EncodeError, Fields, Shared};

use crate::{
    args::Files,
    as_on_page::{joined, stays_the_same, tell_of_namespace},
    files::Reader,
    outcome::Outcome,
    printer::Printer,
    report::Report,
    settings::Settings,
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
    let cluster = reader.read(&arguments.files.cluster, report);
    let texts = reader.read(&arguments.files.files, report);
    let all = cluster.iter().chain(&texts);
    refuse_secrets(all, "whoever has a link can read all of its text", report);
    if report.has_errors() {
        return Outcome::InputError;
    }
    tell_of_namespace(&settings, &texts, &cluster, report);
    match link(&texts, &cluster, report) {
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
        let message = format!("`{}` holds a Secret: {consequence}", source.name());
        report.error(&message, Some("leave the Secret out; it takes no part in what policies do"));
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

/// The link, from `#` on, once it is known to be short enough to look into what it holds.
fn link(texts: &[Source], cluster: &[Source], report: &mut Report) -> Result<String, EncodeError> {
    let plain = encoded(texts, cluster, Fields::default())?;
    let views = Views::of(texts, cluster);
    views.tell_of_difference(report);
    if views.leaves_out_witnesses {
        encoded(texts, cluster, Fields { without_witnesses: true, ..Fields::default() })
    } else {
        Ok(plain)
    }
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

/// The same texts as the page and as `netpol table` would show them.
struct Views {
    page: Analysis,
    terminal: Analysis,
    /// Whether the page is to leave out the witnesses that it would add, as the terminal does.
    leaves_out_witnesses: bool,
}

impl Views {
    /// In a terminal, `--cluster` is always added, and witnesses where the files hold no Pod. The page takes `--cluster` for
    /// the whole cluster, and only if there is none in the text; it adds witnesses wherever something is lacking.
    fn of(texts: &[Source], cluster: &[Source]) -> Self {
        let built_in = vec![Source::new("built-in cluster", lessons::CLUSTER)];
        let terminal = Analysis::of(Inputs {
            text: texts.to_vec(),
            cluster: cluster.to_vec(),
            fallback: built_in.clone(),
            witnesses: Witnesses::AddUnlessPods,
            ..Inputs::default()
        });
        let fallback = if cluster.is_empty() { built_in } else { cluster.to_vec() };
        let on_page = |witnesses| {
            let (text, fallback) = (texts.to_vec(), fallback.clone());
            Analysis::of(Inputs { text, fallback, witnesses, ..Inputs::default() })
        };
        let page = on_page(Witnesses::Add);
        let leaves_out_witnesses = page.added.has_cluster() && !terminal.added.has_cluster();
        let page = if leaves_out_witnesses { on_page(Witnesses::Off) } else { page };
        Self { page, terminal, leaves_out_witnesses }
    }

    /// Where the page shows another cluster than the terminal, it is said.
    fn tell_of_difference(&self, report: &mut Report) {
        if self.page.cluster == self.terminal.cluster {
            return;
        }
        if self.page.uses_fallback {
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
}
