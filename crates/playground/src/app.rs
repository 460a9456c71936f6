//! The page: session and reducer at the top, what is derived from it in the middle, components below.

use std::rc::Rc;

use netpol::{Analysis, Column, Severity, witness};
use yew::{AttrValue, Callback, Html, UseReducerHandle, component, html, use_memo, use_reducer_eq};

use crate::{
    address, browser,
    components::{
        bars::Bars,
        cluster::Cluster,
        editor::{Editor, LineMarks},
        expectations::{Expectation, Expectations},
        header::Header,
        lesson::Lesson,
        panes::Panes,
        problems::Problems,
        rail::Rail,
        scoreboard::Scoreboard,
        share::ShareButtonProps,
        verdict::{Verdict, headline_of_trouble},
        why::Why,
        world::World,
    },
    derived::{
        Derived, Shown, Standing, Told, use_analysis, use_last_good, use_problems, use_shown,
        use_told,
    },
    effects,
    place::{Place, Tab},
    problem::Problem,
    session::{Action, Session, Share},
    table::{Entry, Position, place_of_row, row_at},
    world,
};

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer_eq(browser::first_session);
    let current = use_analysis(&session);
    let (good, standing) = use_last_good(&current, session.text_number);
    let shown = use_shown(good, session.direction);
    let open = shown.table.resolve(&session.open);
    let told = use_told(shown.clone(), open);
    let problems = use_problems(current.clone());
    let faults = Problem::in_the_way(&current);
    let link = use_link(&session);

    effects::use_links(session.dispatcher());
    effects::use_address(session.is_in_address);
    effects::use_theme(&session);
    effects::use_draft(&session);
    effects::use_link_field(session.share);
    effects::use_first_table();
    let behind = told.as_ref().as_ref().map(Told::lines).unwrap_or_default();
    effects::use_sight(&session, &behind);
    let trouble = headline_of_trouble(standing, &faults);
    let announcement = effects::use_announcement(shown.clone(), trouble, session.share);

    let page = Page { session, current, shown, standing, open, told, problems, faults, behind };
    html! {
        <>
            { page.header(link) }
            { page.rail() }
            <main>
                { page.bars() }
                { page.answers() }
                { page.texts() }
            </main>
            <footer>
                <p>{ "Everything is computed in this page. Nothing is uploaded, nothing is counted." }</p>
            </footer>
            <div role="status" class="unseen">{ announcement }</div>
        </>
    }
}

type Link = Option<Result<AttrValue, address::Refusal>>;

#[yew::hook]
fn use_link(session: &UseReducerHandle<Session>) -> Link {
    let asked = (session.share != Share::Closed).then(|| session.clone());
    let link = use_memo(asked, |asked| {
        let session = asked.as_ref()?;
        Some(address::link(session).map(|link| AttrValue::from(browser::full_address(&link))))
    });
    (*link).clone()
}

/// All that the parts of the page are made from.
struct Page {
    session: UseReducerHandle<Session>,
    current: Derived<Analysis>,
    shown: Derived<Shown>,
    standing: Standing,
    open: Option<(Position, Column)>,
    told: Rc<Option<Told>>,
    problems: Rc<Vec<Problem>>,
    faults: Vec<Problem>,
    behind: Vec<Place>,
}

