//! What is said aloud after a pause in typing: what has changed since it was last said, and nothing else.

use protocol::{Column, Table, column_name};

/// More changes than this are counted, not told.
const MOST_CHANGES: usize = 3;

/// What somebody who cannot see the page knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    /// The table.
    pub table: Option<Table>,
    /// What keeps the table from being that of the text.
    pub trouble: Option<String>,
}

/// The words for what has changed; empty where nothing has.
pub fn changes(before: &Heard, now: &Heard) -> String {
    if before.trouble != now.trouble {
        if let Some(trouble) = &now.trouble {
            return trouble.clone();
        }
        let cells = cells(before, now);
        return if cells.is_empty() { "No errors any more.".to_owned() } else { cells };
    }
    if now.trouble.is_some() { String::new() } else { cells(before, now) }
}

fn cells(before: &Heard, now: &Heard) -> String {
    let (Some(old), Some(new)) = (&before.table, &now.table) else { return String::new() };
    if old.direction != new.direction {
        return format!("The table shows {} now.", new.direction);
    }
    let mut said = Vec::new();
    for row in &new.rows {
        let Some(known) = old.rows.iter().find(|known| known.key == row.key) else { continue };
        for column in Column::ALL {
            let (Some(was), Some(is)) = (known.entry(column), row.entry(column)) else { continue };
            if was != is {
                let (word, rest) = column_name(column);
                let reason =
                    if is.reason.is_empty() { String::new() } else { format!(", {}", is.reason) };
                said.push(format!(
                    "{}: {word}{rest} is now {}{reason}.",
                    row.title,
                    is.state.word()
                ));
            }
        }
    }
    let mut words = if said.len() > MOST_CHANGES {
        format!("{} cells have changed.", said.len())
    } else {
        said.join(" ")
    };
    if old.rows.len() != new.rows.len() {
        let count = new.rows.len();
        let policies = if count == 1 { "policy" } else { "policies" };
        let space = if words.is_empty() { "" } else { " " };
        words = format!("{count} {policies} now.{space}{words}");
    }
    words
}
