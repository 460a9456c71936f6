//! Lines of one of the two texts: what links in the explanations point at.

use std::fmt;

use netpol::{Analysis, Origin, Source, Span};

/// A text beside the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The policies.
    Policies,
    /// The cluster.
    Cluster,
}

impl Tab {
    /// All tabs, from left to right.
    pub const ALL: [Self; 2] = [Self::Policies, Self::Cluster];

    /// The word on it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Policies => "Policies",
            Self::Cluster => "Cluster",
        }
    }

    /// The text of this source of an [`Analysis`]: the policies come first.
    pub const fn of_source(source: usize) -> Self {
        if source == 0 { Self::Policies } else { Self::Cluster }
    }
}

/// Lines of a text, from 1, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which text.
    pub tab: Tab,
    /// The first line.
    pub first: usize,
    /// The last line.
    pub last: usize,
}

/// Lines that the person asked to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The lines.
    pub place: Place,
    /// Whether the cursor is wanted there too.
    pub with_cursor: bool,
    /// Tells one wish from the next for the same lines.
    pub number: u32,
}

impl Place {
    /// One line.
    pub const fn line(tab: Tab, line: usize) -> Self {
        Self { tab, first: line, last: line }
    }

    /// The lines that a span of a source touches.
    pub fn of_span(source: usize, text: &Source, span: Span) -> Self {
        let (first, last) = text.lines(span);
        Self { tab: Tab::of_source(source), first, last }
    }

    /// The lines of a field.
    pub fn of_origin(analysis: &Analysis, origin: &Origin) -> Option<Self> {
        let (source, (first, last)) = analysis.manifest.lines(origin)?;
        // the example around somebody's own cluster stands in no tab
        if source > 1 {
            return None;
        }
        Some(Self { tab: Tab::of_source(source), first, last })
    }

    /// The first line.
    pub const fn line_of(self) -> usize {
        self.first
    }

    /// Whether a line of the same text is among them.
    pub const fn contains(&self, line: usize) -> bool {
        self.first <= line && line <= self.last
    }
}

/// `line 125`, `lines 129–134`, `line 3 of the cluster`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "line {}", self.first)?;
        } else {
            write!(f, "lines {}–{}", self.first, self.last)?;
        }
        if self.tab == Tab::Cluster { f.write_str(" of the cluster") } else { Ok(()) }
    }
}
