//! The way to the engine. web/boot.js starts it, in a thread of its own where there can be one; here one question after the
//! other is asked, none for longer than the bound, and what fails is told.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Timeout;
use js_sys::{Promise, Uint8Array};
use protocol::{Ask, decode, encode};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::engine::{Activity, BOUND, Failure, PATIENCE, Queue};

#[wasm_bindgen]
extern "C" {
    /// Resolves once there is an engine; rejects where none can be had.
    #[wasm_bindgen(js_namespace = netpolEngine, catch)]
    fn ready() -> Result<Promise, JsValue>;
    /// Resolves to the answer in bytes; rejects where the engine has died of the question.
    #[wasm_bindgen(js_namespace = netpolEngine, catch)]
    fn answer(question: Uint8Array) -> Result<Promise, JsValue>;
    /// Ends the engine, whatever it is at; the next question begins with a new one.
    #[wasm_bindgen(js_namespace = netpolEngine, catch)]
    fn end() -> Result<(), JsValue>;
}

/// A question that waits, or that is being answered.
struct Waiting {
    question: Vec<u8>,
    rank: u8,
    is_wanted: Option<Rc<Cell<bool>>>,
    told: Box<dyn FnOnce(Result<Vec<u8>, Failure>)>,
}

impl Waiting {
    fn is_wanted(&self) -> bool {
        self.is_wanted.as_ref().is_none_or(|is_wanted| is_wanted.get())
    }
}

/// The question that is being answered.
struct Running {
    /// Tells it from the others: an answer may come when it was given up.
    number: u32,
    waiting: Waiting,
    /// Called off with it.
    timers: Vec<Timeout>,
}

type Watcher = Rc<dyn Fn(Activity)>;

#[derive(Default)]
struct Desk {
    queue: Queue<Waiting>,
    running: Option<Running>,
    number: u32,
    /// Whether a failure was told, and no table since.
    has_failed: bool,
    watchers: Vec<(u32, Watcher)>,
}

/// The rank of the question for the table.
const TABLE: u8 = 2;

thread_local!(static DESK: RefCell<Desk> = RefCell::default());

fn with_desk<T>(act: impl FnOnce(&mut Desk) -> T) -> T {
    DESK.with_borrow_mut(act)
}

/// Asks the engine. The answer is told unless it is not wanted any more by then.
pub fn ask<Q: Ask + 'static>(
    question: Q,
    is_wanted: Option<Rc<Cell<bool>>>,
    told: impl FnOnce(Result<Q::Answer, Failure>) + 'static,
) {
    let question = question.question();
    let told = Box::new(move |answer: Result<Vec<u8>, Failure>| {
        told(answer.and_then(|bytes| decode(&bytes).map_err(|_| Failure::Unavailable)));
    });
    let rank = question.rank();
    let waiting = Waiting { question: encode(&question), rank, is_wanted, told };
    with_desk(|desk| desk.queue.put(rank, waiting));
    go_on();
}

/// Ends what the engine is at.
pub fn stop() {
    give_up(Failure::Stopped);
}

/// Tells what the engine is at, until the watch is dropped.
pub fn watch_engine(told: impl Fn(Activity) + 'static) -> Watch {
    with_desk(|desk| {
        desk.number += 1;
        desk.watchers.push((desk.number, Rc::new(told)));
        Watch(desk.number)
    })
}

/// Ends when it is dropped.
pub struct Watch(u32);

impl Drop for Watch {
    fn drop(&mut self) {
        with_desk(|desk| desk.watchers.retain(|(number, _)| *number != self.0));
    }
}

fn tell(activity: Activity) {
    let watchers = with_desk(|desk| desk.watchers.clone());
    for (_, told) in watchers {
        told(activity);
    }
}

/// Takes the next question, unless there is one already.
fn go_on() {
    let number = with_desk(|desk| {
        if desk.running.is_some() {
            return None;
        }
        let waiting = desk.queue.next(Waiting::is_wanted)?;
        desk.number += 1;
        let number = desk.number;
        desk.running = Some(Running { number, waiting, timers: Vec::new() });
        Some(number)
    });
    if let Some(number) = number {
        spawn_local(run(number));
    }
}

async fn run(number: u32) {
    if come(ready()).await.is_err() {
        return finish(number, Err(Failure::Unavailable));
    }
    let bytes = with_desk(|desk| {
        let running = desk.running.as_mut().filter(|running| running.number == number)?;
        // fetching takes as long as it takes: only work is bounded
        running.timers.push(Timeout::new(PATIENCE, || tell(Activity::Working)));
        running.timers.push(Timeout::new(BOUND, || give_up(Failure::TookTooLong)));
        Some(Uint8Array::from(running.waiting.question.as_slice()))
    });
    let Some(bytes) = bytes else { return };
    let answer = come(answer(bytes)).await;
    let bytes = answer.ok().and_then(|answer| answer.dyn_into::<Uint8Array>().ok());
    finish(number, bytes.map(|bytes| bytes.to_vec()).ok_or(Failure::Died));
}

async fn come(promise: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

/// Tells an answer, unless its question was given up, and goes on.
fn finish(number: u32, answer: Result<Vec<u8>, Failure>) {
    let running = with_desk(|desk| desk.running.take_if(|running| running.number == number));
    let Some(Running { waiting, .. }) = running else { return };
    if answer == Err(Failure::Died) {
        let _ = end();
    }
    match &answer {
        Err(failure) => {
            with_desk(|desk| desk.has_failed = true);
            tell(Activity::Failed(*failure));
        }
        // what else succeeds does not make a table that has failed good
        Ok(_) if waiting.rank > TABLE && with_desk(|desk| desk.has_failed) => {}
        Ok(_) => {
            with_desk(|desk| desk.has_failed = false);
            tell(Activity::Quiet);
        }
    }
    if waiting.is_wanted() {
        (waiting.told)(answer);
    }
    go_on();
}

/// Ends the engine with the question that it is at.
fn give_up(failure: Failure) {
    let number = with_desk(|desk| desk.running.as_ref().map(|running| running.number));
    if let Some(number) = number {
        let _ = end();
        finish(number, Err(failure));
    }
}
