//! The page: session and reducer at the top, what is derived from it in the middle, the parts of the page below.

use netpol::{Analysis, Column};
use yew::{Html, component, html, use_callback, use_reducer_eq};

use crate::{
    afterwards::{Texts, use_advice, use_cells, use_panel, use_sharing},
    browser,
    components::{expectations::Expectation, verdict::headline_of_trouble},
    derived::{Derived, Shown, Standing, use_analysis, use_last_good, use_shown},
    effects,
    page::Page,
    panels::Asked,
    problem::Problem,
    session::{Action, Panel, Session},
    table::{Position, row_at},
};

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer_eq(browser::first_session);
    let dispatcher = session.dispatcher();
    let happened = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    let (current, read) = use_analysis(&session);
    let (good, standing) = use_last_good(&current, session.text_number);
    let shown = use_shown(good, session.direction);
    let open = shown.table.resolve(&session.open);
    let heading = shown.heading(open);
    let line = session.hovered.or(session.caret).filter(|_| standing != Standing::Stale);
    let texts = |analysis: &Derived<Analysis>| Texts {
        analysis: analysis.clone(),
        witnesses: session.witnesses,
        number: (session.text_number, session.mended.as_ref().map(|mended| mended.number)),
    };
    let hanging = use_cells(&shown, texts(&shown.analysis), line);
    let advice = use_advice(texts(&current), session.recorded.clone());
    let sharing = use_sharing(texts(&current), shown.table.direction, &session.share);
    let asked = asked(&session, &shown, standing, open);
    let of = if asked.panel == Panel::Problems { &current } else { &shown.analysis };
    let told = use_panel(texts(of), &asked);
    let is_told = told.as_ref().is_some_and(|told| told.is_about(of, &asked));
    // a broken text makes no promises: what is shown is that of the table
    let expectations =
        Expectation::all(if standing == Standing::Stale { &shown.analysis } else { &current });
    let faults = Problem::in_the_way(&current);
    let behind = told.as_ref().map(|told| told.behind.clone()).unwrap_or_default();
    let trouble = headline_of_trouble(standing, &faults);

    effects::use_visit(&session, happened.clone());
    effects::use_sight(effects::Seen::of(&session, is_told.then_some(&behind)));
    let mended = session.mended.clone();
    let announcement = effects::use_announcement(shown.clone(), trouble, &session.share, mended);

    let page = Page {
        session,
        happened,
        current,
        shown,
        standing,
        open,
        heading,
        told,
        panel: asked.panel,
        hanging,
        read,
        advice,
        expectations,
        faults,
        behind,
        is_behind_known: is_told,
        sharing,
    };
    html! {
        <>
            { page.header() }
            { page.rail() }
            <main>
                { page.bars() }
                { page.answers() }
                { page.texts() }
            </main>
            { page.undo() }
            <div role="status" class="unseen">{ announcement }</div>
        </>
    }
}

/// What the open panel is to show. Where there is no table, there is nothing but problems.
fn asked(
    session: &Session,
    shown: &Shown,
    standing: Standing,
    open: Option<(Position, Column)>,
) -> Asked {
    let rows = &shown.table.rows;
    let key = |row: usize| rows.get(row).map(|row| row.key.clone());
    let cell = open.map(|(position, column)| match position {
        Position::Row(row) => (key(row), column),
        Position::Together => (None, column),
    });
    let panel = if rows.is_empty() { Panel::Problems } else { session.panel };
    Asked {
        panel,
        direction: shown.table.direction,
        cell,
        connection: session.connection.as_deref().map(str::to_owned),
        policy: looked_at(session, shown, standing, open)
            .filter(|_| panel == Panel::Neighbours)
            .and_then(key),
        hidden: session.hidden.clone(),
    }
}

/// The row whose policy's neighbours are wanted: that of the cursor, else that of the open cell.
fn looked_at(
    session: &Session,
    shown: &Shown,
    standing: Standing,
    open: Option<(Position, Column)>,
) -> Option<usize> {
    let line = session.caret.filter(|_| standing != Standing::Stale);
    let of_caret = line.and_then(|line| row_at(&shown.analysis, &shown.scoreboard, line));
    let of_cell = open.and_then(|(position, _)| match position {
        Position::Row(row) => Some(row),
        Position::Together => None,
    });
    of_caret.or(of_cell).or((!shown.table.rows.is_empty()).then_some(0))
}
