//! `# netpol: allow CODE because REASON`: a comment that silences what is said of the line that it ends, of the key or item
//! below it or, before the first key, of the whole document. Warnings and notes only: no comment makes the API server take what
//! it refuses.

mod comment;
mod extent;
mod said;

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Diagnostic, MAX_DIAGNOSTICS, Severity},
    manifest::{Manifest, ManifestDocument},
    source::{Source, Span},
};
use comment::{Comment, Covers, comments};
use said::Said;

/// What the comments of some texts allow.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Allowances {
    all: Vec<Allowance>,
    /// By source, line and code.
    by_line: BTreeMap<(usize, usize, Code), usize>,
    /// By source and code, in the order in which they begin.
    by_extent: BTreeMap<(usize, Code), Vec<Extent>>,
    /// By source, document and code.
    by_document: BTreeMap<(usize, usize, Code), usize>,
    /// Which of them have silenced something.
    used: Vec<bool>,
}

/// One code of one comment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Allowance {
    code: Code,
    reason: Option<String>,
    source: usize,
    document: usize,
    /// The code in the comment.
    span: Span,
    covers: Covers,
}

/// Where an allowance for a key or an item holds; one is in another or beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Extent {
    span: Span,
    /// The one around it.
    outer: Option<usize>,
    allowance: usize,
}

/// Something that would be said if a comment did not allow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// What would be said.
    pub diagnostic: Diagnostic,
    /// Why it is well here, as far as the comment tells.
    pub reason: Option<String>,
}

/// How a comment is written.
const HELP: &str = "write `# netpol: allow CODE because REASON`";
/// Words for which the code that was meant is looked for; a hundred answers are enough.
const MOST_SUGGESTIONS: usize = 100;

impl Allowances {
    /// Reads the comments of a manifest; what is wrong with them is told as well.
    pub fn of(manifest: &Manifest) -> (Self, Vec<Diagnostic>) {
        let (mut allowances, mut told) = (Self::default(), Vec::new());
        for document in &manifest.documents {
            let Some(source) = manifest.sources.get(document.source) else { continue };
            for comment in comments(source, &document.yaml) {
                allowances.take(comment, document, &mut told);
                told.truncate(MAX_DIAGNOSTICS);
            }
        }
        (allowances, told)
    }

    fn take(
        &mut self,
        comment: Comment<'_>,
        document: &ManifestDocument,
        told: &mut Vec<Diagnostic>,
    ) {
        let about = |code, message, span| about(document, code, message, span);
        match said::read(comment.text, comment.at) {
            None => {}
            Some(Said::Other(verb, span)) => {
                let message = format!("`{verb}` silences nothing here: the word is `allow`");
                told.push(about(Code::AllowSyntax, message, span));
            }
            Some(Said::Allow { codes, .. }) if codes.is_empty() => {
                let message = "the comment names no code, so it allows nothing".to_owned();
                told.push(about(Code::AllowSyntax, message, comment.span));
            }
            Some(Said::Allow { codes, reason, has_more }) => {
                let before = self.all.len();
                for (word, span) in codes {
                    match code(word) {
                        Ok(code) => self.put(code, reason, span, comment.covers, document),
                        Err(fault) => {
                            let can_suggest = told.len() < MOST_SUGGESTIONS;
                            let help = if can_suggest { fault.help() } else { HELP.to_owned() };
                            let fault = about(Code::AllowSyntax, fault.to_string(), span);
                            told.push(fault.with_help(help));
                        }
                    }
                }
                if reason.is_none() && self.all.len() > before {
                    let message = "the comment does not say why".to_owned();
                    let note = about(Code::AllowWithoutReason, message, comment.span);
                    let help = if has_more { "write `because` before the reason" } else { HELP };
                    told.push(note.with_help(help));
                }
            }
        }
    }

    fn put(
        &mut self,
        code: Code,
        reason: Option<&str>,
        span: Span,
        covers: Covers,
        document: &ManifestDocument,
    ) {
        let (source, at) = (document.source, self.all.len());
        // of two that say the same, the first counts
        match covers {
            Covers::Line(line) => {
                self.by_line.entry((source, line, code)).or_insert(at);
            }
            Covers::Below(_, span) => {
                let extents = self.by_extent.entry((source, code)).or_default();
                if extents.last().is_none_or(|last| last.span.start < span.start) {
                    let outer = around(extents, span.start);
                    extents.push(Extent { span, outer, allowance: at });
                }
            }
            Covers::Document => {
                self.by_document.entry((source, document.index, code)).or_insert(at);
            }
            Covers::Nothing => {}
        }
        let reason = reason.map(str::to_owned);
        self.all.push(Allowance { code, reason, source, document: document.index, span, covers });
        self.used.push(false);
    }

