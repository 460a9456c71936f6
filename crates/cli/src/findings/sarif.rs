//! Findings for code scanning: a SARIF 2.1.0 log with one run. Section numbers are those of the OASIS standard.

use std::path::Path;

use netpol::{Code, Severity};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Finding, uri};
use crate::page;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What code scanning shows of a rule's description.
const LONGEST_DESCRIPTION: usize = 1000;

/// What there is to say about the run besides its findings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a> {
    /// The directory in which the program runs: files below it are named relative to it.
    pub(crate) directory: Option<&'a Path>,
    /// What could not be read, in words.
    pub(crate) faults: &'a [String],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Value,
    locations: [Value; 1],
}

/// The findings as SARIF.
pub(crate) fn sarif(findings: &[Finding<'_>], run: Run<'_>) -> String {
    let results: Vec<SarifResult> = findings.iter().map(|finding| result(finding, run)).collect();
    let notifications: Vec<Value> = run
        .faults
        .iter()
        .map(|fault| json!({ "level": "error", "message": { "text": fault } }))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "netpol",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            // 3.20.14: false where the tool could not do all that it was asked for
            "invocations": [{
                "executionSuccessful": run.faults.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    // only a map whose keys are no strings could fail, and there is none
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

/// 3.49: what a code stands for.
fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": page::summary(code) },
        "fullDescription": { "text": page::description(code, LONGEST_DESCRIPTION) },
        "help": { "text": code.page(), "markdown": code.page() },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

/// 3.27: one finding.
fn result(finding: &Finding<'_>, run: Run<'_>) -> SarifResult {
    let Finding { diagnostic, source, start, end } = finding;
    let code = diagnostic.code;
    let message = match &diagnostic.help {
        Some(help) => format!("{diagnostic}\n\nhelp: {help}"),
        None => diagnostic.to_string(),
    };
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri::reference(source.name(), run.directory) },
            // 3.30: the end is the column after the last character
            "region": {
                "startLine": start.line,
                "startColumn": start.utf16_column,
                "endLine": end.line,
                "endColumn": end.utf16_column,
            },
        },
    });
    if let (false, Some(location)) = (diagnostic.field.is_root(), location.as_object_mut()) {
        let field = json!([{ "fullyQualifiedName": diagnostic.field.to_string() }]);
        location.insert("logicalLocations".to_owned(), field);
    }
    SarifResult {
        rule_id: code.as_str(),
        rule_index: Code::ALL.iter().position(|known| *known == code).unwrap_or_default(),
        level: level(code.severity()),
        message: json!({ "text": message }),
        locations: [location],
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
