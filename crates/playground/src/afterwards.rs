//! What is asked for once the table has been painted and typing pauses, so that no key waits for it: remedies and lints, and
//! the neighbours of one policy. The last answer stays until the next one is there.

use netpol::Analysis;
use yew::{hook, use_effect_with, use_state};

use crate::{
    advice::{self, Advice, Neighbour},
    browser,
    derived::{Derived, Shown},
};

/// Typing pauses when no key was pressed for so many milliseconds.
const PAUSE: u32 = 180;

/// The small edits that would change a policy's row.
#[derive(Debug)]
pub struct Neighbours {
    /// The policy's name.
    pub policy: String,
    /// The edits; `None` where they cannot be had.
    pub edits: Option<Vec<Neighbour>>,
}

/// What there is to say of the texts behind the table.
#[hook]
pub fn use_advice(analysis: Derived<Analysis>, witnesses: bool) -> Option<Derived<Advice>> {
    let advice = use_state(|| None);
    let setter = advice.setter();
    use_effect_with((analysis, witnesses), move |(analysis, witnesses)| {
        let (analysis, witnesses) = (analysis.clone(), *witnesses);
        let later = browser::later(PAUSE, move || {
            browser::ask_problems(advice::texts(&analysis, witnesses), move |answer| {
                setter.set(Some(Derived::new(advice::advice(&analysis, answer))));
            });
        });
        move || drop(later)
    });
    (*advice).clone()
}

/// The neighbours of the policy in a row of the table; of none, nothing is asked.
#[hook]
pub fn use_neighbours(
    shown: Derived<Shown>,
    witnesses: bool,
    row: Option<usize>,
) -> Option<Derived<Neighbours>> {
    let found = use_state(|| None);
    let setter = found.setter();
    let policy = row.and_then(|row| Some(shown.table.rows.get(row)?.key.clone()));
    let asked = policy.map(|policy| (shown.analysis.clone(), witnesses, policy));
    use_effect_with(asked, move |asked| {
        let later = asked.clone().map(|(analysis, witnesses, policy)| {
            browser::later(PAUSE, move || {
                let texts = advice::texts(&analysis, witnesses);
                browser::ask_neighbours(texts, policy.clone(), move |answer| {
                    let edits = answer.map(|answer| advice::neighbour_list(&analysis, answer));
                    setter.set(Some(Derived::new(Neighbours { policy, edits })));
                });
            })
        });
        move || drop(later)
    });
    (*found).clone()
}
