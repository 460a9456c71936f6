//! Prints how long the link of each policy file is, the link itself, and the median length:
//! `cargo run -p permalink --example links -- FILE…`

use permalink::{Route, Shared};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut lengths = Vec::new();
    for file in std::env::args().skip(1) {
        let policies = std::fs::read_to_string(&file)?;
        let link = Route::Shared(Shared { policies, ..Shared::default() }).encode()?;
        println!("{:6} {file} {link}", link.len());
        lengths.push(link.len());
    }
    lengths.sort_unstable();
    if let Some(median) = lengths.get(lengths.len() / 2) {
        println!("{median:6} median of {}", lengths.len());
    }
    Ok(())
}
