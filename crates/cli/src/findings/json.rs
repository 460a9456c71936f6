//! Findings for programs: an array of objects whose keys keep their names and order.

use netpol::rewrite::Edit;
use serde::Serialize;

use super::Finding;
use crate::spelt;

#[derive(Debug, Serialize)]
struct Record<'a> {
    severity: String,
    code: &'static str,
    /// Empty where the document itself is meant.
    field: String,
    message: &'a str,
    help: Option<&'a str>,
    file: &'a str,
    /// The index of the YAML document within its file, from 0.
    document: usize,
    line: usize,
    /// In characters, from 1.
    column: usize,
}

#[derive(Debug, Serialize)]
struct Mendable<'a> {
    #[serde(flatten)]
    record: Record<'a>,
    fix: Option<FixRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct FixRecord<'a> {
    title: &'a str,
    /// In order, none touching another.
    edits: Vec<EditRecord<'a>>,
}

/// What stands in the bytes from `start` to before `end` of the file becomes `text`.
#[derive(Debug, Serialize)]
struct EditRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// The findings as JSON.
pub(crate) fn json(findings: &[Finding<'_>]) -> String {
    spelt::pretty(&findings.iter().map(record).collect::<Vec<_>>())
}

/// The findings as JSON, each with the edit that mends it, or `null`.
pub(crate) fn json_with_fixes(findings: &[Finding<'_>]) -> String {
    let mendable = |finding| Mendable { record: record(finding), fix: fix(finding) };
    spelt::pretty(&findings.iter().map(mendable).collect::<Vec<_>>())
}

fn record<'a>(finding: &Finding<'a>) -> Record<'a> {
    let Finding { diagnostic, source, start, .. } = finding;
    Record {
        severity: diagnostic.severity().to_string(),
        code: diagnostic.code.as_str(),
        field: diagnostic.field.to_string(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        file: source.name(),
        document: diagnostic.document,
        line: start.line,
        column: start.column,
    }
}

fn fix<'a>(finding: &Finding<'a>) -> Option<FixRecord<'a>> {
    let fix = finding.fix?;
    let edit = |edit: &'a Edit| EditRecord {
        start: edit.span.start,
        end: edit.span.end,
        text: &edit.text,
    };
    Some(FixRecord { title: &fix.title, edits: fix.rewrite.edits.iter().map(edit).collect() })
}
