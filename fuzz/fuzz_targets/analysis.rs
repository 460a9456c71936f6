//! Any text → an analysis, and everything that a view asks of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netpol_fuzz::checks::everything_holds;

fuzz_target!(|bytes: &[u8]| everything_holds(&String::from_utf8_lossy(bytes)));
