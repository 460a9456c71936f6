//! Indentation that was lost in copying: of all lines, as web pages lose it, or of the first one, as a
//! selection does that begins behind it. Put back only where exactly one way fits.

use super::{
    Reading, reading,
    shape::{ROOTS, Shape},
};
use crate::{
    scalar::{Scalar, resolve},
    source::Span,
    yaml::{self, Node},
};

/// Text to put in at a byte.
pub(crate) type Insertion = (usize, String);

/// A longer document is left alone.
const MOST_LINES: usize = 1_000;
/// A document that could be read in more ways on the way is left alone.
const MOST_READINGS: usize = 16;
/// A first line that was indented further is left alone.
const MOST_INDENT: usize = 16;

/// What to put in so that a document without its indentation has it again.
pub(crate) fn lost_indentation(text: &str, document: Span) -> Option<Vec<Insertion>> {
    let lines = lines(text, document)?;
    let is_indented = |line: &&Line<'_>| line.text.starts_with(' ');
    let insertions = if lines.iter().any(|line| is_indented(&line)) {
        let (first, rest) = lines.split_first()?;
        if is_indented(&first) || !rest.iter().all(|line| is_indented(&line)) {
            return None;
        }
        of_first_line(text, document, first)?
    } else {
        of_all_lines(&lines)?
    };
    let is_sound = |document: &yaml::Document| document.faults.is_empty();
    yaml::documents(&inserted(text, document, &insertions))
        .iter()
        .all(is_sound)
        .then_some(insertions)
}

/// Whether all lines begin in the first column though some belong to those above: indentation that is lost, even where
/// more than one way of putting it back fits.
pub(crate) fn is_flat(text: &str, document: Span) -> bool {
    let Some(lines) = lines(text, document) else { return false };
    let beside = ["apiVersion", "kind", "metadata", "spec", "status", "data"];
    let is_lost = |above: &Line<'_>, below: &Line<'_>| {
        let key = below.text.split(':').next().unwrap_or("");
        let (above, _) = above.text.split_once(" #").unwrap_or((above.text, ""));
        matches!(above.trim_end(), "metadata:" | "spec:")
            && below.text.contains(':')
            && !beside.contains(&key)
    };
    let pairs = || lines.iter().zip(lines.iter().skip(1));
    lines.iter().all(|line| !line.text.starts_with(char::is_whitespace))
        && pairs().any(|(above, below)| is_lost(above, below))
}

/// Where `---` is missing before a second `spec:`, with its comments, that begins at a byte.
pub(crate) fn second_spec(text: &str, document: Span, at: usize) -> Option<Insertion> {
    let lines = lines(text, document)?;
    let line = lines.iter().find(|line| line.start <= at && at <= line.start + line.text.len())?;
    Some((line.with_comments, "---\n".to_owned()))
}

/// A line that is neither blank nor a comment.
pub(super) struct Line<'t> {
    pub(super) start: usize,
    /// Where the comments right above it start.
    with_comments: usize,
    pub(super) text: &'t str,
}

pub(super) fn lines(text: &str, document: Span) -> Option<Vec<Line<'_>>> {
    let (mut found, mut at, mut comments) = (Vec::new(), document.start, None);
    for text in text.get(document.start..document.end)?.split_inclusive('\n') {
        let start = at;
        at += text.len();
        let text = text.trim_end();
        if text.trim_start().starts_with('#') {
            comments.get_or_insert(start);
        } else if text.is_empty() || text.starts_with("---") {
            comments = None;
        } else {
            let with_comments = comments.take().unwrap_or(start);
            found.push(Line { start, with_comments, text });
        }
        if found.len() > MOST_LINES {
            return None;
        }
    }
    Some(found)
}

pub(super) fn inserted(text: &str, document: Span, insertions: &[Insertion]) -> String {
    let (mut result, mut from) = (String::new(), document.start);
    for (at, new) in insertions {
        result.push_str(text.get(from..*at).unwrap_or(""));
        result.push_str(new);
        from = *at;
    }
    result.push_str(text.get(from..document.end).unwrap_or(""));
    result
}

/// The one indentation of the first line with which the document can be read.
fn of_first_line(text: &str, document: Span, line: &Line<'_>) -> Option<Vec<Insertion>> {
    let is_policy = |root: &Node| match reading(root) {
        Reading::Part(_) => true,
        Reading::Object => root.get("kind").is_some(),
        Reading::Unclear(_) => false,
    };
    let reads = |insertion: &Insertion| {
        let text = inserted(text, document, std::slice::from_ref(insertion));
        yaml::documents(&text).iter().all(|document| {
            document.faults.is_empty() && document.root.as_ref().is_some_and(is_policy)
        })
    };
    // what can be read as it stands has lost nothing
    let own = text.get(document.start..document.end)?;
    if yaml::documents(own).iter().all(|document| document.faults.is_empty()) {
        return None;
    }
    let indents = (1..=MOST_INDENT).map(|indent| (line.start, " ".repeat(indent)));
    let mut fitting = indents.filter(reads);
    let only = fitting.next()?;
    fitting.next().is_none().then(|| vec![only])
}

