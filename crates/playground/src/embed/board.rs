//! The widget's table: as on the page, without numbers; covered while the reader guesses. Where there is one policy, the
//! row of all together would only say the same again.

use protocol::{CellKey, Column, Entry, Position, RowKey, State, Table, caption, column_name};
use yew::{Callback, Html, classes, html};

use super::guess::{Guess, Guesses};
use crate::components::scoreboard::{answer, not_evaluated, rest};

/// The table, and whom it tells.
pub(super) struct Board<'b> {
    pub(super) table: &'b Table,
    /// The cell that the verdict is about.
    pub(super) open: Option<(Position, Column)>,
    /// Whether its why is in sight.
    pub(super) is_why_open: bool,
    /// Whether the text is ahead of the table.
    pub(super) is_stale: bool,
    /// What the reader expects, where that is asked.
    pub(super) guesses: Option<&'b Guesses>,
    /// A cell was pressed, and whether it was open.
    pub(super) on_cell: Callback<(CellKey, bool)>,
    /// A cell was guessed.
    pub(super) on_guess: Callback<(CellKey, Guess)>,
}

/// A row of the table as it is shown.
struct Line<'t> {
    position: Position,
    key: RowKey,
    title: &'t str,
    spec: &'t str,
    entries: &'t [Entry; 3],
}

fn lines(table: &Table) -> Vec<Line<'_>> {
    let rows = table.rows_in_sight(&[]).into_iter().map(|(at, row)| Line {
        position: Position::Row(at),
        key: RowKey::Policy { name: row.key.clone(), index: Some(at) },
        title: &row.title,
        spec: &row.spec,
        entries: &row.entries,
    });
    let together = Line {
        position: Position::Together,
        key: RowKey::Together,
        title: "All together",
        spec: "policies add up",
        entries: &table.together,
    };
    let has_several = table.rows.len() > 1;
    rows.chain(has_several.then_some(together)).collect()
}

/// All cells that are shown.
pub(super) fn cells(table: &Table) -> Vec<(CellKey, State)> {
    let of_line = |line: &Line<'_>| {
        let key = line.key.clone();
        let cell = move |(column, state)| (CellKey { row: key.clone(), column }, state);
        let states = line.entries.clone().map(|entry| entry.state);
        Column::ALL.into_iter().zip(states).map(cell)
    };
    lines(table).iter().flat_map(of_line).collect()
}

/// The table.
pub(super) fn board(props: &Board<'_>) -> Html {
    let head = |column: Column| {
        let (word, rest) = column_name(column);
        html! { <th scope="col">{ word }<span class="wide">{ rest }</span></th> }
    };
    html! {
        <div class={classes!("card", "board", props.is_stale.then_some("stale"))}>
            { not_evaluated(props.table) }
            <table>
                <caption>{ caption(props.table.direction) }</caption>
                <thead>
                    <tr>
                        <th scope="col" class="name">{ "Policy" }</th>
                        { Column::ALL.map(head).into_iter().collect::<Html>() }
                    </tr>
                </thead>
                <tbody>{ lines(props.table).iter().map(|line| row(props, line)).collect::<Html>() }</tbody>
            </table>
            { rest(props.table, "open it in the playground to see the others") }
        </div>
    }
}

fn row(props: &Board<'_>, line: &Line<'_>) -> Html {
    let cells = Column::ALL.into_iter().zip(line.entries);
    let cells = cells.map(|(column, entry)| {
        let key = CellKey { row: line.key.clone(), column };
        html! {
            <td>
                { match props.guesses {
                    Some(guesses) if !guesses.is_revealed => choice(props, line, &key, guesses),
                    _ => cell(props, line, key, entry),
                } }
            </td>
        }
    });
    let class = (line.position == Position::Together).then_some("sum");
    html! {
        <tr {class}>
            <th scope="row" class="name">
                <span class="row-title">{ line.title.to_owned() }</span>
                <span class="spec">{ line.spec.to_owned() }</span>
            </th>
            { cells.collect::<Html>() }
        </tr>
    }
}

fn cell(props: &Board<'_>, line: &Line<'_>, key: CellKey, entry: &Entry) -> Html {
    let is_open = props.open == Some((line.position, key.column));
    let is_explained = is_open && props.is_why_open;
    let comparison = props.guesses.map(|guesses| compared(guesses.of(&key), entry.state));
    let onclick = props.on_cell.reform(move |_| (key.clone(), is_open));
    html! {
        <>
            <button
                type="button"
                class={classes!("cell", entry.state.as_str(), is_open.then_some("open"), entry.is_assumed.then_some("assumed"))}
                aria-expanded={is_explained.to_string()}
                aria-controls={is_explained.then_some("explained")}
                {onclick}
            >
                { answer(entry) }
            </button>
            { for comparison }
        </>
    }
}

/// How a guess compares with the cell above it.
fn compared(guess: Option<Guess>, state: State) -> Html {
    let (class, glyph, words) = match guess.map(|guess| (guess, guess.is_right(state))) {
        None => ("compared", "–", "not guessed".to_owned()),
        Some((guess, None)) => ("compared", "–", format!("you said {}", guess.word())),
        Some((_, Some(true))) => ("compared right", "✔", "right".to_owned()),
        Some((guess, Some(false))) => {
            ("compared wrong", "✘", format!("wrong: you said {}", guess.word()))
        }
    };
    html! { <p {class}><span aria-hidden="true">{ glyph }</span>{ " " }{ words }</p> }
}

/// A covered cell: what may be under it.
fn choice(props: &Board<'_>, line: &Line<'_>, key: &CellKey, guesses: &Guesses) -> Html {
    let chosen = guesses.of(key);
    let (word, rest) = column_name(key.column);
    let row = match line.position {
        Position::Row(at) => at.to_string(),
        Position::Together => "all".to_owned(),
    };
    let name = format!("guess-{row}-{}", key.column.as_str());
    let one = |guess: Guess| {
        let key = key.clone();
        let onchange = props.on_guess.reform(move |_| (key.clone(), guess));
        let class = classes!("choice", guess.word().to_ascii_lowercase());
        html! {
            <label {class} title={guess.word()}>
                <input type="radio" name={name.clone()} checked={chosen == Some(guess)} {onchange} />
                <span aria-hidden="true">{ guess.glyph() }</span>
                <span class="choice-word">{ guess.word() }</span>
            </label>
        }
    };
    html! {
        <fieldset class="choices">
            <legend class="unseen">{ format!("{}, {word}{rest}: your guess", line.title) }</legend>
            { Guess::ALL.map(one).into_iter().collect::<Html>() }
        </fieldset>
    }
}
