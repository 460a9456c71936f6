//! What a text consists of.

use std::borrow::Cow;

use super::tag::Tag;
use crate::source::Span;

/// A part of a text with its place. Starts and ends of block maps and lists stand on nothing.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind<'t>,
    pub(super) span: Span,
}

/// The parts of YAML.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind<'t> {
    End,
    Directive,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    /// `-`
    BlockEntry,
    /// `,`
    FlowEntry,
    /// `?`, or nothing before a key that needs none.
    Key,
    /// `:`
    Value,
    Alias(&'t str),
    Anchor(&'t str),
    Tag(Tag),
    Scalar(Cow<'t, str>, Style),
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Bare words.
    Plain,
    /// In `'` or `"`, and where the first of them stands.
    Quoted(usize),
    /// `|` or `>`, and where its first line starts.
    Block(usize),
}
