//! Where a link remembers another table than today's: a link may be older than the evaluator.

use netpol::{
    Analysis,
    scoreboard::{Change, Record},
};

use crate::{
    sketch::{Sketch, classed, tag},
    table::{Table, column_name, word},
};

/// Cells told one by one.
const MOST: usize = 4;

/// What has changed; nothing where nothing has, and where the link remembers the table of another text.
pub(super) fn changes(analysis: &Analysis, recorded: &str) -> Option<Sketch> {
    let then = Record::read(recorded)?;
    let scoreboard = analysis.scoreboard(then.direction());
    let changes = then.changes(&Record::of(&scoreboard, &analysis.cluster));
    if changes.is_empty() {
        return None;
    }
    let table = Table::of(analysis, &scoreboard);
    let told = changes.iter().take(MOST).map(|change| told(&table, change));
    let more = changes.len().saturating_sub(MOST);
    let and = (more > 0).then(|| tag("li").text(format!("and {more} more")));
    let intro = tag("p").text("When this link was made, the table said something else:");
    let since = "The evaluator, or what it assumes, has changed since; what the table says today is what counts.";
    let told = classed("ul", "then").each(told).each(and);
    let text = tag("div").put(intro).put(told).put(classed("p", "help").text(since));
    Some(classed("section", "bar notice").attr("aria-label", "Then and now").put(text))
}

fn told(table: &Table, Change { row, column, then, now }: &Change) -> Sketch {
    let row = row.and_then(|at| table.rows.get(at)).map_or("All together", |row| &row.title);
    let (first, rest) = column_name(*column);
    let item = tag("li").put(tag("b").text(row)).text(format!(", {first}{rest}: "));
    item.text(if then == now {
        format!("{}, then as now, but not for the same", word(*now))
    } else {
        format!("{} then, {} today", word(*then), word(*now).to_ascii_lowercase())
    })
}
