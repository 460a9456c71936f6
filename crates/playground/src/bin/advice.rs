//! What the page says once it has shown its table, as a module of its own: web/boot.js fetches it after the first table.

use wasm_bindgen::prelude::wasm_bindgen;

/// Answers a question of the page.
#[wasm_bindgen]
pub fn answer(question: Vec<String>) -> Vec<String> {
    playground::advice::answer(question)
}

fn main() {}
