//! `#?` lines: a comment that states what must be true. `kubectl apply` ignores it; the page, the
//! terminal and this project's own tests check it.

mod checking;

use std::fmt;

pub use self::checking::check;
use crate::{
    cluster::Cluster,
    connection::Connection,
    diagnostic::{Code, Diagnostic, MAX_DIAGNOSTICS},
    evaluate::evaluate,
    manifest::{Manifest, ManifestDocument},
    plugin::OpenQuestion,
    source::Span,
    verdict::Verdict,
    yaml::{Node, Value},
};

/// What starts an expectation.
pub const MARK: &str = "#?";

/// `#? shop/web -> shop/db:5432 allowed`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// What is asked.
    pub connection: Connection,
    /// `allowed`, `denied` or `depends`.
    pub answer: Answer,
    /// Index into [`Manifest::sources`].
    pub source: usize,
    /// Its line there, from 1.
    pub line: usize,
    /// Its bytes, from the mark to the last word.
    pub span: Span,
}

/// What an expectation states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The connection comes about, with the usual network plugin.
    Allowed,
    /// It does not.
    Denied,
    /// The answer is left open: to the network plugin, or to a value that only the cluster knows.
    Depends,
}

impl Answer {
    const ALL: [Self; 3] = [Self::Allowed, Self::Denied, Self::Depends];

    /// The word at the end of the line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Depends => "depends",
        }
    }

    /// Whether a verdict says so. One that takes an unknown value says neither allowed nor denied.
    fn is_given_by(self, verdict: &Verdict) -> bool {
        match self {
            Self::Allowed => verdict.is_allowed() && !verdict.is_unknown(),
            Self::Denied => !verdict.is_allowed() && !verdict.is_unknown(),
            Self::Depends => verdict.depends(),
        }
    }
}

/// An expectation and how it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What was expected.
    pub expectation: Expectation,
    /// What the answer depends on where it is left open; what is left to the network plugin was checked against the
    /// usual one.
    pub open_questions: Vec<OpenQuestion>,
    /// `None` where it holds; else the connection that comes out otherwise: for a Service, that to the
    /// first pod behind it that does.
    pub contradiction: Option<Connection>,
    /// Whether it speaks of a pod that is only assumed: in nobody's files. Behind a Service nobody is looked at
    /// after the first one that contradicts.
    pub is_of_assumed: bool,
}

impl Checked {
    /// Whether the expectation came true.
    pub const fn holds(&self) -> bool {
        self.contradiction.is_none()
    }

    /// The verdict that says otherwise, where it does not hold.
    pub fn verdict(&self, cluster: &Cluster) -> Option<Verdict> {
        evaluate(cluster, self.contradiction.as_ref()?).ok()
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.connection, self.answer.as_str())
    }
}

/// Reads every `#?` line of a manifest's sources; what cannot be read is a diagnostic.
pub fn expectations(manifest: &Manifest) -> (Vec<Expectation>, Vec<Diagnostic>) {
    let (mut found, mut diagnostics) = (Vec::new(), Vec::new());
    for (source, text) in manifest.sources.iter().enumerate() {
        let quoted = multi_line_scalars(manifest, source);
        let mut at = 0;
        for (index, line) in text.text().split_inclusive('\n').enumerate() {
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            let written = line.trim();
            let Some(rest) = written.strip_prefix(MARK) else { continue };
            let after = quoted.partition_point(|span| span.start <= start);
            if after.checked_sub(1).and_then(|at| quoted.get(at)).is_some_and(|s| s.contains(start))
            {
                continue;
            }
            let span = Span::new(start, start + written.len());
            match read(rest) {
                Ok((connection, answer)) => {
                    found.push(Expectation { connection, answer, source, line: index + 1, span });
                }
                Err(_) if diagnostics.len() >= MAX_DIAGNOSTICS => {}
                Err(message) => {
                    let document = document_at(manifest, source, start);
                    diagnostics.push(unreadable(message, source, document, span));
                }
            }
        }
    }
    (found, diagnostics)
}

fn read(rest: &str) -> Result<(Connection, Answer), String> {
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before).trim();
    let (connection, word) = rest.rsplit_once(char::is_whitespace).unwrap_or((rest, ""));
    let answer =
        Answer::ALL.into_iter().find(|answer| answer.as_str() == word).ok_or_else(|| {
            format!("an expectation ends in `allowed` or `denied` (or `depends`), not in `{word}`")
        })?;
    let connection = connection.trim().parse::<Connection>().map_err(|error| error.message)?;
    Ok((connection, answer))
}

fn unreadable(message: String, source: usize, document: usize, span: Span) -> Diagnostic {
    Diagnostic::new(Code::ExpectationSyntax, message, source, document, span)
        .with_help("write `#? namespace/pod -> namespace/pod:port allowed`")
}

fn document_at(manifest: &Manifest, source: usize, offset: usize) -> usize {
    let place = (source, offset);
    let is_before =
        |document: &ManifestDocument| (document.source, document.yaml.span.start) <= place;
    let before = manifest.documents.partition_point(is_before);
    let document = before.checked_sub(1).and_then(|at| manifest.documents.get(at));
    document.filter(|document| document.source == source).map_or(0, |document| document.index)
}

/// Where a `#` starts no comment.
fn multi_line_scalars(manifest: &Manifest, source: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let text = manifest.sources.get(source).map_or("", |source| source.text());
    let first = manifest.documents.partition_point(|document| document.source < source);
    let documents = manifest.documents.iter().skip(first);
    for document in documents.take_while(|document| document.source == source) {
        if let Some(root) = &document.yaml.root {
            collect(root, text, &mut spans);
        }
    }
    spans
}

fn collect(node: &Node, text: &str, spans: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar(_) => {
            let written = text.get(node.span.start..node.span.end).unwrap_or("");
            if written.contains('\n') {
                spans.push(node.span);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, text, spans)),
        Value::Mapping(entries) => {
            for entry in entries {
                collect(&entry.value, text, spans);
            }
        }
    }
}
