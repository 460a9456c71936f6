//! The engine as a module that runs beside the page: web/worker.js hands it questions in bytes. On the host it does nothing.

#[cfg(target_arch = "wasm32")]
use {
    engine::Engine,
    std::cell::RefCell,
    wasm_bindgen::{JsError, prelude::wasm_bindgen},
};

#[cfg(target_arch = "wasm32")]
thread_local!(static ENGINE: RefCell<Engine> = RefCell::default());

/// Answers a question.
///
/// # Errors
///
/// Where the bytes are no question: page and engine are of two builds.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn answer(question: &[u8]) -> Result<Vec<u8>, JsError> {
    ENGINE.with_borrow_mut(|engine| engine.answer(question)).map_err(JsError::from)
}

fn main() {}
