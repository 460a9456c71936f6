//! The matrix for people: below each source whom it reaches, by ports. Sources with equal answers share a block, and each
//! answer takes as few words as it can, so that large clusters stay readable.

use std::collections::BTreeMap;

use netpol::ports::{PortSet, Protocol};

use super::{Answer, AnswerId, Members, NOBODY, Reach, alike, phrase::Phrases, place::REST};
use render::{fold, wrap};

use crate::{
    ink::{BOLD, DIM, harmless, width},
    omissions::Omissions,
    printer::Printer,
};

/// How wide the text may be, where no terminal is narrower.
const WIDEST: usize = 100;
/// How wide the column of ports may be; longer lists take a line of their own.
const WIDEST_PORTS: usize = 22;
/// How many ranges of ports a list names.
const MOST_RANGES: usize = 40;

/// Writes the matrix as text. Unfolded, each pod has a block of its own; the destinations stay groups.
pub(crate) fn text(reach: &Reach<'_>, unfolds: bool, printer: &mut Printer) {
    let pods: usize = reach.groups.iter().map(|group| group.members.count()).sum();
    let groups = reach.groups.iter().filter(|group| group.members.count() > 0).count();
    let title = "Who reaches whom, on which ports";
    let amount = if groups == pods {
        counted(pods, "pod")
    } else {
        format!(
            "{} in {} that policies treat alike",
            counted(pods, "pod"),
            counted(groups, "group")
        )
    };
    let room = Room::of(printer);
    for (at, line) in room.fold(&format!("{title}: {amount}"), 0).iter().enumerate() {
        match line.strip_prefix(title).filter(|_| at == 0) {
            Some(rest) => printer.line(&format!("{}{rest}", printer.ink().paint(BOLD, title))),
            None => printer.line(line),
        }
    }
    let blocks = Blocks::of(reach, room);
    if unfolds {
        for (at, group) in reach.groups.iter().enumerate() {
            let names = match &group.members {
                Members::Pods(pods) => pods.iter().map(|id| reach.pod_name(*id)).collect(),
                Members::Addresses(_) => vec![group.name.clone()],
            };
            let lines = blocks.lines(&[at]);
            for name in &names {
                block(name, &lines, room, printer);
            }
            if printer.is_closed() {
                return;
            }
        }
    } else {
        for sources in blocks.sources() {
            block(&blocks.heading(&sources), &blocks.lines(&sources), room, printer);
            if printer.is_closed() {
                return;
            }
        }
    }
    footer(reach, room, printer);
}

/// How wide the lines are.
#[derive(Clone, Copy)]
struct Room {
    widest: usize,
    /// Whether a person looks at it, for whom words are parted that are wider than a line.
    is_terminal: bool,
}

impl Room {
    fn of(printer: &Printer) -> Self {
        let widest = printer.width().map_or(WIDEST, |width| width.min(WIDEST));
        Self { widest, is_terminal: printer.is_terminal() }
    }

    /// Folds a text that stands behind so many cells.
    fn fold(self, text: &str, indent: usize) -> Vec<String> {
        let fold = if self.is_terminal { wrap } else { fold };
        fold(text, self.widest.saturating_sub(indent).max(1))
    }
}

fn block(heading: &str, lines: &[String], room: Room, printer: &mut Printer) {
    printer.line("");
    for line in room.fold(&harmless(heading), 0) {
        printer.line(&printer.ink().paint(BOLD, &line));
    }
    for line in lines {
        printer.line(line);
    }
}

/// The rows as blocks of text.
struct Blocks<'r> {
    reach: &'r Reach<'r>,
    phrases: Phrases<'r>,
    /// How wide the column of ports is.
    ports: usize,
    room: Room,
}

impl<'r> Blocks<'r> {
    fn of(reach: &'r Reach<'_>, room: Room) -> Self {
        let widths = reach.answers.all().iter().skip(1).map(|answer| width(&ports(answer)));
        let most = WIDEST_PORTS.min(room.widest / 4);
        let ports = widths.filter(|width| *width <= most).max().unwrap_or(0);
        Self { reach, phrases: Phrases::of(reach), ports, room }
    }

    /// The groups, those with equal rows together. A single pod reaches itself anyway, so that it may be counted
    /// among the reached, as it is by most others.
    fn sources(&self) -> Vec<Vec<usize>> {
        let usual = self.usual();
        let row_of = |at: usize| {
            let mut row = self.reach.row(at);
            if let (true, Some(slot), Some(usual)) =
                (self.is_single(at), row.get_mut(at), usual.get(at))
            {
                *slot = *usual;
            }
            row
        };
        // by a sum of the row; which of those with the same sum, the row itself tells
        let mut known: BTreeMap<u128, Vec<usize>> = BTreeMap::new();
        let mut sources: Vec<Vec<usize>> = Vec::new();
        for at in 0..self.reach.groups.len() {
            let row = row_of(at);
            let blocks = known.entry(alike::print_of(&row)).or_default();
            let first = |block: &usize| sources.get(*block).and_then(|block| block.first());
            let is_equal = |block: &&usize| first(block).is_some_and(|first| row_of(*first) == row);
            let block = blocks.iter().find(is_equal).copied().unwrap_or(sources.len());
            if let Some(block) = sources.get_mut(block) {
                block.push(at);
            } else {
                blocks.push(block);
                sources.push(vec![at]);
            }
        }
        sources
    }

