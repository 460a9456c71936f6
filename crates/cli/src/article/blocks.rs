//! What is found in an article.

use lessons::Scenario;
use netpol::{Direction, Span};
use permalink::Shared;

use super::{grid::Grid, transcript::Transcript};

/// How many tagged blocks of an article are looked at.
const MOST_BLOCKS: usize = 200;

/// What is found in an article.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) blocks: Vec<Block>,
    pub(crate) faults: Vec<Fault>,
    /// Whether there was more.
    is_cut: bool,
}

/// A tagged block.
#[derive(Debug)]
pub(crate) struct Block {
    /// Where it begins in the article.
    pub(crate) at: usize,
    pub(crate) policies: Policies,
    /// Its own cluster.
    pub(crate) cluster: Option<Transcript>,
    /// Where the block says one.
    pub(crate) direction: Option<Direction>,
    /// The table beside it.
    pub(crate) grid: Option<Grid>,
}

/// Where the text comes from.
#[derive(Debug)]
pub(crate) enum Policies {
    /// It stands in the article.
    Written(Transcript),
    /// It is a built-in one.
    BuiltIn(&'static Scenario),
    /// It is in a link.
    Linked(Box<Shared>),
}

/// What keeps a block from being judged.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where in the article.
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Found {
    pub(crate) fn add(&mut self, block: Block) {
        if !self.is_full(block.at) {
            self.blocks.push(block);
        }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.faults.is_empty()
    }

    /// Takes over what was found in a part of the article.
    pub(crate) fn extend(&mut self, part: Self) {
        part.blocks.into_iter().for_each(|block| self.add(block));
        part.faults.into_iter().for_each(|fault| self.add_fault(fault));
    }

    pub(crate) fn fault(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add_fault(Fault { span, message: message.into(), help: Some(help.into()) });
    }

    fn add_fault(&mut self, fault: Fault) {
        if !self.is_full(fault.span.start) {
            self.faults.push(fault);
        }
    }

    /// Whether there is too much for one article; says so at the first that is too much.
    pub(crate) fn is_full(&mut self, at: usize) -> bool {
        let is_full = self.blocks.len() + self.faults.len() >= MOST_BLOCKS;
        if is_full && !self.is_cut {
            self.is_cut = true;
            let message = format!("at most {MOST_BLOCKS} blocks of an article are checked");
            let help = Some("part the article".to_owned());
            self.faults.push(Fault { span: Span::new(at, at), message, help });
        }
        is_full
    }
}

/// A direction as an article writes it.
pub(crate) fn direction(word: &str) -> Option<Direction> {
    Direction::ALL.into_iter().find(|one| word.trim().eq_ignore_ascii_case(one.field()))
}
