//! The page: session and reducer at the top, what is derived from it in the middle, the parts of the page below.

use netpol::Column;
use yew::{
    AttrValue, Html, UseReducerHandle, component, hook, html, use_callback, use_memo,
    use_reducer_eq,
};

use crate::{
    address,
    afterwards::{use_advice, use_neighbours},
    browser,
    components::{expectations::Expectation, verdict::headline_of_trouble},
    derived::{
        Shown, Standing, Told, use_analysis, use_last_good, use_problems, use_shown, use_told,
    },
    effects,
    page::Page,
    problem::{Problem, Problems},
    session::{Action, Panel, Session, Share},
    table::{Position, row_at},
};

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer_eq(browser::first_session);
    let dispatcher = session.dispatcher();
    let happened = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    let current = use_analysis(&session);
    let (good, standing) = use_last_good(&current, session.text_number);
    let shown = use_shown(good, session.direction);
    let open = shown.table.resolve(&session.open);
    let told = use_told(shown.clone(), open);
    let advice = use_advice(shown.analysis.clone(), session.witnesses);
    let problems = Problems { read: use_problems(current.clone(), advice.clone()), advice };
    let row = looked_at(&session, &shown, standing, open);
    let neighbours = use_neighbours(shown.clone(), session.witnesses, row);
    let expectations = Expectation::all(&current);
    let faults = Problem::in_the_way(&current);
    let link = use_link(&session);
    let behind = told.as_ref().as_ref().map(Told::lines).unwrap_or_default();
    let trouble = headline_of_trouble(standing, &faults);

    effects::use_links(happened.clone());
    effects::use_address(session.is_in_address);
    effects::use_theme(&session);
    effects::use_draft(&session);
    effects::use_link_field(session.share);
    effects::use_first_table();
    effects::use_sight(&session, &behind);
    effects::use_mended(session.mended.clone(), session.tab);
    let mended = session.mended.clone();
    let announcement = effects::use_announcement(shown.clone(), trouble, session.share, mended);

    let page = Page {
        session,
        happened,
        current,
        shown,
        standing,
        open,
        told,
        problems,
        neighbours,
        expectations,
        faults,
        behind,
        link,
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
            <footer>
                <p>{ "Everything is computed in this page. Nothing is uploaded, nobody is counted." }</p>
            </footer>
            <div role="status" class="unseen">{ announcement }</div>
        </>
    }
}

/// The row whose policy's neighbours are wanted: that of the cursor, else that of the open cell.
fn looked_at(
    session: &Session,
    shown: &Shown,
    standing: Standing,
    open: Option<(Position, Column)>,
) -> Option<usize> {
    if session.panel != Panel::Neighbours {
        return None;
    }
    let line = session.caret.filter(|_| standing != Standing::Stale);
    let of_caret = line.and_then(|line| row_at(&shown.analysis, &shown.scoreboard, line));
    let of_cell = open.and_then(|(position, _)| match position {
        Position::Row(row) => Some(row),
        Position::Together => None,
    });
    of_caret.or(of_cell).or((!shown.table.rows.is_empty()).then_some(0))
}

/// The link, once it was asked for.
pub type Link = Option<Result<AttrValue, address::Refusal>>;

#[hook]
fn use_link(session: &UseReducerHandle<Session>) -> Link {
    let asked = (session.share != Share::Closed).then(|| session.clone());
    let link = use_memo(asked, |asked| {
        let session = asked.as_ref()?;
        Some(
            address::link(session, browser::link_to)
                .map(|link| AttrValue::from(browser::full_address(&link))),
        )
    });
    (*link).clone()
}
