//! The half of the page that answers: verdict, table and why; an invitation where there is nothing to answer.

use std::rc::Rc;

use protocol::{Heading, Panel};
use yew::{Callback, Html, html};

use super::Page;
use crate::{
    components::{
        panels::{Panels, panels},
        scoreboard::{Scoreboard, not_evaluated, scoreboard},
        verdict::{Verdict, verdict},
    },
    session::Action,
    views::Standing,
};

impl Page {
    pub(crate) fn answers(&self) -> Html {
        let is_empty = self.shown.table().rows.is_empty();
        let verdict = verdict(&Verdict {
            heading: self.heading(),
            standing: self.standing,
            faults: &self.current.view.faults,
            is_empty,
            on_place: self.on_place(),
        });
        let has_problems = self.problems() > 0;
        let class = if is_empty && !has_problems { "answers alone" } else { "answers" };
        html! {
            <>
                { verdict }
                <div {class}>
                    if is_empty {
                        { self.invitation() }
                    } else {
                        <div class="narrow-only">{ self.direction_switch() }</div>
                        { self.scoreboard() }
                    }
                    if has_problems || !is_empty { { self.panels() } }
                </div>
            </>
        }
    }

    /// What the open cell says; a moment after it was opened.
    fn heading(&self) -> Option<&Heading> {
        self.open?;
        self.shown.view.heading.as_ref().map(|(_, heading)| heading)
    }

    /// How many there are: of the last text that there was time to look at, and at least of this one.
    fn problems(&self) -> usize {
        let read = self.current.view.problems.len();
        let advised = self.advised.as_ref();
        let is_known = advised.is_some_and(|advised| advised.texts() == self.current.texts());
        match advised.and_then(|advised| advised.advice()) {
            Some(advice) if is_known || read == 0 => advice.count,
            _ => read,
        }
    }

    fn panels(&self) -> Html {
        let count = self.problems();
        let has_errors = self.current.view.has_errors();
        panels(&Panels {
            open: self.panel_kind,
            problems: (count > 0).then_some((count, has_errors)),
            content: self.panel_content(),
            has_rows: !self.shown.table().rows.is_empty(),
            is_stale: self.is_panel_stale(),
            on_panel: self.tell(Action::PanelChosen),
        })
    }

    /// Whether the open panel tells of another text, or of another cell, than what is shown.
    fn is_panel_stale(&self) -> bool {
        let is_there = self.panel.as_ref().is_some_and(|panel| panel.sheet.is_some());
        let is_behind = self.standing == Standing::Stale && self.panel_kind != Panel::Problems;
        is_there && (is_behind || !self.is_behind_known)
    }

    /// The open panel, as the engine describes it.
    fn panel_content(&self) -> Html {
        let quiet = |text: &'static str| html! { <p class="nothing">{ text }</p> };
        let Some(panel) = &self.panel else { return quiet("One moment…") };
        let Some(sheet) = &panel.sheet else {
            return quiet(
                "This part of the page could not be had. Reload it once there is a connection.",
            );
        };
        if self.panel_kind == Panel::Neighbours && self.standing == Standing::Stale {
            return quiet("Mend the error first.");
        }
        self.drawn(&sheet.elements, panel.texts())
    }

    fn scoreboard(&self) -> Html {
        let (shown, happened) = (Rc::clone(&self.shown), self.happened.clone());
        let on_row = Callback::from(move |row: usize| {
            if let Some(place) = shown.table().rows.get(row).and_then(|row| row.place) {
                happened.emit(Action::LinesChosen(place, false));
            }
        });
        scoreboard(&Scoreboard {
            table: self.shown.table(),
            open: self.open,
            is_why_open: self.panel_kind == Panel::Why,
            marked: self.marked_row(),
            hanging: self.influenced.clone(),
            is_stale: self.standing == Standing::Stale,
            on_cell: self.tell(|(key, was_open)| Action::CellOpened(key, was_open)),
            on_row,
            on_direction: self.tell(Action::DirectionChosen),
        })
    }

    /// The row whose policy the cursor is in.
    pub(crate) fn marked_row(&self) -> Option<usize> {
        let line = self.session.caret.filter(|_| self.standing != Standing::Stale)?;
        self.shown.table().row_at(line)
    }

    fn invitation(&self) -> Html {
        if self.standing != Standing::Current {
            return html! {
                <div class="card invitation"><p>{ "No policy can be read from this text yet." }</p></div>
            };
        }
        let link = |slug: &'static str, words: &'static str| html! { <a href={format!("#/s/{slug}")}>{ words }</a> };
        if self.shown.table().not_evaluated.is_some() {
            return html! {
                <div class="card invitation">
                    <h2>{ "No NetworkPolicy here" }</h2>
                    { not_evaluated(self.shown.table()) }
                    <p>{ "This page evaluates " }<code>{ "networking.k8s.io/v1" }</code>{ " only. Problems tells what each of the others decides." }</p>
                </div>
            };
        }
        html! {
            <div class="card invitation">
                <h2>{ "Paste a NetworkPolicy" }</h2>
                <p>{ "The table appears while you type: who may connect to the pods that it selects, and why." }</p>
                <p>
                    { "Or begin with " }{ link("eight", "eight policies that look alike") }{ ", " }
                    { link("and-labels", "one dash that changes everything") }{ " or " }
                    { link("rag-1-deny-all", "an app to lock down in three steps") }{ "." }
                </p>
            </div>
        }
    }
}
