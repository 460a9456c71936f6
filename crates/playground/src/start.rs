//! What the page begins with: asked of the engine once, for the address that it was opened with.

use std::rc::Rc;

use protocol::{Start, StartQuestion};
use yew::{hook, use_effect_with, use_state};

use crate::{browser, engine::Failure};

/// What the page begins with; nothing until it is known.
#[hook]
pub fn use_start() -> Option<Result<Rc<Start>, Failure>> {
    let start = use_state(|| None);
    let setter = start.setter();
    use_effect_with((), move |()| {
        let question = StartQuestion { address: browser::fragment() };
        browser::ask(question, None, move |answer| setter.set(Some(answer.map(Rc::new))));
    });
    (*start).clone()
}
