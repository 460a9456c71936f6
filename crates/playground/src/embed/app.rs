//! The widget: its state at the top, what is derived from it in the middle, its parts below.

use netpol::Column;
use yew::{Html, component, html, use_callback, use_node_ref, use_reducer_eq};

use super::{
    effects,
    parts::Parts,
    report::Report,
    state::{Event, Widget},
};
use crate::{
    afterwards::{Texts, use_panel_if},
    browser,
    choices::Panel,
    components::{expectations::Expectation, verdict::headline_of_trouble},
    derived::{Shown, Standing, use_analysis, use_last_good, use_shown},
    effects::use_announcement,
    panels::Asked,
    problem::Problem,
    table::{Position, Table},
};

/// The whole widget.
#[component]
pub fn Embed() -> Html {
    let widget = use_reducer_eq(browser::first_widget);
    let dispatcher = widget.dispatcher();
    let happened = use_callback((), move |event: Event, ()| dispatcher.dispatch(event));
    let session = &widget.session;
    let (current, _) = use_analysis(session);
    let (good, standing) = use_last_good(&current, session.text_number);
    let shown = use_shown(good, session.direction);
    let open = shown.table.resolve(&session.open);
    let heading = shown.heading(open);
    let texts = Texts {
        analysis: shown.analysis.clone(),
        witnesses: session.witnesses,
        number: (session.text_number, None),
    };
    let told = use_panel_if(texts, asked(&widget, &shown, open).as_ref());
    let source = if standing == Standing::Stale { &shown.analysis } else { &current };
    let expectations = Expectation::all(source);
    let faults = Problem::in_the_way(&current);
    let trouble = headline_of_trouble(standing, &faults);
    let report = Report { table: &shown.table, current: &current, expectations: &expectations };
    // the table of a text that is not shown is nobody's business
    let words = if session.notice.is_none() { report.words() } else { Vec::new() };
    effects::use_report(words, widget.is_edited(), report.is_solved());
    effects::use_company(happened.clone());
    effects::use_sight(&widget);
    effects::use_complaint(session.notice.as_ref());
    let link = effects::use_link(session, open);
    let announcement = use_announcement(shown.clone(), trouble, &session.share, None);
    let announcement = if widget.is_covered() { String::new() } else { announcement };
    let name = name(&shown.table);
    let area = use_node_ref();
    let parts = Parts {
        widget,
        happened,
        current,
        shown,
        standing,
        open,
        heading,
        told,
        expectations,
        faults,
        link,
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
fn asked(widget: &Widget, shown: &Shown, open: Option<(Position, Column)>) -> Option<Asked> {
    if !widget.is_why_open || widget.is_covered() {
        return None;
    }
    let (position, column) = open?;
    let row = match position {
        Position::Row(row) => Some(shown.table.rows.get(row)?.key.clone()),
        Position::Together => None,
    };
    Some(Asked {
        panel: Panel::Why,
        direction: shown.table.direction,
        cell: Some((row, column)),
        connection: None,
        policy: None,
        hidden: Vec::new(),
    })
}
