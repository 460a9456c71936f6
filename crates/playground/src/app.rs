//! The page: session and reducer at the top, what is asked about it in the middle, the parts of the page below.

use std::rc::Rc;

use protocol::{
    AdviceQuestion, Column, InfluenceQuestion, Panel, PanelQuestion, Position, ShareQuestion, Start,
};
use yew::{Html, Properties, component, html, use_callback, use_reducer_eq};

use crate::{
    answered::Answered,
    answers::{Advised, Sheeted, TextNumber, use_answer},
    browser,
    choices::Share,
    components::{activity::EngineActivity, verdict::headline_of_trouble},
    draft::Drafts,
    effects,
    page::Page,
    session::{Action, Session},
    start::use_start,
    views::{Standing, Views, use_views},
};

/// The whole page, once it is known what it begins with.
#[component]
pub fn App() -> Html {
    match use_start() {
        None => html! {},
        Some(Err(failure)) => html! { <p class="opening" role="alert">{ failure.to_string() }</p> },
        Some(Ok(start)) => html! { <Playground {start} /> },
    }
}

/// What the page begins with.
#[derive(Properties, Clone, PartialEq)]
pub struct PlaygroundProps {
    /// What there is to choose from, and the first texts.
    pub start: Rc<Start>,
}

/// The page.
#[component]
pub fn Playground(props: &PlaygroundProps) -> Html {
    let start = Rc::clone(&props.start);
    let session = use_reducer_eq(move || first_session(&start));
    let dispatcher = session.dispatcher();
    let happened = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    let views = use_views(&session);
    let Views { current, shown, standing, .. } = views.clone();
    let open = shown.table().resolve(&session.open);
    let number: TextNumber =
        (session.text_number, session.mended.as_ref().map(|mended| mended.number));
    let direction = shown.table().direction;
    let line = session.hovered.or(session.caret).filter(|_| standing != Standing::Stale);
    let influence =
        line.map(|line| InfluenceQuestion { texts: shown.texts().clone(), direction, line });
    let influenced = use_answer(influence.clone(), Some(number));
    let advice = AdviceQuestion {
        texts: current.texts().clone(),
        recorded: session.recorded.as_deref().map(str::to_owned),
    };
    let advised = use_answer(Some(advice), Some(number));
    let sharing = use_answer(sharing(&session, &current, &shown), Some(number));
    let asked = asked(&session, &views, open);
    let panel = use_answer(Some(asked.clone()), Some(number));
    let is_told = panel.as_ref().is_some_and(|panel| *panel.question() == asked);
    let panel = panel.as_deref().map(Sheeted::of);
    let behind = panel.as_ref().map(|panel| panel.behind().to_vec()).unwrap_or_default();
    let trouble = headline_of_trouble(standing, &current.view.faults);

    effects::use_visit(&session, happened.clone());
    effects::use_sight(effects::Seen::of(&session, is_told.then_some(&behind)));
    let mended = session.mended.clone();
    let announcement =
        effects::use_announcement(Rc::clone(&shown), trouble, &session.share, mended);

    let page = Page {
        start: Rc::clone(&props.start),
        session,
        happened,
        current,
        shown: Rc::clone(&shown),
        standing,
        is_answered: views.is_answered,
        open,
        panel_kind: asked.panel,
        panel,
        influenced: influenced
            .filter(|reply| Some(reply.question()) == influence.as_ref())
            .and_then(|reply| reply.answer.clone().ok())
            .map(|influenced| positions(&shown, &influenced.0))
            .unwrap_or_default(),
        advised: advised.and_then(Advised::of),
        behind,
        is_behind_known: is_told,
        sharing: sharing.as_deref().map(Sheeted::of),
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
            <EngineActivity />
            <div role="status" class="unseen">{ announcement }</div>
        </>
    }
}

/// The session that the address, and what is stored from earlier visits, ask for.
fn first_session(Start { contents, opened }: &Start) -> Session {
    let drafts = Drafts::from_stored(&browser::stored_drafts());
    Session::begin(opened.clone(), &contents.example_cluster, browser::theme(), drafts)
}

/// Where the cells of policies are in the table.
fn positions(shown: &Answered, cells: &[(Option<String>, Column)]) -> Vec<(Position, Column)> {
    let rows = &shown.table().rows;
    let position = |policy: &Option<String>| match policy {
        None => Some(Position::Together),
        Some(key) => rows.iter().position(|row| row.key == *key).map(Position::Row),
    };
    cells.iter().filter_map(|(policy, column)| Some((position(policy)?, *column))).collect()
}

fn sharing(session: &Session, current: &Answered, shown: &Answered) -> Option<ShareQuestion> {
    let link = match &session.share {
        Share::Closed => return None,
        Share::Link(link, _) => Some(link.to_string()),
        Share::Refused(_) => None,
    };
    Some(ShareQuestion { texts: current.texts().clone(), direction: shown.table().direction, link })
}

/// What the open panel is to show. Where there is no table, there is nothing but problems.
fn asked(session: &Session, views: &Views, open: Option<(Position, Column)>) -> PanelQuestion {
    let Views { current, shown, .. } = views;
    let rows = &shown.table().rows;
    let key = |row: usize| rows.get(row).map(|row| row.key.clone());
    let cell = open.map(|(position, column)| match position {
        Position::Row(row) => (key(row), column),
        Position::Together => (None, column),
    });
    let panel = if rows.is_empty() { Panel::Problems } else { session.panel };
    let of = if panel == Panel::Problems { current } else { shown };
    PanelQuestion {
        texts: of.texts().clone(),
        panel,
        direction: shown.table().direction,
        cell,
        connection: session.connection.as_deref().map(str::to_owned),
        policy: looked_at(session, views, open)
            .filter(|_| panel == Panel::Neighbours)
            .and_then(key),
        hidden: session.hidden.clone(),
    }
}

/// The row whose policy's neighbours are wanted: that of the cursor, else that of the open cell.
fn looked_at(session: &Session, views: &Views, open: Option<(Position, Column)>) -> Option<usize> {
    let table = views.shown.table();
    let line = session.caret.filter(|_| views.standing != Standing::Stale);
    let of_caret = line.and_then(|line| table.row_at(line));
    let of_cell = open.and_then(|(position, _)| match position {
        Position::Row(row) => Some(row),
        Position::Together => None,
    });
    of_caret.or(of_cell).or((!table.rows.is_empty()).then_some(0))
}
