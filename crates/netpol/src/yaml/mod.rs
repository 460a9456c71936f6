//! Text → documents → nodes with spans, scalars resolved. Knows YAML as kubectl reads it (YAML 1.1 scalars, documents cut at `---` lines, merge keys, core tags)
//! and nothing of Kubernetes. A broken document spoils only itself.

mod chunks;
mod cursor;
mod fault;
mod help;
mod json;
mod keys;
mod parse;
mod problem;
mod reader;
mod scan;
mod tag;
mod token;

use crate::{
    diagnostic::Code,
    field::{FieldPath, Segment},
    scalar::Scalar,
    source::Span,
};

/// Nesting beyond this is refused: no Kubernetes object comes near it.
pub const MAX_DEPTH: usize = 100;
/// Nodes that aliases may add to one document, and that its anchors may hold for them; an alias bomb stops here.
pub const MAX_ALIASED_NODES: usize = 10_000;
/// Parts of one text (scalars, starts and ends of lists and maps, documents); what follows is not read.
/// A cluster dump of 64 MB has some six million.
pub const MAX_EVENTS: usize = 8_000_000;
/// Documents of one text; what follows is not read.
pub const MAX_DOCUMENTS: usize = 100_000;
/// Bytes of one text; a larger one is not read.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// A piece of YAML with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes it stands on; empty for a value that was left out.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The three shapes of YAML, scalars resolved as kubectl does.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, number, boolean or null.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// A map in the order written, each key once (of two equal keys the last one wins).
    Mapping(Vec<Entry>),
}

/// One key of a map with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as text: `yes` becomes `true`, as in kubectl's way through JSON.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What it holds.
    pub value: Node,
}

/// One document of a text: its node, or why it cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// From its first line to the next `---`.
    pub span: Span,
    /// `None` for a document of comments only.
    pub root: Option<Node>,
    /// What is wrong with the text itself, in order.
    pub faults: Vec<Fault>,
    /// The scalars in quotes or blocks that hold a `#`: there it starts no comment.
    pub quoted: Vec<Span>,
}

/// Something wrong with the YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// [`Code::YamlSyntax`], [`Code::TooLarge`] or [`Code::DuplicateKey`].
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub span: Span,
}

impl Document {
    /// One that cannot be read.
    fn broken(span: Span, fault: Fault) -> Self {
        Self { span, root: None, faults: vec![fault], quoted: Vec::new() }
    }
}

impl Entry {
    /// Whether somebody wrote its key; around a fragment stand keys that nobody did.
    pub const fn is_written(&self) -> bool {
        self.key_span.end > self.key_span.start
    }
}

impl Node {
    /// Whether it is null, written or left out.
    pub const fn is_null(&self) -> bool {
        matches!(self.value, Value::Scalar(Scalar::Null))
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key, to be written anew.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match &mut self.value {
            Value::Mapping(entries) => {
                entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
            }
            _ => None,
        }
    }

    /// The entry of a key, with the key's own place.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Mapping(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// Text, where it is text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(Scalar::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The node at `path`.
    pub fn at(&self, path: &FieldPath) -> Option<&Self> {
        path.segments().iter().try_fold(self, |node, segment| match (segment, &node.value) {
            (Segment::Key(key), _) => node.get(key),
            (Segment::Index(index), Value::Sequence(items)) => items.get(*index),
            _ => None,
        })
    }

    /// The bytes of the field at `path`, its key included; of the nearest field above it, where it
    /// is not there.
    pub fn span_of(&self, path: &FieldPath) -> Span {
        let mut node = self;
        let mut span = self.span;
        for segment in path.segments() {
            let next = match segment {
                Segment::Key(key) => {
                    node.entry(key).map(|entry| (&entry.value, entry.key_span.to(entry.value.span)))
                }
                Segment::Index(index) => match &node.value {
                    Value::Sequence(items) => items.get(*index).map(|item| (item, item.span)),
                    _ => None,
                },
            };
            let Some((inner, inner_span)) = next else { break };
            (node, span) = (inner, inner_span);
        }
        span
    }

    fn count(&self) -> usize {
        1 + match &self.value {
            Value::Scalar(_) => 0,
            Value::Sequence(items) => items.iter().map(Self::count).sum(),
            Value::Mapping(entries) => entries.iter().map(|entry| entry.value.count()).sum(),
        }
    }
}

/// Reads a text into its documents. Never fails: faults are part of the documents.
pub fn documents(text: &str) -> Vec<Document> {
    if text.len() > MAX_TEXT_BYTES {
        let message =
            format!("the text has {} bytes; at most {MAX_TEXT_BYTES} are read", text.len());
        let span = Span::new(0, 0);
        let fault = Fault { code: Code::TooLarge, message, help: None, span };
        return vec![Document::broken(span, fault)];
    }
    let mut documents = Vec::new();
    let mut budget = MAX_EVENTS;
    for mut chunk in chunks::chunks(text) {
        let span = chunk.span;
        if documents.len() >= MAX_DOCUMENTS {
            let message =
                format!("the text has more than {MAX_DOCUMENTS} documents; the rest is not read");
            let fault = Fault { code: Code::TooLarge, message, help: None, span };
            documents.push(Document::broken(span, fault));
        } else if let Some(fault) = chunk.fault.take() {
            documents.push(Document::broken(span, fault));
        } else {
            documents.extend(reader::read(text, &chunk, &mut budget));
        }
        if budget == 0 || documents.len() > MAX_DOCUMENTS {
            break;
        }
    }
    documents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_the_same_text() {
        for text in [
            "a",
            "y",
            "no",
            "0777",
            "1.10",
            "",
            "~",
            "-a",
            "a b",
            "a: b",
            "it's",
            "\"",
            "\\",
            "ns-1",
            "a/b.c",
            "a\nb",
            "\n",
            "a\r\nb",
            "\t",
            " a ",
            "a\0\u{1b}\u{7f}b",
            "a\u{85}b",
            "a\u{2028}b\u{2029}",
            "\u{feff}a\u{feff}",
            "a\u{fffe}\u{ffff}",
            "\u{9b}",
            "\u{a0}",
            "é😀",
            "---\n- a",
            "# a",
            "a #b",
            "{}",
            "\\n",
        ] {
            let written = crate::scalar::written(text);
            assert!(!written.contains(char::is_control), "{written:?}");
            let documents = documents(&format!("a: {{b: {written}}}\nc: [{written}]\n"));
            let root = documents.first().and_then(|document| document.root.as_ref()).unwrap();
            let found = root.get("a").and_then(|node| node.get("b")).and_then(Node::as_str);
            assert_eq!(found, Some(text), "{written}");
        }
    }
}
