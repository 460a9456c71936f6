//! The way to the engine, which web/boot.js starts beside the page.

use std::{cell::Cell, rc::Rc};

use js_sys::{Promise, Uint8Array};
use protocol::{Ask, decode, encode};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::engine::Failure;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = netpolEngine, catch)]
    fn ask_bytes(question: Uint8Array) -> Result<Promise, JsValue>;
}

/// Asks the engine, unless the answer is not wanted any more once it is here.
pub fn ask<Q: Ask + 'static>(
    question: Q,
    is_wanted: Option<Rc<Cell<bool>>>,
    told: impl FnOnce(Result<Q::Answer, Failure>) + 'static,
) {
    let question = encode(&question.question());
    wasm_bindgen_futures::spawn_local(async move {
        let answer = match ask_bytes(Uint8Array::from(question.as_slice())) {
            Ok(promise) => JsFuture::from(promise).await,
            Err(cause) => Err(cause),
        };
        if is_wanted.is_some_and(|is_wanted| !is_wanted.get()) {
            return;
        }
        let bytes = answer.ok().and_then(|answer| answer.dyn_into::<Uint8Array>().ok());
        let answer = bytes.and_then(|bytes| decode(&bytes.to_vec()).ok());
        told(answer.ok_or(Failure::Unavailable));
    });
}
