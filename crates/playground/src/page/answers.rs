//! The half of the page that answers: verdict, table and why; an invitation where there is nothing to answer.

use netpol::{Column, Severity};
use yew::{Callback, Html, html};

use super::Page;
use crate::{
    choices::Panel,
    components::{
        neighbours::{NeighbourList, neighbour_list},
        panels::{Panels, panels},
        problems::{ProblemList, problem_list},
        scoreboard::Scoreboard,
        verdict::{Verdict, verdict},
        why::{Why, why},
    },
    derived::Standing,
    session::Action,
    table::{Entry, Position, place_of_row, row_at},
};

impl Page {
    pub(crate) fn answers(&self) -> Html {
        let is_empty = self.shown.table.rows.is_empty();
        let verdict = verdict(&Verdict {
            told: self.told.as_ref().as_ref(),
            standing: self.standing,
            faults: &self.faults,
            is_empty,
            on_place: self.on_place(),
        });
        let has_problems = self.problems.all().next().is_some();
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
                    if has_problems || !is_empty { { self.panels(is_empty) } }
                </div>
            </>
        }
    }

    /// Where there is no table, there is nothing but problems.
    fn panels(&self, is_empty: bool) -> Html {
        let open = if is_empty { Panel::Problems } else { self.session.panel };
        let count = self.problems.all().count();
        let has_errors = self.problems.of(Severity::Error).next().is_some();
        panels(&Panels {
            open,
            problems: (count > 0).then_some((count, has_errors)),
            content: match open {
                Panel::Why => self.why(),
                Panel::Problems => self.problem_list(),
                Panel::Neighbours => self.neighbour_list(),
            },
            on_panel: self.tell(Action::PanelChosen),
        })
    }

    fn why(&self) -> Html {
        let cell =
            self.open.and_then(|(position, column)| Some((column, self.entry(position, column)?)));
        why(&Why {
            cell,
            told: self.told.as_ref().as_ref(),
            is_stale: self.standing == Standing::Stale,
            on_place: self.on_place(),
        })
    }

    fn problem_list(&self) -> Html {
        problem_list(&ProblemList {
            problems: self.problems.clone(),
            hidden: self.session.hidden.clone(),
            on_place: self.on_place(),
            on_switch: self.tell(Action::SeveritySwitched),
            on_mend: self.tell(Action::MendChosen),
        })
    }

    fn neighbour_list(&self) -> Html {
        neighbour_list(&NeighbourList {
            neighbours: self.neighbours.clone(),
            is_stale: self.standing != Standing::Current,
            on_mend: self.tell(Action::MendChosen),
        })
    }

    fn entry(&self, position: Position, column: Column) -> Option<Entry> {
        let table = &self.shown.table;
        match position {
            Position::Row(at) => table.rows.get(at)?.entry(column).cloned(),
            Position::Together => table.together_entry(column).cloned(),
        }
    }

    fn scoreboard(&self) -> Html {
        let (shown, happened) = (self.shown.clone(), self.happened.clone());
        let on_row = Callback::from(move |row| {
            if let Some(place) = place_of_row(&shown.analysis, &shown.scoreboard, row) {
                happened.emit(Action::LinesChosen(place, false));
            }
        });
        html! {
            <Scoreboard
                table={self.shown.table.clone()}
                open={self.open}
                marked={self.marked_row()}
                is_stale={self.standing == Standing::Stale}
                on_cell={self.tell(|(key, was_open)| Action::CellOpened(key, was_open))}
                {on_row}
            />
        }
    }

    /// The row whose policy the cursor is in.
    pub(crate) fn marked_row(&self) -> Option<usize> {
        let line = self.session.caret.filter(|_| self.standing != Standing::Stale)?;
        row_at(&self.shown.analysis, &self.shown.scoreboard, line)
    }

    fn invitation(&self) -> Html {
        if self.standing != Standing::Current {
            return html! {
                <div class="card invitation"><p>{ "No policy can be read from this text yet." }</p></div>
            };
        }
        let link = |slug: &'static str, words: &'static str| html! { <a href={format!("#/s/{slug}")}>{ words }</a> };
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
