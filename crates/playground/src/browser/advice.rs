//! Whys, remedies, lints and neighbours come from a module of their own, which web/boot.js puts beside the page once it is
//! there.

use std::{cell::Cell, rc::Rc};

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = netpolAdvice, catch)]
    fn load() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = netpolAdvice, catch)]
    fn answer(question: Vec<String>) -> Result<Vec<String>, JsValue>;
}

/// Asks the module, unless the answer is not wanted any more once it is here; it answers `None` where it does not come.
pub fn ask(
    question: Vec<String>,
    is_wanted: Option<Rc<Cell<bool>>>,
    told: impl FnOnce(Option<Vec<String>>) + 'static,
) {
    wasm_bindgen_futures::spawn_local(async move {
        let is_here = match load() {
            Ok(promise) => JsFuture::from(promise).await.is_ok(),
            Err(_) => false,
        };
        if is_wanted.is_some_and(|is_wanted| !is_wanted.get()) {
            return;
        }
        told(is_here.then(|| answer(question).ok()).flatten());
    });
}
