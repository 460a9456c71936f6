//! The codec of links, which web/boot.js puts beside the page once it is there.

use permalink::Route;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{address::Notice, codec};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = netpolLinks, js_name = isHere, catch)]
    fn is_here() -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = netpolLinks, catch)]
    async fn load() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = netpolLinks, catch)]
    fn read(address: &str) -> Result<Vec<String>, JsValue>;
    #[wasm_bindgen(js_namespace = netpolLinks, catch)]
    fn write(list: Vec<String>) -> Result<Vec<String>, JsValue>;
}

/// Where a fragment leads.
pub(super) fn route_of(fragment: &str) -> Result<Route, Notice> {
    codec::plain(fragment)
        .map_or_else(|| read(fragment).map_err(|_| Notice::no_codec()).and_then(codec::route), Ok)
}

/// The link to a text, as [`codec::write`] takes it.
pub fn link_to(words: Vec<String>) -> Result<String, Notice> {
    write(words).map_err(|_| Notice::no_codec()).and_then(codec::link)
}

/// Calls when the codec is there, or will not come: at once where that is known, so that the press of a button still
/// counts as one.
pub fn when_here(call: impl FnOnce() + 'static) {
    if is_here().unwrap_or(true) {
        return call();
    }
    wasm_bindgen_futures::spawn_local(async move {
        let _ = load().await;
        call();
    });
}
