//! What somebody most probably meant who wrote a line that cannot be read, and what to write in its place.

use super::problem::Kind;

/// A problem on its line.
pub(super) struct Context<'t> {
    pub(super) kind: Kind,
    pub(super) line: &'t str,
    /// The byte of the line that it is noticed at.
    pub(super) column: usize,
    /// The line before.
    pub(super) above: &'t str,
}

const COMMA_OR_BRACE: &str = "put a comma between the entries, and `}` behind the last one";

/// Whether a key and its value stand together: `port:80`, `from:[a]`.
fn lacks_space(line: &str) -> bool {
    let mut characters = line.chars();
    let key = characters.by_ref().take_while(|c| *c != ':');
    let is_key = key.collect::<String>().trim_start_matches([' ', '-']).chars().all(is_of_key);
    is_key && characters.next().is_some_and(|c| !matches!(c, ' ' | ':' | '/'))
}

const fn is_of_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '_')
}

impl Context<'_> {
    /// Whether the line above is none of YAML, such as a sentence.
    pub(super) fn follows_prose(&self) -> bool {
        let above = self.above.trim();
        !above.is_empty() && !above.contains(':') && !above.starts_with(['#', '-', '{', '['])
    }

    fn is_on(&self, characters: &[char]) -> bool {
        self.line.get(self.column..).is_some_and(|rest| rest.starts_with(characters))
    }

    fn is_behind(&self, characters: &[char]) -> bool {
        self.line.get(..self.column).is_some_and(|before| before.trim_end().ends_with(characters))
    }

    /// Whether the line starts with a word in quotes and it stands on the colon behind that.
    fn is_behind_quoted_key(&self) -> bool {
        let before = self.line.get(..self.column).map_or("", str::trim);
        self.is_on(&[':'])
            && ['"', '\''].iter().any(|quote| {
                let mut parts = before.split(*quote);
                // an opening and a closing one, and nothing around them
                parts.next() == Some("") && parts.nth(1) == Some("") && parts.next().is_none()
            })
    }

    /// What to do.
    pub(super) fn help(&self) -> Option<&'static str> {
        let is_template = self.line.contains("{{") || self.above.contains("{{");
        Some(match self.kind {
            Kind::DocumentStartExpected
                if self.above.starts_with('%') || self.line.starts_with('%') =>
            {
                "kubectl cuts the text at `---` and cannot read a directive: remove the line"
            }
            _ if is_template => {
                "this looks like a Helm template: paste what `helm template` makes of it"
            }
            Kind::QuoteNotClosed | Kind::MarkInQuotes => "close the quote that opens here",
            Kind::UnknownEscape | Kind::NoHexadecimal | Kind::NoCharacter => {
                "in double quotes a backslash starts an escape: double it, or use single quotes"
            }
            Kind::AnchorName if self.is_on(&['*']) => "put a value that starts with `*` in quotes",
            Kind::AnchorName => "put a value that starts with `&` in quotes",
            Kind::NoToken if self.line.trim_start().starts_with("```") => {
                "take the lines with ``` out: they are of Markdown"
            }
            Kind::NoToken => "put the value in quotes",
            Kind::TagNotClosed
            | Kind::BehindTag
            | Kind::TagName
            | Kind::TagEscape
            | Kind::TagHandle => "put a value that starts with `!` in quotes",
            Kind::BlockHeader => {
                "put the text below, each line indented, or put all of it in quotes"
            }
            Kind::BlockIndentation => "remove the digit",
            Kind::Directive => "put a line that starts with `%` in quotes, or remove it",
            Kind::CommaOrBraceExpected if self.is_behind_quoted_key() => COMMA_OR_BRACE,
            _ if self.is_behind(&['\'']) => {
                "the quote ends here: inside of single quotes a quote is written twice"
            }
            _ if self.is_behind(&['"']) => {
                "the quote ends here: inside of double quotes a quote is written `\\\"`"
            }
            Kind::ContentExpected if self.is_on(&[':']) => {
                "inside of brackets put a value that starts with a colon in quotes"
            }
            Kind::ContentExpected if !self.is_on(&['[', '{']) => {
                "a value is missing here: write one, or take the comma out"
            }
            _ if lacks_space(self.line) => "put a space after the colon",
            _ if lacks_space(self.above) => "put a space after the colon in the line above",
            Kind::CommaOrBracketExpected | Kind::ContentExpected if self.is_on(&['[']) => {
                "close the bracket that opens here"
            }
            Kind::CommaOrBraceExpected | Kind::ContentExpected if self.is_on(&['{']) => {
                "close the brace that opens here"
            }
            Kind::CommaOrBracketExpected => {
                "put a comma between the items, and `]` behind the last one"
            }
            Kind::CommaOrBraceExpected => COMMA_OR_BRACE,
            Kind::ColonMissing => {
                "each line is `key: value` or `- item`: start it with `#` if it is prose, or take it out"
            }
            Kind::ValueNotAllowed if self.follows_prose() => {
                "this line is prose: start it with `#`, or take it out"
            }
            Kind::ValueNotAllowed if self.has_key_before() => {
                "put a value that holds a colon and a space in quotes, and a map on lines of its own"
            }
            Kind::KeyExpected if self.is_on(&[']', '}']) => {
                "there is one bracket too many: take it out"
            }
            Kind::ValueNotAllowed | Kind::KeyExpected | Kind::KeyNotAllowed => {
                "the indentation of this line does not fit the lines above: keys of one map start in the same column"
            }
            Kind::ItemNotAllowed => "put the dash on a line of its own below the key",
            Kind::DashExpected => {
                "the indentation of this line does not fit the lines above: items of one list start in the same column, each with `- `"
            }
            _ => return None,
        })
    }

    /// Whether a key with its colon stands before it on the line.
    fn has_key_before(&self) -> bool {
        self.line.get(..self.column).is_some_and(|before| before.contains(": "))
    }
}
