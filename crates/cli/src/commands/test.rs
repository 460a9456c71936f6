//! `netpol test`: checks the `#?` lines, each file as a case by itself.

use clap::Args;
use netpol::{
    Analysis, Code, Diagnostic, Inputs, Source,
    expect::{Answer, Checked, MARK},
    explain,
    plugin::OpenQuestion,
};

use crate::{
    files::Reader,
    findings::findings,
    ink::{DIM, RED, harmless},
    judged::{Assume, inputs},
    options::Files,
    outcome::Outcome,
    printer::Printer,
    report::Report,
    settings::Settings,
    text::{paths, sources},
};

/// How many lines a remark names beside the first.
const MOST_LINES: usize = 8;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
}

/// How many expectations there were, and how they came out.
#[derive(Debug, Default)]
struct Tally {
    /// Every one, be it readable or not.
    found: usize,
    passed: usize,
    failed: usize,
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(settings) = Settings::of(&arguments.files, report) else {
        return Outcome::InputError;
    };
    let namespace = settings.landing(&arguments.files, report);
    let kubernetes = settings.release(&arguments.files);
    let mut reader = Reader::default();
    let cluster = reader.read(&arguments.files.cluster, report);
    let shared = sources(&cluster);
    let mut tally = Tally::default();
    if report.has_errors() {
        report.error("nothing was checked: the cluster could not be read", None);
    } else {
        tell_of_marks_in(&shared, report);
        let cases = reader.read(&arguments.files.files, report);
        let is_any_read = !cases.is_empty();
        for case in cases {
            let paths = paths(std::iter::once(&case).chain(&cluster));
            let inputs = inputs(vec![case.source], shared.clone(), Assume::of(&arguments.files));
            let namespace = namespace.clone();
            let mut analysis = Analysis::of(Inputs { namespace, kubernetes, ..inputs });
            settings.sift(&paths, &mut analysis.diagnostics, |one| one);
            check(&analysis, &mut tally, printer, report);
        }
        if tally.found == 0 && is_any_read {
            let help = "write a line such as `#? shop/web -> shop/db:5432 allowed` into the file";
            report.error("no expectations found", Some(help));
        }
    }
    printer.line(&format!("{} passed, {} failed", tally.passed, tally.failed));
    match (report.has_errors(), tally.failed) {
        (true, _) => Outcome::InputError,
        (false, 0) => Outcome::Success,
        (false, _) => Outcome::Failed,
    }
}

/// What belongs to every case is no case: its `#?` lines would be checked under policies they know nothing of.
fn tell_of_marks_in(shared: &[Source], report: &mut Report) {
    let is_marked =
        |source: &&Source| source.text().lines().any(|line| line.trim_start().starts_with(MARK));
    for source in shared.iter().filter(is_marked) {
        report.note(&format!(
            "the `#?` lines of `{}` are not checked: it is there for its objects",
            source.name()
        ));
    }
}

fn check(analysis: &Analysis, tally: &mut Tally, printer: &mut Printer, report: &mut Report) {
    let name = analysis.manifest.sources.first().map_or("", Source::name);
    let mut is_whole = true;
    for finding in findings(&analysis.manifest.sources, &analysis.diagnostics) {
        let diagnostic = finding.diagnostic;
        match (is_about_expectation(diagnostic), diagnostic.source) {
            (true, 0) => tally.found += 1,
            (true, _) => continue,
            (false, _) => is_whole &= !diagnostic.leaves_out(),
        }
        report.finding(&finding);
    }
    // the case is its first source; what stands in the shared ones was spoken of before
    let own = || analysis.expectations.iter().filter(|checked| checked.expectation.source == 0);
    tally.found += own().count();
    if is_whole {
        own().for_each(|checked| count(analysis, checked, tally, printer));
        tell_of_plugins(analysis, &own(), report);
        tell_of_assumed(analysis, own(), report);
        printer.flush();
    } else if own().next().is_some() {
        // without a policy or a pod the verdicts would be others, whichever way they came out
        let message =
            format!("`{name}` has errors: its {} expectations are not checked", own().count());
        report.error(&message, None);
    }
}

/// What the passed expectations owe to the usual network plugin; a failed one says it itself.
fn tell_of_plugins<'a>(
    analysis: &Analysis,
    checked: &(impl Iterator<Item = &'a Checked> + Clone),
    report: &mut Report,
) {
    for question in OpenQuestion::ALL {
        let depends = |checked: &&Checked| {
            checked.holds()
                && checked.expectation.answer != Answer::Depends
                && checked.open_questions.contains(&question)
        };
        let mut depending = checked.clone().filter(depends);
        let Some(Checked { expectation, .. }) = depending.next() else { continue };
        let Some(source) = analysis.manifest.sources.get(expectation.source) else { continue };
        let place = format!("{}:{}", source.name(), source.line_column(expectation.span.start));
        let more = also(&depending.map(|also| also.expectation.line).collect::<Vec<_>>());
        let why = explain::open_question(question);
        let on = explain::depends_on(question);
        report.note(&format!(
            "{place}: `{expectation}` holds{more}, but that depends on {on}: {why}"
        ));
    }
}

/// Which expectations speak of pods that nobody wrote.
fn tell_of_assumed<'a>(
    analysis: &Analysis,
    checked: impl Iterator<Item = &'a Checked>,
    report: &mut Report,
) {
    let mut about = checked.filter(|checked| checked.is_of_assumed);
    let Some(Checked { expectation, .. }) = about.next() else { return };
    let Some(source) = analysis.manifest.sources.get(expectation.source) else { return };
    let place = format!("{}:{}", source.name(), source.line_column(expectation.span.start));
    let more = also(&about.map(|also| also.expectation.line).collect::<Vec<_>>());
    report.note(&format!(
        "{place}: `{expectation}`{more} speaks of a pod that is assumed; not in your files"
    ));
}

/// ` (also lines 12, 14)`: where else.
fn also(lines: &[usize]) -> String {
    let shown: Vec<String> = lines.iter().take(MOST_LINES).map(ToString::to_string).collect();
    match (lines.len(), lines.len().saturating_sub(MOST_LINES)) {
        (0, _) => String::new(),
        (1, _) => format!(" (also line {})", shown.join(", ")),
        (_, 0) => format!(" (also lines {})", shown.join(", ")),
        (_, more) => format!(" (also lines {} and {more} more)", shown.join(", ")),
    }
}

const fn is_about_expectation(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code, Code::ExpectationSyntax | Code::ExpectationUnknownPod)
}

/// Counts one expectation, and prints a failed one with its place and the reason.
fn count(analysis: &Analysis, checked: &Checked, tally: &mut Tally, printer: &mut Printer) {
    let Some(verdict) = checked.verdict(&analysis.cluster) else {
        tally.passed += 1;
        return;
    };
    tally.failed += 1;
    let expectation = &checked.expectation;
    let Some(source) = analysis.manifest.sources.get(expectation.source) else { return };
    let place = format!("{}:{}", source.name(), source.line_column(expectation.span.start));
    let line = source.line(expectation.line).trim();
    let reason = explain::verdict_line(&analysis.cluster, &verdict);
    let ink = printer.ink();
    printer.line(&format!(
        "{}: {}",
        ink.paint(DIM, &harmless(&place)),
        ink.paint(RED, &harmless(line))
    ));
    printer.line(&format!("    {}", harmless(&reason)));
}
