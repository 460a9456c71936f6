//! `netpol lint`: what `netpol check` says, and what is legal but surprising, with edits that mend it.

use clap::Args;
use netpol::lint::Finding as Remark;

use crate::{
    checked::{Looking, Texts},
    findings::folded,
    fixing::mend,
    listing::{Denied, Listing, Output},
    options::{Allowing, Files},
    outcome::Outcome,
    printer::Printer,
    report::Report,
    writing::write_back,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    /// The form of the list; in JSON the offsets of a fix are bytes of the file. What is allowed is counted in text, and a
    /// suppressed result in SARIF
    #[arg(long, short, value_enum, default_value = "text")]
    output: Output,
    /// What makes the exit code 1
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Denied>,
    #[command(flatten)]
    allowing: Allowing,
    /// Write the offered fixes to the files, then list what remains; of - the result is printed.
    /// A fix may change who may connect: read the difference
    #[arg(long)]
    fix: bool,
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let Some(mut texts) = Texts::read(&arguments.files, &arguments.allowing, report) else {
        return Outcome::InputError;
    };
    let is_printed = arguments.fix && texts.text.iter().any(|text| text.path.is_none());
    if is_printed && arguments.output != Output::Text {
        let message = "with --fix, the text of standard input is what is printed";
        report.error(message, Some("leave --output away, or name a file"));
        return Outcome::InputError;
    }
    if arguments.fix {
        fix(&mut texts, report);
    }
    let checked = texts.check(Looking::ForLints);
    let listing = Listing::of(&checked, &texts.faults);
    if is_printed {
        for text in texts.text.iter().filter(|text| text.path.is_none()) {
            printer.text(text.source.text());
        }
        for folded in folded(listing.found.iter().copied()) {
            report.folded(&folded);
        }
        report.note(&listing.summary());
    } else {
        listing.print(arguments.output, Looking::ForLints, printer);
    }
    listing.outcome(arguments.deny, &texts.settings)
}

/// Mends the texts, in the files too, and says what it did.
fn fix(texts: &mut Texts, report: &mut Report) {
    let checked = texts.check(Looking::ForLints);
    let (mut made, mut left) = (0, 0);
    for at in 0..texts.text.len() {
        let Some(text) = texts.text.get(at).cloned() else { break };
        let source = &text.source;
        let mended = mend(source, at, &checked.remarks);
        left += mended.left;
        if mended.made.is_empty() {
            continue;
        }
        if text.is_linked {
            let name = source.name();
            report.note(&format!(
                "`{name}` is not mended: a link leads there; name the file to have it mended"
            ));
            continue;
        }
        if let Some(path) = &text.path
            && let Err(message) = write_back(&text, path, &mended.text)
        {
            report.error(&message, None);
            texts.faults.push(message);
            continue;
        }
        for Remark { diagnostic, fix } in &mended.made {
            let line = source.line_column(diagnostic.span.start).line;
            let title = fix.as_ref().map_or("", |fix| &fix.title);
            report.note(&format!("{}:{line}: {title}", source.name()));
        }
        made += mended.made.len();
        texts.replace(&text, &mended.text);
    }
    let rest = match left {
        0 => String::new(),
        left => format!("; {} left that would not go with them", fixes(left)),
    };
    report.note(&format!("{} made{rest}", fixes(made)));
}

fn fixes(number: usize) -> String {
    format!("{number} {}", if number == 1 { "fix" } else { "fixes" })
}
