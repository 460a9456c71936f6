//! Where a link remembers another table than today's: a link may be older than the evaluator.

use netpol::{
    Analysis,
    scoreboard::{Change, Record},
};

use protocol::{Element, Table, column_name};

use crate::{convert, view::table};

/// Cells told one by one.
const MOST: usize = 4;

/// What has changed; nothing where nothing has, and where the link remembers the table of another text.
pub(crate) fn changes(analysis: &Analysis, recorded: &str) -> Option<Element> {
    let then = Record::read(recorded)?;
    let scoreboard = analysis.scoreboard(then.direction());
    let changes = then.changes(&Record::of(&scoreboard, &analysis.cluster));
    if changes.is_empty() {
        return None;
    }
    let table = table(analysis, &scoreboard);
    let told = changes.iter().take(MOST).map(|change| told(&table, change));
    let more = changes.len().saturating_sub(MOST);
    let and = (more > 0).then(|| Element::tag("li").text(format!("and {more} more")));
    let intro = Element::tag("p").text("When this link was made, the table said something else:");
    let since = "The evaluator, or what it assumes, has changed since; what the table says today is what counts.";
    let told = Element::classed("ul", "then").each(told).each(and);
    let text =
        Element::tag("div").put(intro).put(told).put(Element::classed("p", "help").text(since));
    Some(Element::classed("section", "bar notice").attr("aria-label", "Then and now").put(text))
}

fn told(table: &Table, Change { row, column, then, now }: &Change) -> Element {
    let row = row.and_then(|at| table.rows.get(at)).map_or("All together", |row| &row.title);
    let (first, rest) = column_name(convert::column(*column));
    let item =
        Element::tag("li").put(Element::tag("b").text(row)).text(format!(", {first}{rest}: "));
    item.text(if then == now {
        format!("{}, then as now, but not for the same", convert::state(*now).word())
    } else {
        format!(
            "{} then, {} today",
            convert::state(*then).word(),
            convert::state(*now).word().to_ascii_lowercase()
        )
    })
}
