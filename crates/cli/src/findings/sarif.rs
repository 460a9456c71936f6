//! Findings for code scanning: a SARIF 2.1.0 log with one run. Section numbers are those of the OASIS standard.

use std::path::{Path, PathBuf};

use netpol::{Code, Severity, Source, lint::Fix};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Allower, Finding, Place, Silenced, uri};
use crate::{page, spelt};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What code scanning shows of a rule's description.
const LONGEST_DESCRIPTION: usize = 1000;

/// What there is to say about the run besides its findings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a> {
    /// The directory in which the program runs: files below it are named relative to it.
    pub(crate) directory: Option<&'a Path>,
    /// The file of each source, where it is one.
    pub(crate) paths: &'a [Option<PathBuf>],
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
    /// 3.27.30: absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[Value; 1]>,
    /// 3.27.23: empty where nobody allows it; absent from all results or from none.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Vec<Value>>,
}

/// The findings as SARIF.
pub(crate) fn sarif(
    findings: &[Finding<'_>],
    silenced: &[(Finding<'_>, &Silenced)],
    run: Run<'_>,
) -> String {
    let mut results = results(findings, run);
    if !silenced.is_empty() {
        for result in &mut results {
            result.suppressions = Some(Vec::new());
        }
    }
    results.extend(silenced.iter().map(|(finding, silenced)| SarifResult {
        suppressions: Some(vec![suppression(silenced)]),
        ..result(finding, run)
    }));
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
    spelt::pretty(&log)
}

fn results<'a>(findings: &[Finding<'a>], run: Run<'_>) -> Vec<SarifResult> {
    let with_fix = |finding: &Finding<'a>| {
        let fixes = finding.fix.map(|mend| [fix(mend, &reference(finding, run), finding.source)]);
        SarifResult { fixes, ..result(finding, run) }
    };
    findings.iter().map(with_fix).collect()
}

/// 3.4.3: the file of a finding.
fn reference(finding: &Finding<'_>, run: Run<'_>) -> String {
    let path = run.paths.get(finding.diagnostic.source).and_then(Option::as_deref);
    uri::reference(path.unwrap_or(Path::new(finding.source.name())), run.directory)
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
    let Finding { diagnostic, start, end, .. } = finding;
    let code = diagnostic.code;
    let message = match &diagnostic.help {
        Some(help) => format!("{diagnostic}\n\nhelp: {help}"),
        None => diagnostic.to_string(),
    };
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": reference(finding, run) },
            "region": region(*start, *end),
        },
    });
    if let (false, Some(location)) = (diagnostic.field.is_root(), location.as_object_mut()) {
        let field = json!([{ "fullyQualifiedName": diagnostic.field.to_string() }]);
        location.insert("logicalLocations".to_owned(), field);
    }
    SarifResult {
        rule_id: code.as_str(),
        rule_index: Code::ALL.iter().position(|known| *known == code).unwrap_or_default(),
        level: level(diagnostic.severity()),
        message: json!({ "text": message }),
        locations: [location],
        fixes: None,
        suppressions: None,
    }
}

/// 3.35: who allows it, and why.
fn suppression(Silenced { by, reason, .. }: &Silenced) -> Value {
    let kind = if *by == Allower::Comment { "inSource" } else { "external" };
    match reason {
        Some(reason) => json!({ "kind": kind, "justification": reason }),
        None => json!({ "kind": kind }),
    }
}

/// 3.30: the end is the column after the last character.
fn region(start: Place, end: Place) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.utf16_column,
        "endLine": end.line,
        "endColumn": end.utf16_column,
    })
}

/// 3.55: an edit of one file.
fn fix(fix: &Fix, uri: &str, source: &Source) -> Value {
    let place = |offset| Place::of(source, offset);
    let replacements = fix.rewrite.edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(place(edit.span.start), place(edit.span.end)),
            "insertedContent": { "text": edit.text },
        })
    });
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri },
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
