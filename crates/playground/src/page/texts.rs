//! The half of the page that asks: the policies, the cluster, and what is wrong with them.

use std::rc::Rc;

use protocol::{Example, Place, Position, Severity, Tab};
use yew::{AttrValue, Html, html};

use super::Page;
use crate::{
    answers::Told,
    components::{
        cluster::{Cluster, cluster},
        editor::{Editor, LineMarks},
        expectations::expectations,
        lesson::lesson,
        panes::{Panes, panes},
    },
    session::Action,
    views::Standing,
};

impl Page {
    pub(crate) fn texts(&self) -> Html {
        let session = &self.session;
        let panes = panes(&Panes {
            tab: session.tab,
            aside: self.aside(),
            policies: self.policies(),
            cluster: self.cluster(),
            on_tab: self.tell(Action::TabChosen),
        });
        html! { <>{ lesson(session.scenario.as_deref(), session.is_edited()) }{ panes }</> }
    }

    fn aside(&self) -> String {
        let count = self.shown.table().rows.len();
        let open_row = self.open.and_then(|(position, _)| match position {
            Position::Row(row) => Some(row),
            Position::Together => None,
        });
        match (count, self.marked_row().or(open_row)) {
            (0, _) => String::new(),
            (1, _) => "1 policy".to_owned(),
            (_, Some(row)) => format!("policy {} of {count}", row + 1),
            (_, None) => format!("{count} policies"),
        }
    }

    fn policies(&self) -> Html {
        html! {
            <>
                <Editor
                    tab={Tab::Policies}
                    id="policies"
                    label="Policies YAML"
                    text={self.session.policies.clone()}
                    history={self.history()}
                    marks={Rc::new(self.marks(Tab::Policies))}
                    told={self.told()}
                    is_resting={false}
                    on_text={self.tell(|(text, line)| Action::TextEdited(text, line))}
                    on_line={self.tell(Action::CaretMoved)}
                    on_hover={self.tell(Action::LineHovered)}
                />
                { self.fragments() }
                { expectations(self.expectations(), self.standing == Standing::Stale, &self.on_place()) }
                { self.world() }
            </>
        }
    }

    /// The `#?` lines. A broken text makes no promises: what is shown is that of the table.
    fn expectations(&self) -> &[protocol::Expectation] {
        let of = if self.standing == Standing::Stale { &self.shown } else { &self.current };
        &of.view.expectations
    }

    fn told(&self) -> Told {
        let (current, is_of_now) = (Rc::clone(&self.current), self.is_answered);
        Told { current, is_of_now, advised: self.advised.clone() }
    }

    /// A built-in text's own, whatever becomes of it; all other texts are steps of one way.
    fn history(&self) -> AttrValue {
        let scenario = self.session.scenario.as_deref();
        scenario.map(|scenario| scenario.slug.clone().into()).unwrap_or_default()
    }

    /// The assumed cluster in one line.
    fn world(&self) -> Html {
        self.advised(|advice| &advice.world)
    }

    /// What a text was taken for that is only part of a policy.
    fn fragments(&self) -> Html {
        self.advised(|advice| &advice.fragments)
    }

    fn marks(&self, tab: Tab) -> LineMarks {
        let of_tab = |place: &&Place| place.tab == tab;
        let behind = if self.standing == Standing::Stale { &[][..] } else { &self.behind };
        let faults =
            self.current.view.problems.iter().filter(|one| one.severity == Severity::Error);
        // those of an earlier text are listed, but their lines may be others by now
        let is_stale = self.standing == Standing::Stale;
        let expectations = self.expectations().iter().filter(|_| !is_stale);
        if !self.is_answered {
            return LineMarks::default();
        }
        LineMarks {
            is_behind_known: self.is_behind_known || is_stale,
            behind: behind.iter().filter(of_tab).map(|place| (place.first, place.last)).collect(),
            faults: faults
                .map(|problem| problem.place)
                .filter(|place| place.tab == tab)
                .map(|place| place.first)
                .collect(),
            expectations: expectations
                .filter(|one| one.place.tab == tab)
                .map(|one| (one.place.first, one.contradiction.clone()))
                .collect(),
        }
    }

    fn cluster(&self) -> Html {
        let session = &self.session;
        let advice = self.advised.as_ref().and_then(|advised| advised.advice());
        let added = advice.map(|advice| advice.added.clone()).unwrap_or_default();
        let kept = added.clone();
        cluster(&Cluster {
            text: session.cluster.clone(),
            history: self.history(),
            marks: Rc::new(self.marks(Tab::Cluster)),
            told: self.told(),
            is_resting: self.current.view.example == Example::Resting,
            is_changed: session.cluster != *session.built_in_cluster(),
            added,
            is_filled: session.witnesses,
            on_text: self.tell(|(text, _)| Action::ClusterEdited(text)),
            on_reset: self.tell(|()| Action::ClusterReset),
            on_keep: self.tell(move |()| Action::WitnessesKept(kept.clone())),
            on_switch: self.tell(Action::WitnessesSwitched),
        })
    }
}
