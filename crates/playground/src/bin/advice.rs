//! What the page says once it has shown its table, as a module of its own: web/boot.js fetches it after the first table.

use wasm_bindgen::prelude::wasm_bindgen;

/// Remedies and lints.
#[wasm_bindgen]
pub fn problems(texts: Vec<String>) -> Vec<String> {
    playground::advice::problems(texts)
}

/// The small edits that would change a policy's row.
#[wasm_bindgen]
pub fn neighbours(texts: Vec<String>, policy: &str) -> Vec<String> {
    playground::advice::neighbours(texts, policy)
}

fn main() {}
