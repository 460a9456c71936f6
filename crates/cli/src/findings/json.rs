//! Findings for programs: an array of objects whose keys keep their names and order.

use serde::Serialize;

use super::Finding;

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

/// The findings as JSON.
pub(crate) fn json(findings: &[Finding<'_>]) -> String {
    let records: Vec<Record<'_>> = findings
        .iter()
        .map(|Finding { diagnostic, source, start, .. }| Record {
            severity: diagnostic.severity().to_string(),
            code: diagnostic.code.as_str(),
            field: diagnostic.field.to_string(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            file: source.name(),
            document: diagnostic.document,
            line: start.line,
            column: start.column,
        })
        .collect();
    // only a map whose keys are no strings could fail, and there is none
    serde_json::to_string_pretty(&records).unwrap_or_default()
}
