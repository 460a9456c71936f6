//! The page: session and reducer at the top, what is derived from it in the middle, the parts of the page below.

use yew::{
    AttrValue, Html, UseReducerHandle, component, hook, html, use_callback, use_memo,
    use_reducer_eq,
};

use crate::{
    address, browser,
    components::verdict::headline_of_trouble,
    derived::{Told, use_analysis, use_last_good, use_problems, use_shown, use_told},
    effects,
    page::Page,
    problem::Problem,
    session::{Action, Session, Share},
};

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer_eq(browser::first_session);
    let dispatcher = session.dispatcher();
    let happened = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    let current = use_analysis(&session);
    let (good, standing) = use_last_good(&current, session.text_number);
    let shown = use_shown(good, session.direction);
    let open = shown.table.resolve(&session.open);
    let told = use_told(shown.clone(), open);
    let problems = use_problems(current.clone());
    let faults = Problem::in_the_way(&current);
    let link = use_link(&session);
    let behind = told.as_ref().as_ref().map(Told::lines).unwrap_or_default();
    let trouble = headline_of_trouble(standing, &faults);

    effects::use_links(happened.clone());
    effects::use_address(session.is_in_address);
    effects::use_theme(&session);
    effects::use_draft(&session);
    effects::use_link_field(session.share);
    effects::use_first_table();
    effects::use_sight(&session, &behind);
    let announcement = effects::use_announcement(shown.clone(), trouble, session.share);

    let page = Page {
        session,
        happened,
        current,
        shown,
        standing,
        open,
        told,
        problems,
        faults,
        behind,
        link,
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
            <footer>
                <p>{ "Everything is computed in this page. Nothing is uploaded, nobody is counted." }</p>
            </footer>
            <div role="status" class="unseen">{ announcement }</div>
        </>
    }
}

/// The link, once it was asked for.
pub type Link = Option<Result<AttrValue, address::Refusal>>;

#[hook]
fn use_link(session: &UseReducerHandle<Session>) -> Link {
    let asked = (session.share != Share::Closed).then(|| session.clone());
    let link = use_memo(asked, |asked| {
        let session = asked.as_ref()?;
        Some(
            address::link(session, browser::link_to)
                .map(|link| AttrValue::from(browser::full_address(&link))),
        )
    });
    (*link).clone()
}
