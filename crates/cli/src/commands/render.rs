//! `netpol render`: the table as it stands in an article, with the text that it was made from, judged as the page that it opens
//! in judges it.

use clap::{Args, ValueEnum};
use netpol::Direction;
use render::{Passage, Table};

use crate::{
    commands::link,
    judged::{tell, tell_of_omissions, tell_of_the_other_direction},
    options::{Files, Way},
    outcome::Outcome,
    printer::Printer,
    report::Report,
    shown::Shown,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Option<Files>,
    /// Who calls: others the selected pods (ingress), or they others (egress); by itself the one that all policies are about
    #[arg(long, value_enum)]
    direction: Option<Way>,
    /// The form of the article
    #[arg(long, short, value_enum, default_value = "html")]
    output: Output,
    /// The playground's address: adds a link that opens the text there
    #[arg(long, value_name = "URL", value_parser = link::base)]
    site: Option<String>,
    /// Print a style sheet for the tables instead
    #[arg(long, exclusive = true)]
    css: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Html,
    Markdown,
    Svg,
}

/// What the forms are, below the long help.
pub(crate) const SHAPES: &str = "\
html      a <figure data-netpol> with the text and its table. It needs neither script nor style, and
          the playground's embed script brings it to life
markdown  a block of code whose info string is `yaml netpol`, and the table after it
svg       the table alone, as a picture

The text is judged as on the page. `netpol check-article` tells whether an article still says what is
true.";

const STYLES: &str = include_str!("../table.css");

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(files) = arguments.files.as_ref().filter(|_| !arguments.css) else {
        printer.text(STYLES);
        return Outcome::Success;
    };
    let Some(shown) = Shown::read(files, arguments.output != Output::Svg, report) else {
        return Outcome::InputError;
    };
    let direction =
        arguments.direction.map_or_else(|| shown.analysis.own_direction(), Direction::from);
    let Ok(link) = link(arguments, &shown, direction, report) else { return Outcome::InputError };
    if tell(&shown.analysis, "table", report) == 0 {
        report.note("no NetworkPolicy to show");
    }
    tell_of_omissions(&shown.analysis.cluster, "table", report);
    tell_of_the_other_direction(&shown.analysis.cluster, direction, report);
    let table = &Table::of(&shown.analysis, direction);
    let (policies, cluster) = (shown.policies.as_str(), shown.cluster.as_deref());
    let own_direction = shown.analysis.own_direction();
    let passage = Passage { policies, cluster, table, own_direction, link: link.as_deref() };
    printer.line(&match arguments.output {
        Output::Html => passage.html(),
        Output::Markdown => passage.markdown(),
        Output::Svg => render::svg(table),
    });
    if report.has_errors() { Outcome::InputError } else { Outcome::Success }
}

/// The link where one is wanted and the form has a place for it. A text that must not be published is refused.
fn link(
    arguments: &Arguments,
    shown: &Shown,
    direction: Direction,
    report: &mut Report,
) -> Result<Option<String>, ()> {
    if arguments.output == Output::Svg {
        return Ok(None);
    }
    if link::refuse_secrets(
        &shown.texts,
        "whoever reads the article can read all of its text",
        report,
    ) {
        return Err(());
    }
    let Some(site) = &arguments.site else { return Ok(None) };
    match link::opening(&shown.policies, shown.cluster.as_deref(), direction) {
        Ok(link) => Ok(Some(format!("{site}{link}"))),
        Err(error) => {
            report.error(&error.to_string(), Some(error.help()));
            Err(())
        }
    }
}
