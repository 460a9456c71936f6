//! What can be wrong with a text as YAML, in the words of go-yaml, through which kubectl reads.

use std::fmt;

/// Something that makes a document unreadable, at a byte of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) kind: Kind,
    /// Where it is noticed.
    pub(super) at: usize,
    /// Where what it belongs to starts, such as an opening quote.
    pub(super) from: usize,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `a b: c: d`, or a key further right than the others of its map.
    ValueNotAllowed,
    /// `? a` behind something.
    KeyNotAllowed,
    /// `- a` behind a key on the same line.
    ItemNotAllowed,
    /// A word in the column of keys, and no colon behind it.
    ColonMissing,
    /// In a block map comes something that is no key.
    KeyExpected,
    /// In a block list comes something without a dash.
    DashExpected,
    /// Between the items of a list in brackets.
    CommaOrBracketExpected,
    /// Between the entries of a map in braces.
    CommaOrBraceExpected,
    /// A comma, a bracket or the like where a value belongs.
    ContentExpected,
    /// Something before `---`.
    DocumentStartExpected,
    /// `@`, `` ` ``, `%` or a tab at the start of a value.
    NoToken,
    /// A tab among the spaces before a line of a plain word.
    TabInWord,
    /// A tab among the spaces before a line of a block.
    TabInBlock,
    /// `'` or `"` that is not closed.
    QuoteNotClosed,
    /// `---` inside of quotes.
    MarkInQuotes,
    /// `"\/"`.
    UnknownEscape,
    /// `"\x4"`.
    NoHexadecimal,
    /// `"\ud800"`.
    NoCharacter,
    /// `|x`.
    BlockHeader,
    /// `|0`.
    BlockIndentation,
    /// `&`, `*` with nothing or something odd behind.
    AnchorName,
    /// `!<a`.
    TagNotClosed,
    /// `!a[`.
    BehindTag,
    /// `!!`.
    TagName,
    /// `%4` in a tag.
    TagEscape,
    /// `!a!b`.
    TagHandle,
    /// `%x`.
    Directive,
    /// A character that no YAML may hold.
    ControlCharacter,
    /// Nested deeper than is read.
    TooDeep,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ValueNotAllowed => "mapping values are not allowed in this context",
            Self::KeyNotAllowed => "mapping keys are not allowed in this context",
            Self::ItemNotAllowed => "block sequence entries are not allowed in this context",
            Self::ColonMissing => "could not find expected ':'",
            Self::KeyExpected => "did not find expected key",
            Self::DashExpected => "did not find expected '-' indicator",
            Self::CommaOrBracketExpected => "did not find expected ',' or ']'",
            Self::CommaOrBraceExpected => "did not find expected ',' or '}'",
            Self::ContentExpected => "did not find expected node content",
            Self::DocumentStartExpected => "did not find expected <document start>",
            Self::NoToken => "found character that cannot start any token",
            Self::TabInWord => "found a tab character that violates indentation",
            Self::TabInBlock => "found a tab character where an indentation space is expected",
            Self::QuoteNotClosed => "found unexpected end of stream",
            Self::MarkInQuotes => "found unexpected document indicator",
            Self::UnknownEscape => "found unknown escape character",
            Self::NoHexadecimal => "did not find expected hexdecimal number",
            Self::NoCharacter => "found invalid Unicode character escape code",
            Self::BlockHeader => "did not find expected comment or line break",
            Self::BlockIndentation => "found an indentation indicator equal to 0",
            Self::AnchorName => "did not find expected alphabetic or numeric character",
            Self::TagNotClosed => "did not find the expected '>'",
            Self::BehindTag => "did not find expected whitespace or line break",
            Self::TagName => "did not find expected tag URI",
            Self::TagEscape => "did not find URI escaped octet",
            Self::TagHandle => "found undefined tag handle",
            Self::Directive => "found unknown directive name",
            Self::ControlCharacter => "control characters are not allowed",
            Self::TooDeep => "exceeded max depth",
        })
    }
}
