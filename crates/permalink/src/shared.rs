//! What a link to any text carries: policies, cluster, fields, and how they lie behind each other in its content.
//! The grammar is in the crate's documentation.

use crate::envelope::{self, Fault};
use crate::{EncodeError, Limit, LinkError, MAX_LINK, MAX_TEXT};

/// Ends the policies and each field. UTF-8 never contains it, so no text needs escaping.
const SEPARATOR: u8 = 0xFF;
/// What stands between `#` and the envelope.
const PREFIX: &str = "#/p/";

const CLUSTER: u8 = b'C';
const DIRECTION: u8 = b'd';
/// Upper case, because the table is another without knowing it.
const WITHOUT_WITNESSES: u8 = b'W';
const OPEN: u8 = b'o';
const VIEW: u8 = b'v';
const RESULT: u8 = b'r';

/// The most bytes of each word about the view.
const LONGEST_WORD: usize = 16;
/// The most bytes of a remembered result.
const LONGEST_RESULT: usize = 512;

/// A text that somebody shares.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shared {
    /// The policies, byte for byte: comments, line ends and all.
    pub policies: String,
    /// The cluster, byte for byte, where it is not the built-in one. An empty text is a cluster without objects.
    pub cluster: Option<String>,
    /// How it was looked at.
    pub fields: Fields,
}

/// How a text was looked at. Later playgrounds will add to this: fill it with `..Fields::default()`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// The direction of the table, where the link says one.
    pub direction: Option<Direction>,
    /// Whether the cluster is to be taken as it is, and not filled up with what the policies name.
    pub without_witnesses: bool,
    /// The open cell: its row, from 1, or 0 for all policies together, and the first letter of `same`, `cross` or
    /// `external`, as in `6c`; `-` where none is open. Letters, digits and `-` only, 16 bytes at most.
    pub open: Option<String>,
    /// What else was in sight, a letter each: `p` the problems or `n` what is one edit away, in place of the why; `c` the
    /// cluster's tab. Bounds as for [`open`](Self::open).
    pub view: Option<String>,
    /// What the table said, so that a later playground can tell where it says otherwise. Letters, digits, `-` and `_` only,
    /// 512 bytes at most; this crate does not know what it means.
    pub result: Option<String>,
}

/// A direction of traffic, seen from the selected pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the pods.
    Ingress,
    /// Away from the pods.
    Egress,
}

impl Shared {
    /// The link, from `#` on: `#/p/1.…`. What this returns always opens again.
    pub fn encode(&self) -> Result<String, EncodeError> {
        let content = self.to_content();
        if content.len() > MAX_TEXT {
            return Err(EncodeError::TextTooLarge { size: content.len() });
        }
        let link = format!("{PREFIX}{}", envelope::seal(&content));
        if link.len() > MAX_LINK {
            return Err(EncodeError::LinkTooLong { size: link.len() });
        }
        Ok(link)
    }

    /// Opens what stands behind `#/p/`.
    pub(crate) fn decode(envelope: &str) -> Result<Self, LinkError> {
        let content = envelope::open(envelope).map_err(|fault| match fault {
            Fault::CutOff(content) => {
                LinkError::Truncated { kept: policies_of_beginning(&content) }
            }
            Fault::Damaged => LinkError::Damaged,
            Fault::Newer(version) => LinkError::Newer { version },
            Fault::TooLarge => LinkError::TooLarge(Limit::Text),
        })?;
        Self::from_content(&content)
    }

    fn to_content(&self) -> Vec<u8> {
        let mut content = self.policies.as_bytes().to_vec();
        let mut field = |key: u8, value: &str| {
            content.extend([SEPARATOR, key]);
            content.extend_from_slice(value.as_bytes());
        };
        if let Some(cluster) = &self.cluster {
            field(CLUSTER, cluster);
        }
        match self.fields.direction {
            Some(Direction::Ingress) => field(DIRECTION, "i"),
            Some(Direction::Egress) => field(DIRECTION, "e"),
            None => {}
        }
        if self.fields.without_witnesses {
            field(WITHOUT_WITNESSES, "");
        }
        let Fields { open, view, result, .. } = &self.fields;
        for (key, value, longest) in [
            (OPEN, open, LONGEST_WORD),
            (VIEW, view, LONGEST_WORD),
            (RESULT, result, LONGEST_RESULT),
        ] {
            if let Some(value) = value.clone().and_then(|value| word(value, longest)) {
                field(key, &value);
            }
        }
        content
    }

