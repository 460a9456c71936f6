//! A table in a few characters, for a link to remember what it showed: a letter a cell, and where the letter does not say it
//! all, two characters that change when anybody's answer does. No words: better wording is no other result.

use super::{Cell, Cells, Column, Group, Peers, Scoreboard, State};
use crate::{cluster::Cluster, policy::Direction};

/// Rows beyond this are not remembered one by one.
const MOST_ROWS: usize = 40;
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A cell that is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The row, from 0; `None` for all policies together.
    pub row: Option<usize>,
    /// The column.
    pub column: Column,
    /// What the cell said then.
    pub then: State,
    /// What it says now. Where that is the same, it says so about others, or about other ports.
    pub now: State,
}

/// What a table was remembered as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    direction: Direction,
    rows: Vec<[Mark; 3]>,
    together: [Mark; 3],
}

/// What a cell was remembered as: its letter, and a digest of who is meant.
type Mark = (State, u16);

impl Record {
    /// Remembers a table.
    pub fn of(scoreboard: &Scoreboard, cluster: &Cluster) -> Self {
        let marks = |cells: &Cells| Column::ALL.map(|column| mark(cells.get(column), cluster));
        Self {
            direction: scoreboard.direction,
            rows: scoreboard.rows.iter().take(MOST_ROWS).map(|row| marks(&row.cells)).collect(),
            together: marks(&scoreboard.together),
        }
    }

    /// The direction of the table.
    pub const fn direction(&self) -> Direction {
        self.direction
    }

    /// Reads what [`Display`](std::fmt::Display) wrote; `None` where it did not.
    pub fn read(text: &str) -> Option<Self> {
        let mut rest = text.bytes();
        let direction = match rest.next()? {
            b'i' => Direction::Ingress,
            b'e' => Direction::Egress,
            _ => return None,
        };
        let mut rows = Vec::new();
        while rest.len() > 0 {
            rows.push([take(&mut rest)?, take(&mut rest)?, take(&mut rest)?]);
        }
        let together = rows.pop()?;
        (rows.len() <= MOST_ROWS).then_some(Self { direction, rows, together })
    }

    /// What has changed since; nothing where the table has other rows, for then it is another text.
    pub fn changes(&self, now: &Self) -> Vec<Change> {
        if self.direction != now.direction || self.rows.len() != now.rows.len() {
            return Vec::new();
        }
        let pairs = self.rows.iter().zip(&now.rows).enumerate();
        let rows = pairs.map(|(at, (then, now))| (Some(at), then, now));
        let together = std::iter::once((None, &self.together, &now.together));
        rows.chain(together).flat_map(|(row, then, now)| differing(row, then, now)).collect()
    }
}

fn differing(row: Option<usize>, then: &[Mark; 3], now: &[Mark; 3]) -> Vec<Change> {
    let cells = Column::ALL.into_iter().zip(then.iter().zip(now));
    cells
        .filter(|(_, (then, now))| then != now)
        .map(|(column, (then, now))| Change { row, column, then: then.0, now: now.0 })
        .collect()
}

impl std::fmt::Display for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.direction {
            Direction::Ingress => "i",
            Direction::Egress => "e",
        })?;
        for (state, digest) in self.rows.iter().chain([&self.together]).flatten() {
            f.write_str(letter(*state))?;
            if has_digest(*state) {
                for shift in [6, 0] {
                    let digit = DIGITS.get(usize::from(digest >> shift & 63));
                    write!(f, "{}", char::from(digit.copied().unwrap_or(b'A')))?;
                }
            }
        }
        Ok(())
    }
}

const fn letter(state: State) -> &'static str {
    match state {
        State::Allowed => "a",
        State::Denied => "d",
        State::Partly => "p",
        State::Unrestricted => "n",
        State::Depends => "q",
    }
}

/// Whether the letter leaves open who is meant.
const fn has_digest(state: State) -> bool {
    matches!(state, State::Partly | State::Depends)
}

fn take(rest: &mut std::str::Bytes<'_>) -> Option<Mark> {
    let state = match rest.next()? {
        b'a' => State::Allowed,
        b'd' => State::Denied,
        b'p' => State::Partly,
        b'n' => State::Unrestricted,
        b'q' => State::Depends,
        _ => return None,
    };
    if !has_digest(state) {
        return Some((state, 0));
    }
    let mut digit = || {
        let byte = rest.next()?;
        DIGITS.iter().position(|digit| *digit == byte).and_then(|at| u16::try_from(at).ok())
    };
    Some((state, digit()? << 6 | digit()?))
}

fn mark(cell: &Cell, cluster: &Cluster) -> Mark {
    let digest = if has_digest(cell.state) { digest(cell, cluster) } else { 0 };
    (cell.state, digest)
}

/// Twelve bits over all pairs of a selected pod and a peer with their ports. The sum of products is the sum over all
/// pairs, so neither order nor how equal ones are put together counts.
fn digest(cell: &Cell, cluster: &Cluster) -> u16 {
    let name = |id| cluster.pod(id).map_or(0, |pod| hash(&pod.meta.name.to_string()));
    let mut total = 0_u64;
    for share in &cell.shares {
        let subjects = sum(share.subjects.unordered().map(name));
        if share.groups.is_empty() && !share.anyone.is_empty() {
            total = total.wrapping_add(subjects.wrapping_mul(hash(&share.anyone.to_string())));
        }
        for group in share.groups.iter() {
            total = total.wrapping_add(subjects.wrapping_mul(admitted(group, &name)));
        }
    }
    u16::try_from(total >> 52).unwrap_or_default()
}

fn admitted(Group { peers, admitted }: &Group, name: &impl Fn(crate::PodId) -> u64) -> u64 {
    if admitted.documented.is_empty() {
        return 0;
    }
    let who = match peers {
        Peers::Pods(pods) => sum(pods.unordered().map(name)),
        Peers::Addresses(set) => sum(set.ips().cidrs().iter().map(|cidr| hash(&cidr.to_string()))),
    };
    let ports = format!("{} {}", admitted.documented, admitted.surely);
    who.wrapping_mul(hash(&ports))
}

fn sum(all: impl Iterator<Item = u64>) -> u64 {
    all.fold(0, u64::wrapping_add)
}

/// FNV-1a with its bits stirred, and odd, so that no product with it is lost. For ever the same: links hold what comes of it.
fn hash(text: &str) -> u64 {
    let mixed = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (mixed ^ mixed >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1
}
