//! Tags: those of YAML's core schema decide what a word is, as in go-yaml; all others change nothing.

use super::Fault;
use crate::{
    diagnostic::Code,
    scalar::{self, Scalar},
    source::Span,
};

/// A tag: `!!int` is `tag:yaml.org,2002:int`, `!a` is itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag(String);

const CORE: &str = "tag:yaml.org,2002:";

impl Tag {
    /// `!!name`.
    pub(super) fn core(name: &str) -> Self {
        Self([CORE, name].concat())
    }

    /// `!name` or what stands in `!<…>`.
    pub(super) const fn whole(name: String) -> Self {
        Self(name)
    }

    /// `int` of `!!int`.
    fn core_name(&self) -> Option<&str> {
        self.0.strip_prefix(CORE)
    }

    /// Whether a `<<` with it still takes over the entries of other maps.
    pub(super) fn leaves_merge_keys(&self) -> bool {
        self.0 == "!" || self.core_name() == Some("merge")
    }

    /// What to say of the tag of a list or map: nothing, where it is YAML's own.
    pub(super) fn on_collection(&self, own: &str, span: Span) -> Option<Fault> {
        (self.core_name() != Some(own)).then(|| self.passed_over(span))
    }

    /// A word with this tag, and what to say of it.
    pub(super) fn on_scalar(
        &self,
        text: String,
        span: Span,
    ) -> Result<(Scalar, Option<Fault>), Fault> {
        let fault =
            |message| Fault { code: Code::YamlSyntax, message, help: help("remove the tag"), span };
        match self.core_name() {
            Some(name @ ("str" | "null" | "bool" | "int" | "float")) => {
                scalar::tagged(text, name).map(|scalar| (scalar, None)).map_err(fault)
            }
            Some(name @ ("binary" | "timestamp")) => {
                Err(fault(format!("the tag `!!{name}` is not read here")))
            }
            // `! 80` is the text
            None if self.0 == "!" => Ok((Scalar::Text(text), None)),
            _ => Ok((Scalar::Text(text), Some(self.passed_over(span)))),
        }
    }

    fn passed_over(&self, span: Span) -> Fault {
        let (marks, name) = match self.core_name() {
            Some(name) => ("!!", name),
            None => ("!", self.0.trim_start_matches('!')),
        };
        let name: String = name.chars().take(80).collect();
        let message = format!("the tag `{marks}{name}` is passed over; a word with it is text");
        Fault { code: Code::NotRead, message, help: help("remove the tag"), span }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as a fault has it")]
fn help(text: &str) -> Option<String> {
    Some(text.to_owned())
}