    fn from_content(content: &[u8]) -> Result<Self, LinkError> {
        let mut parts = content.split(|&byte| byte == SEPARATOR);
        let policies = text(parts.next().unwrap_or_default())?;
        let mut shared = Self { policies, ..Self::default() };
        let mut unknown = None;
        for part in parts {
            let Some((&key, value)) = part.split_first() else { return Err(LinkError::Damaged) };
            let value = text(value)?;
            match key {
                CLUSTER => shared.cluster = Some(value),
                DIRECTION => shared.fields.direction = direction(&value),
                WITHOUT_WITNESSES => shared.fields.without_witnesses = true,
                OPEN => shared.fields.open = word(value, LONGEST_WORD),
                VIEW => shared.fields.view = word(value, LONGEST_WORD),
                RESULT => shared.fields.result = word(value, LONGEST_RESULT),
                b'a'..=b'z' => {}
                b'A'..=b'Z' => unknown = Some(char::from(key)),
                _ => return Err(LinkError::Damaged),
            }
        }
        match unknown {
            Some(key) => Err(LinkError::UnknownField { key, kept: shared.policies }),
            None => Ok(shared),
        }
    }
}

/// A value that is not known here is treated as an unknown key in lower case is: as if it were not there.
fn direction(value: &str) -> Option<Direction> {
    match value {
        "i" => Some(Direction::Ingress),
        "e" => Some(Direction::Egress),
        _ => None,
    }
}

/// What is no word, or too long for one, is treated as if it were not there.
fn word(value: String, longest: usize) -> Option<String> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (!value.is_empty() && value.len() <= longest && value.bytes().all(is_word)).then_some(value)
}

fn text(bytes: &[u8]) -> Result<String, LinkError> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| LinkError::Damaged)
}

/// The policies of a content that may end anywhere.
fn policies_of_beginning(content: &[u8]) -> Option<String> {
    let policies = content.split(|&byte| byte == SEPARATOR).next()?;
    let valid = policies.utf8_chunks().next()?.valid();
    (!valid.is_empty()).then(|| valid.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(content: &[u8]) -> Result<Shared, LinkError> {
        Shared::from_content(content)
    }

    fn only(policies: &str) -> Shared {
        Shared { policies: policies.to_owned(), ..Shared::default() }
    }

    #[test]
    fn a_text_alone_is_its_own_content() {
        assert_eq!(only("kind: Pod\r\n\0").to_content(), b"kind: Pod\r\n\0");
    }

    #[test]
    fn an_empty_cluster_is_not_the_built_in_one() {
        let empty = Shared { cluster: Some(String::new()), ..only("x") };
        assert_eq!(empty.to_content(), b"x\xFFC");
        assert_eq!(parse(b"x\xFFC"), Ok(empty));
        assert_eq!(parse(b"x"), Ok(only("x")));
    }

    #[test]
    fn an_unknown_field_about_the_view_is_skipped() {
        assert_eq!(parse(b"x\xFFzeight/cross\xFFde"), parse(b"x\xFFde"));
        assert_eq!(parse(b"x\xFFdboth"), Ok(only("x")), "and so is an unknown value");
    }

    #[test]
    fn what_is_no_word_about_the_view_is_passed_over() {
        for value in ["", "6c\0", "ü", "<b>", &"c".repeat(17)] {
            let mut content = b"x\xFFo".to_vec();
            content.extend_from_slice(value.as_bytes());
            assert_eq!(parse(&content), Ok(only("x")), "{value}");
            let fields = Fields { view: Some(value.to_owned()), ..Fields::default() };
            assert_eq!(Shared { fields, ..only("x") }.to_content(), b"x", "{value}");
        }
        let fields = Fields { open: Some("6c".to_owned()), ..Fields::default() };
        assert_eq!(parse(b"x\xFFo6c"), Ok(Shared { fields, ..only("x") }));
    }

    #[test]
    fn an_unknown_field_about_the_meaning_refuses_the_link_and_keeps_the_policies() {
        let error = parse(b"x\xFFX0\xFFde").expect_err("`X` is not known");
        assert_eq!(error, LinkError::UnknownField { key: 'X', kept: "x".to_owned() });
        assert_eq!(error.kept(), Some("x"));
    }

    #[test]
    fn content_that_no_encoder_writes_is_damaged() {
        for content in [
            &b"x\xFF"[..],
            b"x\xFF\xFFde",
            b"x\xFF1",
            b"x\xFF C",
            b"\xC3",
            b"x\xFFC\xC3",
            b"x\xFFo\xC3",
        ] {
            assert_eq!(parse(content), Err(LinkError::Damaged), "{content:?}");
        }
    }
}
