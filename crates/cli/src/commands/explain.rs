//! `netpol explain`: why a connection is allowed or denied; or what a code means, why Kubernetes is like that, and what to
//! write instead.

mod json;
mod markdown;
mod place;
mod text;

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, ValueEnum};
use netpol::{
    Analysis, Code, Connection, Entity, NamespaceName, Release, explain,
    resolve::{Unresolved, did_you_mean},
};

use crate::{
    ink::BOLD,
    judged::{judged, tell},
    likely::nearest,
    options::Files,
    outcome::Outcome,
    page,
    printer::Printer,
    report::Report,
};

/// What parts the two ends of a connection.
const ARROW: &str = "->";
/// How a connection is asked for.
const HELP: &str = "ask like this: netpol explain policies.yaml 'shop/web -> shop/db:5432'";

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What stands in brackets after `error`, `warning` or `note`; or files and, last and in quotes, a connection such as
    /// 'shop/web -> shop/db:5432'. Without any, all codes are listed
    #[arg(value_name = "CODE | FILE... CONNECTION")]
    words: Vec<OsString>,
    /// Objects that belong to the cluster too; what the files lack of it is assumed, and marked so
    #[arg(long, value_name = "FILE")]
    cluster: Vec<PathBuf>,
    /// Take the files for the whole cluster
    #[arg(long)]
    no_assume: bool,
    /// Where objects land that name no namespace, as with `kubectl apply -n`
    #[arg(long, short, value_name = "NAME")]
    namespace: Option<NamespaceName>,
    /// The release of Kubernetes that is asked, such as 1.35, which takes CIDRs that later ones refuse; the newest by itself
    #[arg(long, value_name = "VERSION")]
    kubernetes: Option<Release>,
    /// The form of the explanation of a connection
    #[arg(long, short, value_enum, default_value = "text")]
    output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Output {
    Text,
    Json,
    Markdown,
}

pub(crate) fn run(arguments: &Arguments, printer: &mut Printer, report: &mut Report) -> Outcome {
    let words: Vec<String> =
        arguments.words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    match words.as_slice() {
        [] => {
            list(printer);
            Outcome::Success
        }
        [files @ .., asked] if is_connection(asked) => {
            if files.is_empty() {
                report.error("no file to look for policies in", Some(HELP));
                return Outcome::InputError;
            }
            match asked.parse() {
                Ok(connection) => connect(arguments, &connection, printer, report),
                Err(error) => {
                    report.error(&format!("{error}"), Some(HELP));
                    Outcome::InputError
                }
            }
        }
        // `a/b -> c/d:80` without quotes: the shell has taken the end for the name of a file to write
        [.., source, dash] if dash == "-" && source.parse::<Entity>().is_ok() => {
            let help = "put the connection in quotes: a shell takes the `>` for itself";
            report.error(&format!("`{source} -` is no connection"), Some(help));
            Outcome::InputError
        }
        [code] => print_page(code, printer, report),
        [.., last] => {
            report.error(&format!("`{last}` is no connection"), Some(HELP));
            Outcome::InputError
        }
    }
}

/// Whether a word is meant for a connection: the arrow may be left out of one.
fn is_connection(word: &str) -> bool {
    word.contains(ARROW) || word.trim().contains(' ') && word.parse::<Connection>().is_ok()
}

fn connect(
    arguments: &Arguments,
    connection: &Connection,
    printer: &mut Printer,
    report: &mut Report,
) -> Outcome {
    // the last word is the connection
    let files = arguments.words.split_last().map_or(&[][..], |(_, files)| files);
    let files = files.iter().map(PathBuf::from).collect();
    let (cluster, namespace) = (arguments.cluster.clone(), arguments.namespace.clone());
    let (no_assume, kubernetes) = (arguments.no_assume, arguments.kubernetes);
    let files = Files { files, cluster, no_assume, namespace, kubernetes };
    let Some(analysis) = judged(&files, report) else { return Outcome::InputError };
    tell(&analysis, "explanation", report);
    match explain::connection(&analysis.cluster, connection) {
        Ok(explained) => match arguments.output {
            Output::Text => text::print(&analysis, &explained, printer),
            Output::Json => printer.line(&json::json(&analysis, &explained)),
            Output::Markdown => printer.line(&markdown::markdown(&analysis, &explained)),
        },
        Err(unresolved) => {
            let help = meant(&analysis, &unresolved);
            report.error(&unresolved.to_string(), help.as_deref());
        }
    }
    if report.has_errors() { Outcome::InputError } else { Outcome::Success }
}

/// The end that was most likely meant.
fn meant(analysis: &Analysis, unresolved: &Unresolved) -> Option<String> {
    let cluster = &analysis.cluster;
    let (name, known): (String, Vec<String>) = match unresolved {
        Unresolved::Pod(Entity::Pod(name)) => {
            (name.to_string(), cluster.pods().iter().map(|pod| pod.meta.name.to_string()).collect())
        }
        Unresolved::Service(Entity::Service(name)) => {
            let services = cluster.services().iter();
            (name.to_string(), services.map(|service| service.meta.name.to_string()).collect())
        }
        other => return did_you_mean(cluster, other),
    };
    let near = did_you_mean(cluster, unresolved);
    near.or_else(|| {
        let likely = nearest(&name, known.iter().map(String::as_str))?;
        Some(format!("did you mean `{likely}`?"))
    })
}

fn print_page(text: &str, printer: &mut Printer, report: &mut Report) -> Outcome {
    if let Some(code) = Code::named(text) {
        printer.text(code.page());
        return Outcome::Success;
    }
    let help = match Code::like(text) {
        Some(code) => format!("did you mean `{code}`?"),
        None => "`netpol explain` lists all codes".to_owned(),
    };
    report.error(&format!("no code `{text}`"), Some(&help));
    Outcome::InputError
}

fn list(printer: &mut Printer) {
    let widest = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    let ink = printer.ink();
    for code in Code::ALL {
        let name = format!("{:widest$}", code.as_str());
        let severity = code.severity().to_string();
        let line = format!("{}  {severity:7}  {}", ink.paint(BOLD, &name), page::summary(*code));
        printer.line(&line);
    }
}