/// A map or list that later lines may belong to.
#[derive(Clone)]
struct Open<'t> {
    shape: Shape,
    /// The column of its keys or dashes.
    indent: usize,
    keys: Vec<&'t str>,
}

/// One way of reading the lines so far.
#[derive(Clone)]
struct Way<'t> {
    open: Vec<Open<'t>>,
    /// For each line its indentation, or that a document begins with it.
    indents: Vec<Option<usize>>,
}

/// The one way in which lines without indentation stand in one another.
fn of_all_lines(lines: &[Line<'_>]) -> Option<Vec<Insertion>> {
    let root = |shape| Open { shape, indent: 0, keys: Vec::new() };
    let way = |shape| Way { open: vec![root(shape)], indents: Vec::new() };
    let mut ways: Vec<Way<'_>> = ROOTS.into_iter().map(way).collect();
    for line in lines {
        let (is_item, key, value) = parts(line.text)?;
        let mut next: Vec<Way<'_>> = Vec::new();
        for way in &ways {
            let continued = (0..way.open.len()).filter_map(|at| way.with(at, is_item, key, value));
            next.extend(continued);
            let is_again = way.open.first().is_some_and(|object| {
                object.shape == Shape::Object && key.is_some_and(|key| object.keys.contains(&key))
            });
            if is_again && !is_item && matches!(key, Some("apiVersion" | "spec")) {
                let fresh = Way { open: vec![root(Shape::Object)], indents: way.indents.clone() };
                next.extend(fresh.with(0, is_item, key, value).map(Way::begun_again));
            }
        }
        ways = next;
        if ways.is_empty() || ways.len() > MOST_READINGS {
            return None;
        }
    }
    let (first, rest) = ways.split_first()?;
    let is_one = rest.iter().all(|way| way.indents == first.indents);
    let insertions: Vec<Insertion> = lines
        .iter()
        .zip(&first.indents)
        .flat_map(|(line, indent)| match indent {
            None => vec![(line.with_comments, "---\n".to_owned())],
            Some(0) => Vec::new(),
            Some(indent) => vec![(line.start, " ".repeat(*indent))],
        })
        .collect();
    (is_one && !insertions.is_empty()).then_some(insertions)
}

/// Whether a line is an item, its key, and what stands behind it on the line.
fn parts(line: &str) -> Option<(bool, Option<&str>, &str)> {
    let (is_item, rest) = match line.strip_prefix("- ") {
        Some(rest) => (true, rest.trim_start()),
        None => (false, line),
    };
    if rest.starts_with(['-', '[', '&', '*', '|', '>', '?']) {
        return None;
    }
    let rest = rest.split(" #").next().unwrap_or(rest).trim_end();
    if rest.starts_with('{') {
        return Some((is_item, None, rest));
    }
    match rest.strip_suffix(':').map(|key| (key, "")).or_else(|| rest.split_once(": ")) {
        Some((key, value)) => Some((is_item, Some(key.trim_matches(['"', '\''])), value.trim())),
        None => Some((is_item, None, rest)),
    }
}

impl<'t> Way<'t> {
    /// This way with one more line, as part of one of the open maps and lists.
    fn with(&self, at: usize, is_item: bool, key: Option<&'t str>, value: &str) -> Option<Self> {
        let holder = self.open.get(at)?;
        let mut open: Vec<Open<'t>> = self.open.get(..=at)?.to_vec();
        let indent = holder.indent;
        let mut column = indent;
        let mut shape = holder.shape;
        if is_item {
            shape = shape.item()?;
            column += 2;
            open.push(Open { shape, indent: column, keys: Vec::new() });
        } else if shape.item().is_some() {
            return None;
        }
        match key {
            Some(key) => {
                let inner = shape.child(key)?;
                let map = open.last_mut()?;
                if map.keys.contains(&key) || !fits(shape, inner, value) {
                    return None;
                }
                map.keys.push(key);
                if value.is_empty() {
                    let indent = if inner.item().is_some() { column } else { column + 2 };
                    open.push(Open { shape: inner, indent, keys: Vec::new() });
                }
            }
            None if is_item && (shape == Shape::Text) != value.starts_with('{') => {
                open.pop();
            }
            None => return None,
        }
        let mut indents = self.indents.clone();
        indents.push(Some(indent));
        Some(Self { open, indents })
    }

    fn begun_again(mut self) -> Self {
        if let Some(last) = self.indents.last_mut() {
            *last = None;
        }
        self
    }
}

/// Whether what stands behind a key may stand there.
fn fits(map: Shape, shape: Shape, value: &str) -> bool {
    let is_flow = value.starts_with(['{', '[']);
    let is_text = !value.is_empty() && !is_flow;
    match shape {
        // labels are texts
        Shape::Text if map == Shape::Labels => {
            is_text && (value.starts_with(['"', '\'']) || matches!(resolve(value), Scalar::Text(_)))
        }
        Shape::Text => is_text,
        _ => value.is_empty() || is_flow,
    }
}
