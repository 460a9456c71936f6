//! The text of the widget: a plain field, folded where it is long; marked, as long as no mark gives an answer away.

use protocol::{Place, Tab};
use yew::{Callback, Html, classes, html};

use super::{parts::Parts, state::Event, wishes::View};
use crate::{
    answers::Sheeted,
    components::{
        expectations::item,
        field::{Field, LineMarks, field},
    },
    session::Action,
    views::Standing,
};

/// More lines than this are folded until somebody asks for them: an article has other things to tell.
const MOST_LINES: usize = 13;

impl Parts {
    pub(super) fn yaml(&self) -> Html {
        let widget = &self.widget;
        let lines = widget.session.policies.lines().count();
        let is_long = lines > MOST_LINES;
        let is_folded = is_long && !widget.is_unfolded;
        let is_ended = widget.session.policies.ends_with('\n');
        let editor =
            classes!("editor", is_folded.then_some("folded"), is_ended.then_some("ended"),);
        let switch = self.tell(|_| Event::YamlSwitched);
        let unfold = self.tell(|_| Event::LinesSwitched);
        html! {
            <div class="card yaml" role="group" aria-label="YAML">
                if widget.wishes.view == View::Table {
                    <button type="button" class="bare" aria-expanded={widget.is_yaml_open.to_string()} onclick={switch}>
                        { if widget.is_yaml_open { "Hide the YAML" } else { "Show the YAML" } }
                    </button>
                }
                if widget.is_yaml_open {
                    <div class={editor}>{ self.field() }</div>
                    if is_long {
                        <button type="button" class="bare" aria-expanded={(!is_folded).to_string()} onclick={unfold}>
                            { if is_folded { format!("Show all {lines} lines") } else { "Show fewer lines".to_owned() } }
                        </button>
                    }
                    { self.failures() }
                }
            </div>
        }
    }

    /// What the text expects and the table does not say; that the rest holds is marked in the text.
    fn failures(&self) -> Html {
        let failing = self.expectations().iter().filter(|one| one.contradiction.is_some());
        let items = failing.map(|one| item(one, &self.on_place()));
        let items: Vec<Html> = if self.widget.is_covered() { Vec::new() } else { items.collect() };
        if items.is_empty() {
            return html! {};
        }
        let stale = (self.standing == Standing::Stale).then_some("stale");
        html! { <div class={classes!("expectations", stale)}><ul>{ items.into_iter().collect::<Html>() }</ul></div> }
    }

    fn field(&self) -> Html {
        field(&Field {
            id: "policies",
            label: "Policies YAML",
            text: &self.widget.session.policies,
            marks: &self.marks(),
            is_resting: false,
            area: &self.area,
            on_text: &self.tell(|(text, line)| Event::OfSession(Action::TextEdited(text, line))),
            on_line: &Callback::noop(),
        })
    }

    /// What is said about lines; nothing that tells what the table says, while it is covered.
    fn marks(&self) -> LineMarks {
        let here = |place: &Place| place.tab == Tab::Policies;
        if !self.is_answered {
            return LineMarks::default();
        }
        let faults = self.current.view.faults.iter().map(|fault| fault.place).filter(here);
        let mut marks =
            LineMarks { faults: faults.map(|place| place.first).collect(), ..Default::default() };
        if self.widget.is_covered() {
            return marks;
        }
        let panel = self.panel.iter().filter(|panel| panel.texts() == self.current.texts());
        let behind = panel.flat_map(Sheeted::behind).filter(|place| here(place));
        marks.behind = behind.map(|place| (place.first, place.last)).collect();
        let expected = self.expectations().iter().filter(|one| here(&one.place));
        marks.expectations =
            expected.map(|one| (one.place.first, one.contradiction.clone())).collect();
        marks
    }
}