    /// Takes out what is allowed.
    pub fn sift<T>(
        &mut self,
        sources: &[Source],
        said: &mut Vec<T>,
        diagnostic: impl Fn(&T) -> &Diagnostic,
    ) -> Vec<Allowed> {
        let mut allowed = Vec::new();
        if self.all.is_empty() {
            return allowed;
        }
        said.retain(|one| {
            let diagnostic = diagnostic(one);
            let Some(at) = self.speaking(sources, diagnostic) else { return true };
            if let Some(used) = self.used.get_mut(at) {
                *used = true;
            }
            // what one release refuses and another does not is there to be allowed, and stays refused
            if diagnostic.is_error() {
                return true;
            }
            if allowed.len() < MAX_DIAGNOSTICS {
                let reason = self.all.get(at).and_then(|allowance| allowance.reason.clone());
                allowed.push(Allowed { diagnostic: diagnostic.clone(), reason });
            }
            false
        });
        allowed
    }

    /// The allowance that speaks of it, the nearest one first.
    fn speaking(&self, sources: &[Source], diagnostic: &Diagnostic) -> Option<usize> {
        let Diagnostic { code, source, document, span, .. } = diagnostic;
        let line = sources.get(*source)?.line_of(span.start);
        let on_line = self.by_line.get(&(*source, line, *code)).copied();
        let below = || {
            let extents = self.by_extent.get(&(*source, *code))?;
            let before = extents.partition_point(|extent| extent.span.start <= span.start);
            let at = around(extents.get(..before)?, span.start)?;
            Some(extents.get(at)?.allowance)
        };
        let in_document = || self.by_document.get(&(*source, *document, *code)).copied();
        on_line.or_else(below).or_else(in_document)
    }

    /// What is said of those that have silenced nothing, once everything was looked at.
    pub fn unused(&self) -> impl Iterator<Item = (Code, Diagnostic)> {
        let unused = self.all.iter().zip(&self.used).filter(|(_, used)| !**used);
        unused.map(|(allowance, _)| (allowance.code, allowance.is_unused()))
    }
}

/// The innermost of some extents that holds a byte, none of which begins after it. They are as deep as YAML may be.
fn around(extents: &[Extent], offset: usize) -> Option<usize> {
    let mut at = extents.len().checked_sub(1)?;
    loop {
        let extent = extents.get(at)?;
        if offset < extent.span.end {
            return Some(at);
        }
        at = extent.outer?;
    }
}

/// Something to say of a comment.
fn about(document: &ManifestDocument, code: Code, message: String, span: Span) -> Diagnostic {
    Diagnostic::new(code, message, document.source, document.index, span).with_help(HELP)
}

impl Allowance {
    fn is_unused(&self) -> Diagnostic {
        let Self { code, source, document, span, .. } = self;
        let place = match self.covers {
            Covers::Document => "in this document",
            Covers::Line(line) => &format!("on line {line}"),
            Covers::Below(line, _) => &format!("in what begins on line {line}"),
            Covers::Nothing => "below this comment",
        };
        let message = format!("there is no `{code}` to allow {place}");
        Diagnostic::new(Code::UnusedAllow, message, *source, *document, *span).with_help(
            "take it out of the comment, or put the comment above what the finding is about",
        )
    }
}

/// Why something cannot be allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAllowed {
    /// There is no such code.
    Unknown(String),
    /// What the API server refuses stays refused.
    Error(Code),
}

/// The code of that name, if it is one that can be allowed: warnings and notes can, errors cannot.
pub fn code(word: &str) -> Result<Code, NotAllowed> {
    match Code::named(word) {
        Some(code) if code.severity() == Severity::Error => Err(NotAllowed::Error(code)),
        Some(code) => Ok(code),
        None => Err(NotAllowed::Unknown(word.to_owned())),
    }
}

impl NotAllowed {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Error(_) => {
                "mend what it says: only warnings and notes can be allowed".to_owned()
            }
            Self::Unknown(word) => match Code::like(word) {
                Some(code) => format!("did you mean `{code}`?"),
                None => "write the code that a finding shows in brackets, such as `all-namespaces`"
                    .to_owned(),
            },
        }
    }
}

impl std::fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Error(code) => write!(f, "`{code}` is an error, and errors cannot be allowed"),
            Self::Unknown(word) => write!(f, "no code `{word}`"),
        }
    }
}
