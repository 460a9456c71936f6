//! The widget: its state at the top, what is derived from it in the middle, its parts below.

use std::rc::Rc;

use protocol::{Column, Panel, PanelQuestion, Position, Start, Table};
use yew::{Html, Properties, component, html, use_callback, use_node_ref, use_reducer_eq};

use super::{
    effects,
    parts::Parts,
    report::Report,
    state::{Event, Widget},
    wishes::Wishes,
};
use crate::{
    answered::Answered,
    answers::{Sheeted, use_answer},
    browser,
    components::{activity::EngineActivity, verdict::headline_of_trouble},
    effects::use_announcement,
    start::use_start,
    views::{Standing, Views, use_views},
};

/// The whole widget, once it is known what it begins with.
#[component]
pub fn Embed() -> Html {
    match use_start() {
        None => html! {},
        Some(Err(failure)) => html! { <p class="opening" role="alert">{ failure.to_string() }</p> },
        Some(Ok(start)) => html! { <Frame {start} /> },
    }
}

/// What the widget begins with.
#[derive(Properties, Clone, PartialEq)]
pub(super) struct FrameProps {
    /// The texts of the address.
    pub(super) start: Rc<Start>,
}

#[component]
fn Frame(props: &FrameProps) -> Html {
    let start = Rc::clone(&props.start);
    let widget = use_reducer_eq(move || Widget::begin(&start, Wishes::of(&browser::query())));
    let dispatcher = widget.dispatcher();
    let happened = use_callback((), move |event: Event, ()| dispatcher.dispatch(event));
    let session = &widget.session;
    let Views { current, shown, standing, is_answered } = use_views(session);
    let open = shown.table().resolve(&session.open);
    let panel = use_answer(asked(&widget, &shown, open), Some((session.text_number, None)));
    let source = if standing == Standing::Stale { &shown } else { &current };
    let expectations = &source.view.expectations;
    let trouble = headline_of_trouble(standing, &current.view.faults);
    let report = Report { table: shown.table(), current: &current.view, expectations };
    // the table of a text that is not shown is nobody's business
    let words = if session.notice.is_none() { report.words() } else { Vec::new() };
    effects::use_report(words, widget.is_edited(), report.is_solved());
    effects::use_company(happened.clone());
    effects::use_sight(&widget);
    effects::use_complaint(session.notice.as_ref());
    let (link, is_link_of_now) = effects::use_link(session, open);
    let announcement = use_announcement(Rc::clone(&shown), trouble, &session.share, None);
    let announcement = if widget.is_covered() { String::new() } else { announcement };
    let name = name(shown.table());
    let area = use_node_ref();
    let parts = Parts {
        example_cluster: session.example_cluster.clone(),
        widget,
        happened,
        current,
        shown,
        standing,
        is_answered,
        open,
        panel: panel.as_deref().map(Sheeted::of),
        link: link.link,
        is_link_of_now,
        area,
    };
    html! {
        <>
            <main aria-label={name}>
                if !browser::is_framed() {
                    <h1 class="unseen">{ "NetworkPolicy: who may connect" }</h1>
                }
                { parts.all() }
            </main>
            <EngineActivity />
            <div role="status" class="unseen">{ announcement }</div>
        </>
    }
}

/// What is in the frame, apart from all other frames of an article.
fn name(table: &Table) -> String {
    let first = table.rows.first().map_or("no policy", |row| row.title.as_str());
    match table.rows.len() {
        0 | 1 => format!("Table of {first}"),
        more => format!("Table of {first} and {} more", more - 1),
    }
}

/// The why of the open cell, once somebody has asked for it.
fn asked(
    widget: &Widget,
    shown: &Answered,
    open: Option<(Position, Column)>,
) -> Option<PanelQuestion> {
    if !widget.is_why_open || widget.is_covered() {
        return None;
    }
    let (position, column) = open?;
    let row = match position {
        Position::Row(row) => Some(shown.table().rows.get(row)?.key.clone()),
        Position::Together => None,
    };
    Some(PanelQuestion {
        texts: shown.texts().clone(),
        panel: Panel::Why,
        direction: shown.table().direction,
        cell: Some((row, column)),
        connection: None,
        policy: None,
        hidden: Vec::new(),
    })
}
