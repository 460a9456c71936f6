//! The table in aligned columns. A cell is a mark and a word, so that nothing depends on colour; whoever has colours paints
//! the words.

use std::borrow::Cow;

use netpol::{Direction, State};

use crate::{
    harmless,
    plain::{fold, width, wrap},
    table::{Answer, TOGETHER, Table},
};

/// Where the words of a cell are folded for people.
const WIDEST: usize = 38;
/// What parts two columns.
const GAP: &str = "  ";

/// How wide the text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// As wide as it comes: for programs that look for a line.
    Unlimited,
    /// Long cells become several lines, and words stay whole.
    Folded,
    /// The same, and no line is wider than so many cells of a terminal.
    Within(usize),
}

/// What is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Headings and names.
    Strong,
    /// Nothing but words.
    Plain,
    /// A cell.
    State(State),
}

/// The table as text without any colour, long cells folded: for comments, chats and commit messages.
pub fn ascii(table: &Table) -> String {
    text(table, Room::Folded, &|_, words| Cow::Borrowed(words))
}

/// The table as text. The painter must not change how wide its words are.
pub fn text(table: &Table, room: Room, paint: &dyn Fn(Tone, &str) -> Cow<'_, str>) -> String {
    let widest = widest(table, room);
    let heading = match table.direction {
        Direction::Ingress => "Ingress: who may connect to the selected pods",
        Direction::Egress => "Egress: whom the selected pods may connect to",
    };
    let [name_widest, spec_widest, same_widest, cross_widest, external_widest] = widest;
    let words = |text: &str, tone, widest| Words::new(text, tone, widest, room);
    let cell = |answer: &Answer, widest| cell(answer, widest, room);
    let row = |name: &str, spec: &str, answers: &[Answer; 3]| {
        let [same, cross, external] = answers;
        [
            words(name, Tone::Strong, name_widest),
            words(spec, Tone::Plain, spec_widest),
            cell(same, same_widest),
            cell(cross, cross_widest),
            cell(external, external_widest),
        ]
    };
    let mut at = widest.into_iter();
    let headings = table.headings();
    let headings = headings.map(|text| words(text, Tone::Strong, at.next().unwrap_or(usize::MAX)));
    let mut rows = vec![headings];
    rows.extend(table.rows.iter().map(|it| row(&it.policy, &it.spec, &it.answers)));
    rows.push(row(TOGETHER, "", &table.together));
    let heading = match room {
        Room::Within(room) => wrap(heading, room).join("\n"),
        Room::Unlimited | Room::Folded => heading.to_owned(),
    };
    format!("{}\n\n{}", paint(Tone::Strong, &heading), layout(&rows, paint))
}

/// How wide the words of each column may be.
fn widest(table: &Table, room: Room) -> [usize; 5] {
    let room = match room {
        Room::Unlimited => return [usize::MAX; 5],
        Room::Folded => return [usize::MAX, WIDEST, WIDEST, WIDEST, WIDEST],
        Room::Within(room) => room,
    };
    let mut wanted = table.headings().map(width);
    let mut want = |name: &str, spec: &str, answers: &[Answer; 3]| {
        let [same, cross, external] = answers.each_ref().map(|answer| width(&answer.words()));
        let row = [width(&harmless(name)), width(&harmless(spec)), same, cross, external];
        for (wanted, more) in wanted.iter_mut().zip(row) {
            *wanted = more.max(*wanted);
        }
    };
    for row in &table.rows {
        want(&row.policy, &row.spec, &row.answers);
    }
    want(TOGETHER, "", &table.together);
    for wanted in wanted.iter_mut().skip(1) {
        *wanted = WIDEST.min(*wanted);
    }
    // what parts the columns, and the marks before the words of three of them
    let room = room.saturating_sub(4 * GAP.len() + 3 * 2);
    // the widest columns give way
    let fits = |cap: &usize| wanted.iter().map(|wanted| wanted.min(cap)).sum::<usize>() <= room;
    let most = wanted.iter().copied().max().unwrap_or(0);
    let cap = (1..=most).rev().find(fits).unwrap_or(1);
    wanted.map(|wanted| wanted.min(cap))
}

/// The words of a cell, folded.
struct Words {
    lines: Vec<String>,
    tone: Tone,
}

impl Words {
    fn new(text: &str, tone: Tone, widest: usize, room: Room) -> Self {
        let fold = if matches!(room, Room::Within(_)) { wrap } else { fold };
        Self { lines: fold(&harmless(text), widest), tone }
    }

    fn width(&self) -> usize {
        self.lines.iter().map(|line| width(line)).max().unwrap_or(0)
    }
}

fn cell(answer: &Answer, widest: usize, room: Room) -> Words {
    let mut words = Words::new(&answer.words(), Tone::State(answer.state), widest, room);
    // what is folded stands below the words, not below the mark
    let marks = std::iter::once(answer.glyph()).chain(std::iter::repeat(" "));
    words.lines =
        words.lines.iter().zip(marks).map(|(line, mark)| format!("{mark} {line}")).collect();
    words
}

fn layout<const N: usize>(
    rows: &[[Words; N]],
    paint: &dyn Fn(Tone, &str) -> Cow<'_, str>,
) -> String {
    let widths: Vec<usize> = (0..N)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(Words::width).max().unwrap_or(0))
        .collect();
    let mut lines = Vec::new();
    for row in rows {
        let height = row.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        for at in 0..height {
            lines.push(line(row, at, &widths, paint));
        }
    }
    lines.join("\n")
}

/// The line of a row at `at`. Its end is not filled up, so that it can be copied without blanks.
fn line(
    row: &[Words],
    at: usize,
    widths: &[usize],
    paint: &dyn Fn(Tone, &str) -> Cow<'_, str>,
) -> String {
    let (mut line, mut owed) = (String::new(), 0);
    for (cell, column) in row.iter().zip(widths) {
        let text = cell.lines.get(at).map_or("", String::as_str);
        if !text.is_empty() {
            line.push_str(&" ".repeat(owed));
            line.push_str(&paint(cell.tone, text));
            owed = 0;
        }
        owed += column - width(text).min(*column) + GAP.len();
    }
    line
}
