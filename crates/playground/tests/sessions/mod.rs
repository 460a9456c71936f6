//! Sessions and what happens to them, for the tests of the reducer.
#![allow(dead_code, reason = "not every test needs all of it")]
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use std::rc::Rc;

use engine::Engine;
use permalink::Shared;
use playground::{
    draft::Drafts,
    session::{Action, Session, Theme},
};
use protocol::{
    Column, Direction, LinkQuestion, Notice, OpenQuestion, Opened, Position, Start, StartQuestion,
    Table,
};
use yew::Reducible;

pub(crate) fn start(address: &str) -> Start {
    Engine::default().start(&StartQuestion { address: address.to_owned() })
}

pub(crate) fn at(address: &str) -> Rc<Session> {
    Rc::new(begin(address, Theme::System, None))
}

pub(crate) fn begin(address: &str, theme: Theme, drafts: impl Into<Drafts>) -> Session {
    let Start { contents, opened } = start(address);
    Session::begin(opened, &contents.example_cluster, theme, drafts)
}

pub(crate) fn open(address: &str) -> Box<Opened> {
    Box::new(Engine::default().open(&OpenQuestion::Address(address.to_owned())))
}

pub(crate) fn table(session: &Session) -> Table {
    Engine::default().view(&session.view_question()).table
}

pub(crate) fn link(session: &Session) -> Result<String, Notice> {
    link_with(session, None, None)
}

pub(crate) fn link_with(
    session: &Session,
    position: Option<(Position, Column)>,
    recorded: Option<Direction>,
) -> Result<String, Notice> {
    let question: LinkQuestion = session.link_question(position, recorded);
    Engine::default().link(&question)
}

pub(crate) fn after(
    session: &Rc<Session>,
    actions: impl IntoIterator<Item = Action>,
) -> Rc<Session> {
    actions.into_iter().fold(Rc::clone(session), Session::reduce)
}

pub(crate) fn typed(session: &Session, more: &str) -> Action {
    Action::TextEdited(format!("{}{more}", session.policies).into(), None)
}

pub(crate) fn opened(address: &str) -> Action {
    Action::LinkOpened(open(address))
}

pub(crate) fn link_to(policies: &str) -> String {
    Shared { policies: policies.to_owned(), ..Shared::default() }.encode().unwrap()
}
