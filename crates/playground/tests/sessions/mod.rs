//! Sessions and what happens to them, for the tests of the reducer.
#![allow(dead_code, reason = "not every test needs all of it")]
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use std::rc::Rc;

use netpol::Column;
use permalink::Route;
use permalink::Shared;
use playground::{
    address::{self, Notice},
    codec,
    session::{Action, Session, Theme},
    table::Position,
};
use yew::Reducible;

pub(crate) fn at(address: &str) -> Rc<Session> {
    Rc::new(Session::begin(route(address), Theme::System, None))
}

pub(crate) fn route(address: &str) -> Result<Route, Notice> {
    codec::route(codec::read(address))
}

pub(crate) fn link(session: &Session) -> Result<String, Notice> {
    link_with(session, None, None)
}

pub(crate) fn link_with(
    session: &Session,
    open: Option<(Position, Column)>,
    result: Option<&str>,
) -> Result<String, Notice> {
    let write = |words| codec::link(codec::write(words));
    address::link(session, open, result.map(str::to_owned), write)
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
    Action::LinkOpened(route(address))
}

pub(crate) fn link_to(policies: &str) -> String {
    Shared { policies: policies.to_owned(), ..Shared::default() }.encode().unwrap()
}
