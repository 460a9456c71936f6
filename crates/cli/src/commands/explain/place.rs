//! Fields → files and lines.

use netpol::{Analysis, Origin};
use serde::Serialize;

/// Some lines of a file. Its fields are the JSON, in this order.
#[derive(Debug, Serialize)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    /// The field as the API server writes it; the nearest one above where it was left out has the lines.
    field: String,
    pub(super) first_line: usize,
    last_line: usize,
}

impl<'a> Place<'a> {
    /// The places of some fields, each once.
    pub(super) fn all(analysis: &'a Analysis, origins: &[Origin]) -> Vec<Self> {
        origins.iter().filter_map(|origin| Self::of(analysis, origin)).collect()
    }

    fn of(analysis: &'a Analysis, origin: &Origin) -> Option<Self> {
        let (source, (first_line, last_line)) = analysis.manifest.lines(origin)?;
        let file = analysis.manifest.sources.get(source)?.name();
        Some(Self { file, field: origin.path.to_string(), first_line, last_line })
    }

    /// `policies.yaml:12` or `policies.yaml:12-15`
    pub(super) fn name(&self) -> String {
        let Self { file, first_line, last_line, .. } = self;
        if first_line == last_line {
            format!("{file}:{first_line}")
        } else {
            format!("{file}:{first_line}-{last_line}")
        }
    }
}

/// The names of the places of some fields, each once.
pub(super) fn names(analysis: &Analysis, origins: &[Origin]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in Place::all(analysis, origins).iter().map(Place::name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
