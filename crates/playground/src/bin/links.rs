//! The codec of links as a module of its own: web/boot.js fetches it before the page where the address holds a text, and
//! after the first table otherwise.

use wasm_bindgen::prelude::wasm_bindgen;

/// Where an address leads.
#[wasm_bindgen]
pub fn read(address: &str) -> Vec<String> {
    playground::codec::read(address)
}

/// The link to a text.
#[wasm_bindgen]
pub fn write(list: Vec<String>) -> Vec<String> {
    playground::codec::write(list)
}

fn main() {}
