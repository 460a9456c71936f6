//! `netpol check-article`: whether the tables of an article still say what its policies do. Each tagged block is judged as the
//! page would judge it, by itself, and compared with the table beside it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use netpol::{
    Analysis, Direction, Inputs, Release, Severity, Source, Span, expect::Checked, explain,
};
use render::Table;

use crate::{
    article::{self, Block, Comparison, Fault, Found, Policies, Transcript, compare},
    files::Reader,
    findings::{Layout, findings},
    judged::{Assume, inputs},
    outcome::Outcome,
    printer::Printer,
    report::Report,
    text::{Text, sources},
};

/// The largest article that is read.
const MOST_BYTES: usize = 4 << 20;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files, directories (walked for .md, .markdown, .html and .htm), or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The cluster of the blocks that bring none; objects of the block win by name
    #[arg(long, value_name = "FILE")]
    cluster: Vec<PathBuf>,
    /// What the files are, whatever they are called
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Option<Form>,
    /// The release of Kubernetes that is asked, such as 1.35, which takes CIDRs that later ones refuse; the newest by itself
    #[arg(long, value_name = "VERSION")]
    kubernetes: Option<Release>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Md,
    Html,
}

/// What is looked for, below the long help.
pub(crate) const SHAPES: &str = "\
Markdown: a block of code whose info string is `yaml netpol`, and the next table before the next
heading or block of code. `yaml netpol egress` is about the other direction; a block before it,
`yaml netpol cluster`, is the cluster that it is judged in. HTML in Markdown is looked at too.

HTML: an element with `data-netpol`, or <netpol-play>: the text is in its first <pre> or <script
type=\"text/yaml\">, or is what `link` or `scenario` names; the table is in it or in the <figure>
around it. `data-direction=\"egress\"` is about the other direction; a <pre data-cluster> in it, or
the element whose id `data-cluster=\"#id\"` tells, is its cluster.

A table needs a column that names the policies, and one or more of `Same namespace`, `Cross
namespace` and `External`. Cells are compared by meaning: ✅, ✓ and Allowed are the same, a reason
counts where the article gives one, and `✅ ml-ops only` means partly. The `#?` lines of a block are
checked as well.

Exit codes: 0, all is true; 1, a cell or an expectation is not; 2, something cannot be read.";

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let cluster = sources(&Reader::default().read(&arguments.cluster, report));
    if report.has_errors() {
        report.error("nothing was checked: the cluster could not be read", None);
        return Outcome::InputError;
    }
    let mut tally = Tally::default();
    let kubernetes = arguments.kubernetes.unwrap_or_default();
    for Text { source, .. } in Reader::of_articles().read(&arguments.files, report) {
        let Some(found) = found(&source, arguments.form, report) else { continue };
        let article = &source;
        found.faults.iter().for_each(|fault| tell(article, fault, report));
        for block in &found.blocks {
            Check { article, block, cluster: &cluster, kubernetes }
                .run(&mut tally, printer, report);
        }
    }
    if tally.blocks == 0 && !report.has_errors() {
        report.note("no tagged blocks found: see `netpol check-article --help`");
    }
    printer.line(&tally.sentence());
    match (report.has_errors(), tally.failed) {
        (true, _) => Outcome::InputError,
        (false, 0) => Outcome::Success,
        (false, _) => Outcome::Failed,
    }
}

/// The blocks of an article, as far as it is known what it is.
fn found(source: &Source, form: Option<Form>, report: &mut Report) -> Option<Found> {
    let name = source.name();
    if source.text().len() > MOST_BYTES {
        let message = format!(
            "`{name}` is too large: at most {} MiB of an article are read",
            MOST_BYTES >> 20
        );
        report.error(&message, Some("part the article"));
        return None;
    }
    let Some(form) = form.or_else(|| by_name(name)) else {
        let message = format!("`{name}` is neither Markdown nor HTML by its name");
        report.error(&message, Some("say which with `--as md` or `--as html`"));
        return None;
    };
    Some(match form {
        Form::Md => article::markdown(source.text()),
        Form::Html => article::html(source.text()),
    })
}

fn by_name(name: &str) -> Option<Form> {
    let extension = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "md" | "markdown" => Some(Form::Md),
        "html" | "htm" => Some(Form::Html),
        _ => None,
    }
}

fn tell(article: &Source, Fault { span, message, help }: &Fault, report: &mut Report) {
    report.placed(Severity::Error, article, *span, message, help.as_deref());
}

/// How many blocks there were, and how their cells and expectations came out.
#[derive(Debug, Default)]
struct Tally {
    blocks: usize,
    passed: usize,
    failed: usize,
}

impl Tally {
    fn sentence(&self) -> String {
        let Self { blocks, passed, failed } = self;
        let noun = if *blocks == 1 { "block" } else { "blocks" };
        format!("{passed} passed, {failed} failed in {blocks} {noun}")
    }
}

/// One block of an article.
struct Check<'a> {
    article: &'a Source,
    block: &'a Block,
    /// The cluster where the block has none of its own.
    cluster: &'a [Source],
    /// The release of Kubernetes that is asked.
    kubernetes: Release,
}