    /// How most others reach each group, if there is such a majority (Boyer and Moore's vote).
    fn usual(&self) -> Vec<AnswerId> {
        let count = self.reach.groups.len();
        let mut votes: Vec<(AnswerId, usize)> = vec![(NOBODY, 0); count];
        for source in 0..count {
            for (at, (id, vote)) in self.reach.row(source).into_iter().zip(&mut votes).enumerate() {
                let (leading, lead) = vote;
                if at == source && self.is_single(at) {
                    continue;
                }
                if *lead == 0 {
                    *vote = (id, 1);
                } else if *leading == id {
                    *lead += 1;
                } else {
                    *lead -= 1;
                }
            }
        }
        votes.into_iter().map(|(leading, _)| leading).collect()
    }

    fn is_single(&self, at: usize) -> bool {
        self.reach.groups.get(at).is_some_and(|group| group.members.count() == 1)
    }

    fn heading(&self, sources: &[usize]) -> String {
        let names = self.phrases.words(sources, None).join(", ");
        let only = match sources {
            [only] => self.reach.groups.get(*only),
            _ => None,
        };
        match only.map_or(0, |group| group.members.count()) {
            0 | 1 => names,
            pods => format!("{names} ({})", counted(pods, "pod")),
        }
    }

    /// Whom some groups with equal rows reach.
    fn lines(&self, sources: &[usize]) -> Vec<String> {
        let Some(first) = sources.first().copied() else { return Vec::new() };
        let mut row = self.reach.row(first);
        let mut no_matter = Some(first).filter(|at| self.is_single(*at));
        if let (Some(other), Some(slot)) = (sources.get(1), row.get_mut(first)) {
            // what the first of several reaches of itself is what another reaches of it
            no_matter = None;
            *slot = self.reach.row(*other).get(first).copied().unwrap_or(NOBODY);
        }
        let mut lines = Vec::new();
        for (answer, groups) in self.reach.reached(&row) {
            let words = self.phrases.words(&groups, no_matter);
            self.entry(&ports(answer), &words.join(", "), &mut lines);
        }
        if lines.is_empty() {
            lines.push("  → nobody".to_owned());
        }
        lines
    }

    /// `  TCP 80  → shop/db, shop/api`
    fn entry(&self, ports: &str, words: &str, lines: &mut Vec<String>) {
        let column = self.ports;
        let mut start = format!("  {ports}{}", " ".repeat(column.saturating_sub(width(ports))));
        if width(ports) > column {
            lines.extend(self.room.fold(ports, 2).iter().map(|line| format!("  {line}")));
            start = " ".repeat(2 + column);
        }
        let indent = " ".repeat(column + 6);
        for (at, line) in self.room.fold(&harmless(words), column + 6).iter().enumerate() {
            lines.push(if at == 0 {
                format!("{start}  → {line}")
            } else {
                format!("{indent}{line}")
            });
        }
    }
}

/// What the reader has to know, and what is left out.
fn footer(reach: &Reach<'_>, room: Room, printer: &mut Printer) {
    let mut notes = vec![
        "Who is not listed is not reached. A pod always reaches itself; a group that reaches itself is pods that reach one another."
            .to_owned(),
    ];
    if reach.groups.iter().any(|group| group.name == REST) {
        notes.push(format!("{REST}: outside the cluster, and not in another row."));
    }
    if reach.groups.iter().any(|group| group.name.contains(" +")) {
        notes.push("+N: and so many more, all treated alike; --output json names them.".to_owned());
    }
    if reach.answers.all().iter().any(|answer| ranges(&answer.ports).count() > MOST_RANGES) {
        notes.push("--output json names all ports.".to_owned());
    }
    if reach.depends() {
        notes.push(
            "?: an ipBlock holds the address of a pod, and whether it then matches the pod is left to the network plugin. What is shown is what Kubernetes' conformance tests ask for."
                .to_owned(),
        );
    }
    if reach.asks_unknown_values() {
        notes.push(
            "?: a policy asks for the value of a label that a controller sets and that is not in the files. What is shown is what comes about if it is the one that opens most."
                .to_owned(),
        );
    }
    notes.extend(Omissions::of(reach.cluster).sentences("matrix"));
    printer.line("");
    for line in notes.iter().flat_map(|note| room.fold(note, 0)) {
        printer.line(&printer.ink().paint(DIM, &line));
    }
}

/// `TCP 80`, and after `?` what depends: `? all ports (surely TCP 80)`.
fn ports(answer: &Answer) -> String {
    let ports = few(&answer.ports);
    match &answer.sure {
        None => ports,
        Some(sure) if sure.is_empty() => format!("? {ports}"),
        Some(sure) => format!("? {ports} (surely {})", few(sure)),
    }
}

/// The first of many ports, and how many ranges follow.
fn few(ports: &PortSet) -> String {
    let more = ranges(ports).count().saturating_sub(MOST_RANGES);
    if more == 0 {
        return ports.to_string();
    }
    let first: Vec<PortSet> = ranges(ports).take(MOST_RANGES).collect();
    format!("{} and {more} more", PortSet::union_of(&first))
}

/// Each range by itself.
fn ranges(ports: &PortSet) -> impl Iterator<Item = PortSet> {
    let of =
        |protocol| ports.ranges(protocol).iter().map(move |range| PortSet::of(protocol, *range));
    Protocol::ALL.into_iter().flat_map(of)
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
