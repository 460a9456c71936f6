//! The table: one row a policy, and one for all together. Every cell opens its why.

use protocol::{
    CellKey, Column, Direction, Entry, MOST_ROWS, Position, Row, RowKey, Table, caption,
    column_name, harmless,
};
use yew::{Callback, Html, classes, html};

/// The table, and whom it tells.
pub struct Scoreboard<'t> {
    /// The words.
    pub table: &'t Table,
    /// The cell that is explained.
    pub open: Option<(Position, Column)>,
    /// Whether its why is in sight.
    pub is_why_open: bool,
    /// The row whose policy the cursor is in.
    pub marked: Option<usize>,
    /// The cells that hang on the line of the cursor, or of the pointer.
    pub hanging: Vec<(Position, Column)>,
    /// Whether the text is ahead of the table.
    pub is_stale: bool,
    /// A cell was pressed, and whether it was open.
    pub on_cell: Callback<(CellKey, bool)>,
    /// A policy's name was pressed.
    pub on_row: Callback<usize>,
    /// The other direction was asked for, where a policy has nothing to say about this one.
    pub on_direction: Callback<Direction>,
}

/// The table.
pub fn scoreboard(props: &Scoreboard<'_>) -> Html {
    let head = |column: Column| {
        let (word, rest) = column_name(column);
        html! { <th scope="col">{ word }<span class="wide">{ rest }</span></th> }
    };
    let open = match props.open {
        Some((Position::Row(at), _)) => Some(at),
        _ => None,
    };
    let rows = props.table.rows_in_sight(&[props.marked, open]);
    html! {
        <div class={classes!("card", "board", props.is_stale.then_some("stale"))}>
            { not_evaluated(props.table) }
            { for props.table.elsewhere.map(|direction| nothing_here(props, direction)) }
            <table>
                <caption>{ caption(props.table.direction) }</caption>
                <thead>
                    <tr>
                        <th scope="col" class="n">{ "#" }</th>
                        <th scope="col" class="name">{ "Policy" }</th>
                        { Column::ALL.map(head).into_iter().collect::<Html>() }
                    </tr>
                </thead>
                <tbody>
                    { rows.into_iter().map(|(at, row)| policy_row(props, at, row)).collect::<Html>() }
                    { together_row(props) }
                </tbody>
            </table>
            { rest(props.table, "put the cursor into another one, and its row is here") }
        </div>
    }
}

fn policy_row(props: &Scoreboard<'_>, at: usize, row: &Row) -> Html {
    let key =
        |column| CellKey { row: RowKey::Policy { name: row.key.clone(), index: Some(at) }, column };
    let cells = Column::ALL.into_iter().zip(&row.entries);
    let cells =
        cells.map(|(column, entry)| cell(props, entry, key(column), (Position::Row(at), column)));
    let is_marked = props.marked == Some(at);
    let onclick = props.on_row.reform(move |_| at);
    html! {
        <tr class={classes!(is_marked.then_some("marked"))} aria-current={is_marked.then_some("true")}>
            <td class="n">{ at + 1 }</td>
            <th scope="row" class="name">
                <button type="button" class="row-name" title="Show it in the editor" {onclick}>{ &row.title }</button>
                <span class="spec">{ &row.spec }</span>
                { for row.elsewhere.map(|direction| elsewhere(props, direction)) }
            </th>
            { cells.collect::<Html>() }
        </tr>
    }
}

/// How many rows are not here, and how to see them.
pub fn rest(table: &Table, how: &str) -> Html {
    let all = table.rows.len();
    if all <= MOST_ROWS {
        return html! {};
    }
    html! {
        <p class="beside plain">
            { format!("The first {MOST_ROWS} of {all} policies: {how}. In a terminal, ") }<code>{ "netpol table" }</code>{ " prints them all." }
        </p>
    }
}

/// The head of a table that does not know everything.
pub fn not_evaluated(table: &Table) -> Html {
    let words = |words: &String| html! { <p class="beside"><span aria-hidden="true">{ "⚠ " }</span>{ harmless(words).into_owned() }</p> };
    table.not_evaluated.as_ref().map_or_else(Html::default, words)
}

/// A table in which no policy has anything to say, and the way to the one in which they have.
fn nothing_here(props: &Scoreboard<'_>, direction: Direction) -> Html {
    let here = props.table.direction;
    html! {
        <p class="beside plain">{ format!("No policy here restricts {here}.") }{ " " }{ elsewhere(props, direction) }</p>
    }
}

/// The way to the table that has something to say of a policy.
fn elsewhere(props: &Scoreboard<'_>, direction: Direction) -> Html {
    let onclick = props.on_direction.reform(move |_| direction);
    html! {
        <button type="button" class="line-link elsewhere" {onclick}>{ format!("Show {direction}") }</button>
    }
}

fn together_row(props: &Scoreboard<'_>) -> Html {
    let cells = Column::ALL.into_iter().zip(&props.table.together);
    let cells = cells.map(|(column, entry)| {
        let key = CellKey { row: RowKey::Together, column };
        cell(props, entry, key, (Position::Together, column))
    });
    html! {
        <tr class="sum">
            <td class="n"><span aria-hidden="true">{ "Σ" }</span></td>
            <th scope="row" class="name">
                <span class="row-title">{ "All together" }</span>
                <span class="spec">{ "policies add up" }</span>
            </th>
            { cells.collect::<Html>() }
        </tr>
    }
}

fn cell(props: &Scoreboard<'_>, entry: &Entry, key: CellKey, position: (Position, Column)) -> Html {
    let is_open = props.open == Some(position);
    let hangs = props.hanging.contains(&position);
    let onclick = props.on_cell.reform(move |_| (key.clone(), is_open));
    html! {
        <td>
            <button
                type="button"
                class={classes!("cell", entry.state.as_str(), is_open.then_some("open"), hangs.then_some("hangs"), entry.is_assumed.then_some("assumed"))}
                aria-expanded={(is_open && props.is_why_open).to_string()}
                aria-controls="panel-why"
                {onclick}
            >
                { answer(entry) }
            </button>
        </td>
    }
}

/// What a cell says.
pub fn answer(entry: &Entry) -> Html {
    html! {
        <>
            <span class="glyph" aria-hidden="true">{ entry.state.glyph() }</span>
            <span class="answer">
                if entry.reason.is_empty() {
                    <span class="word">{ entry.state.word() }</span>
                } else {
                    // read aloud as one: what is taken out of the line would be read with a pause before it
                    <span class="word">{ entry.state.word() }<span class="colon">{ ":" }</span></span>
                    { " " }<span class="reason">{ &entry.reason }</span>
                }
            </span>
        </>
    }
}