impl Check<'_> {
    fn run(&self, tally: &mut Tally, printer: &mut Printer, report: &mut Report) {
        tally.blocks += 1;
        let inputs = inputs(vec![self.text()], self.beneath(), self.assume());
        let analysis = Analysis::of(Inputs { kubernetes: self.kubernetes, ..inputs });
        if !self.is_whole(&analysis, report) {
            return;
        }
        for checked in analysis.expectations.iter().filter(|one| one.expectation.source == 0) {
            self.expectation(&analysis, checked, tally, printer);
        }
        if let Some(grid) = &self.block.grid {
            let comparison = compare(grid, &Table::of(&analysis, self.direction(&analysis)));
            self.print(&comparison, printer, report);
            tally.passed += comparison.agreeing;
            tally.failed += comparison.differing.len();
        }
        printer.flush();
    }

    fn text(&self) -> Source {
        let text = match &self.block.policies {
            Policies::Written(text) => text.text.as_str(),
            Policies::BuiltIn(scenario) => scenario.policies,
            Policies::Linked(shared) => shared.policies.as_str(),
        };
        Source::new(self.article.name(), text)
    }

    fn beneath(&self) -> Vec<Source> {
        let name = self.article.name();
        match (&self.block.policies, &self.block.cluster) {
            (Policies::Linked(shared), _) => {
                shared.cluster.iter().map(|cluster| Source::new(name, cluster.as_str())).collect()
            }
            (_, Some(own)) => vec![Source::new(name, own.text.as_str())],
            (Policies::BuiltIn(scenario), None) => {
                vec![Source::new(scenario.slug, scenario.cluster_text())]
            }
            (Policies::Written(_), None) => self.cluster.to_vec(),
        }
    }

    fn assume(&self) -> Assume {
        match &self.block.policies {
            Policies::Linked(shared) if shared.fields.without_witnesses => Assume::Example,
            _ => Assume::Everything,
        }
    }

    fn direction(&self, analysis: &Analysis) -> Direction {
        let linked = match &self.block.policies {
            Policies::Linked(shared) => shared.fields.direction,
            _ => None,
        };
        let linked = linked.map(|direction| match direction {
            permalink::Direction::Ingress => Direction::Ingress,
            permalink::Direction::Egress => Direction::Egress,
        });
        self.block.direction.or(linked).unwrap_or_else(|| analysis.own_direction())
    }

    /// The text of a source in the article, where it stands there.
    fn transcript(&self, source: usize) -> Option<&Transcript> {
        match (source, &self.block.policies, &self.block.cluster) {
            (0, Policies::Written(text), _) => Some(text),
            (1, Policies::Written(_) | Policies::BuiltIn(_), Some(cluster)) => Some(cluster),
            _ => None,
        }
    }

    /// Says what is wrong with the block, at its place in the article; whether it can be judged.
    fn is_whole(&self, analysis: &Analysis, report: &mut Report) -> bool {
        let mut is_whole = true;
        for diagnostic in &analysis.diagnostics {
            if diagnostic.severity() == Severity::Note {
                continue;
            }
            is_whole &= !diagnostic.leaves_out();
            let (mut diagnostic, mut source) = (diagnostic.clone(), self.article);
            if let Some(transcript) = self.transcript(diagnostic.source) {
                diagnostic.span = transcript.span(diagnostic.span);
            } else if let Some(other) = analysis.manifest.sources.get(diagnostic.source) {
                source = other;
            }
            diagnostic.source = 0;
            findings(std::slice::from_ref(source), [&diagnostic])
                .for_each(|finding| report.finding(&finding));
        }
        is_whole
    }

    fn expectation(
        &self,
        analysis: &Analysis,
        checked: &Checked,
        tally: &mut Tally,
        printer: &mut Printer,
    ) {
        let Some(verdict) = checked.verdict(&analysis.cluster) else {
            tally.passed += 1;
            return;
        };
        tally.failed += 1;
        let expectation = &checked.expectation;
        let message = format!("the block says `{expectation}`, and that is not so");
        let span = self
            .transcript(0)
            .map_or(Span::new(self.block.at, self.block.at), |text| text.span(expectation.span));
        let reason = explain::verdict_line(&analysis.cluster, &verdict);
        let layout = Layout(printer.ink());
        printer.text(&layout.placed(Severity::Error, self.article, span, &message, Some(&reason)));
    }

    fn print(&self, comparison: &Comparison, printer: &mut Printer, report: &mut Report) {
        for difference in &comparison.differing {
            let (row, column) = (&difference.row, &difference.column);
            let message = format!(
                "row `{row}`, column `{column}`: the article says `{}`",
                difference.claimed
            );
            let truth = format!("it is `{}`", difference.truth);
            let layout = Layout(printer.ink());
            printer.text(&layout.placed(
                Severity::Error,
                self.article,
                difference.span,
                &message,
                Some(&truth),
            ));
        }
        comparison.faults.iter().for_each(|fault| tell(self.article, fault, report));
        if let (Some(grid), [first, rest @ ..]) = (&self.block.grid, comparison.left_out.as_slice())
        {
            let more =
                if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            let span = Span::new(grid.at, grid.at);
            let message = format!("the table beside the block leaves out `{first}`{more}");
            report.placed(Severity::Note, self.article, span, &message, None);
        }
    }
}