impl Page {
    /// Tells the reducer what an event means.
    fn tell<T: 'static>(&self, action: impl Fn(T) -> Action + 'static) -> Callback<T> {
        let dispatcher = self.session.dispatcher();
        Callback::from(move |event| dispatcher.dispatch(action(event)))
    }

    fn header(&self, link: Link) -> Html {
        let share = ShareButtonProps {
            share: self.session.share,
            link,
            on_share: self.on_share(),
            on_close: self.tell(|()| Action::LinkClosed),
        };
        html! {
            <Header
                direction={self.session.direction}
                theme={self.session.theme}
                {share}
                on_direction={self.tell(Action::DirectionChosen)}
                on_theme={self.tell(Action::ThemeChosen)}
            />
        }
    }

    /// The clipboard opens to a press of a button only, so the link is made here and not in an effect.
    fn on_share(&self) -> Callback<()> {
        let session = self.session.clone();
        Callback::from(move |()| {
            let link = address::link(&session);
            session.dispatch(Action::LinkAsked(link.is_ok()));
            if let Ok(link) = link {
                browser::set_fragment(Some(&link));
                let dispatcher = session.dispatcher();
                let copied = move |copied| dispatcher.dispatch(Action::LinkCopied(copied));
                browser::copy(browser::full_address(&link), Callback::from(copied));
            }
        })
    }

    fn rail(&self) -> Html {
        let current = self.session.scenario.map(|scenario| scenario.slug);
        let on_choice = Callback::from(|fragment: String| browser::follow(&fragment));
        html! { <Rail {current} {on_choice} /> }
    }

    fn bars(&self) -> Html {
        html! {
            <Bars
                notice={self.session.notice.clone()}
                has_draft={self.session.draft.is_some()}
                on_dismiss={self.tell(|()| Action::NoticeDismissed)}
                on_remains={self.tell(|()| Action::RemainsOpened)}
                on_restore={self.tell(|()| Action::DraftRestored)}
                on_forget={self.tell(|()| Action::DraftDismissed)}
            />
        }
    }

    fn answers(&self) -> Html {
        let is_empty = self.shown.table.rows.is_empty();
        let on_place = self.tell(|place| Action::LinesChosen(place, true));
        let cell =
            self.open.and_then(|(position, column)| Some((column, self.entry(position, column)?)));
        html! {
            <>
                <Verdict
                    told={self.told.clone()}
                    standing={self.standing}
                    faults={self.faults.clone()}
                    {is_empty}
                    on_place={on_place.clone()}
                />
                <div class="answers">
                    if is_empty {
                        { self.invitation() }
                    } else {
                        { self.scoreboard() }
                        <Why {cell} told={self.told.clone()} {on_place} />
                    }
                </div>
            </>
        }
    }

    fn entry(&self, position: Position, column: Column) -> Option<Entry> {
        let table = &self.shown.table;
        let entries = match position {
            Position::Row(at) => return table.rows.get(at)?.entry(column).cloned(),
            Position::Together => &table.together,
        };
        let found = Column::ALL.iter().zip(entries).find(|(one, _)| **one == column);
        found.map(|(_, entry)| entry.clone())
    }

    fn scoreboard(&self) -> Html {
        let (shown, dispatcher) = (self.shown.clone(), self.session.dispatcher());
        let on_row = Callback::from(move |row| {
            if let Some(place) = place_of_row(&shown.analysis, &shown.scoreboard, row) {
                dispatcher.dispatch(Action::LinesChosen(place, false));
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

    fn marked_row(&self) -> Option<usize> {
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

    fn texts(&self) -> Html {
        let session = &self.session;
        let has_errors = self.problems.iter().any(|problem| problem.severity == Severity::Error);
        let on_place = self.tell(|place| Action::LinesChosen(place, true));
        html! {
            <>
                <Lesson scenario={session.scenario.map(|scenario| scenario.slug)} is_edited={session.is_edited} />
                <Panes
                    tab={session.tab}
                    problems={self.problems.len()}
                    {has_errors}
                    aside={self.aside()}
                    policies={self.policies()}
                    cluster={self.cluster()}
                    list={html! { <Problems problems={self.problems.clone()} {on_place} /> }}
                    on_tab={self.tell(Action::TabChosen)}
                />
            </>
        }
    }

    fn aside(&self) -> String {
        let count = self.shown.table.rows.len();
        let policies = if count == 1 { "1 policy".to_owned() } else { format!("{count} policies") };
        let open_row = self.open.and_then(|(position, _)| match position {
            Position::Row(row) => Some(row),
            Position::Together => None,
        });
        match self.marked_row().or(open_row) {
            Some(row) if count > 1 => format!("{policies} · row {} of {count}", row + 1),
            _ => policies,
        }
    }

    fn policies(&self) -> Html {
        let on_text = self.tell(|(text, line)| Action::TextEdited(text, line));
        let on_place = self.tell(|place| Action::LinesChosen(place, true));
        html! {
            <>
                <Editor
                    id="policies"
                    label="Policies YAML"
                    text={self.session.policies.clone()}
                    marks={Rc::new(self.marks(Tab::Policies))}
                    {on_text}
                    on_line={self.tell(Action::CaretMoved)}
                />
                <Expectations expectations={Expectation::all(&self.current)} {on_place} />
                <World
                    world={world::World::of(&self.current)}
                    on_open={self.tell(|()| Action::TabChosen(Tab::Cluster))}
                />
            </>
        }
    }

    fn marks(&self, tab: Tab) -> LineMarks {
        let of_tab = |place: &&Place| place.tab == tab;
        let behind = if self.standing == Standing::Stale { &[][..] } else { &self.behind };
        let expectations = self.current.expectations.iter();
        LineMarks {
            behind: behind.iter().filter(of_tab).map(|place| (place.first, place.last)).collect(),
            faults: self
                .problems
                .iter()
                .filter(|problem| problem.severity == Severity::Error && problem.place.tab == tab)
                .map(|problem| problem.place.first)
                .collect(),
            expectations: expectations
                .filter(|checked| Tab::of_source(checked.expectation.source) == tab)
                .map(|checked| (checked.expectation.line, checked.holds()))
                .collect(),
        }
    }

    fn cluster(&self) -> Html {
        let session = &self.session;
        let added = witness::to_yaml(&self.current.added);
        let kept = added.clone();
        html! {
            <Cluster
                text={session.cluster.clone()}
                marks={Rc::new(self.marks(Tab::Cluster))}
                is_resting={!self.current.uses_fallback}
                is_changed={session.cluster != session.built_in_cluster()}
                {added}
                witnesses={session.witnesses}
                on_text={self.tell(|(text, _)| Action::ClusterEdited(text))}
                on_reset={self.tell(|()| Action::ClusterReset)}
                on_keep={self.tell(move |()| Action::WitnessesKept(kept.clone()))}
                on_switch={self.tell(Action::WitnessesSwitched)}
            />
        }
    }
}
