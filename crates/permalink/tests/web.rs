//! The same in the browser: links open, and the browser writes the very bytes that every other machine writes.
#![cfg(target_arch = "wasm32")]

#[path = "golden/mod.rs"]
mod golden;

use permalink::Route;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn golden_links_open_in_the_browser() {
    for entry in golden::entries() {
        assert_eq!(entry.link.parse(), Ok(Route::Shared(entry.shared)), "{}", entry.name);
    }
}

#[wasm_bindgen_test]
fn the_browser_writes_the_golden_links_byte_for_byte() {
    for entry in golden::entries().iter().filter(|entry| entry.current) {
        assert_eq!(entry.shared.encode().as_deref(), Ok(entry.link), "{}", entry.name);
    }
}
