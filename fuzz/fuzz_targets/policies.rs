//! Valid policies and clusters, changed as objects and not as bytes, so that most of them still are some: everything that a
//! view asks of them, and what becomes of those with a slip.

#![no_main]

use libfuzzer_sys::{fuzz_crossover, fuzz_mutator, fuzz_target};
use netpol_fuzz::{
    checks::{everything_holds, fixes_mend},
    structure::Objects,
};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    everything_holds(&text);
    fixes_mend(&text);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut objects = Objects::read(&String::from_utf8_lossy(&data[..size]));
    objects.change(seed);
    put(&objects, &mut data[..max_size])
});

fuzz_crossover!(|one: &[u8], other: &[u8], out: &mut [u8], seed: u32| {
    let [mut one, other] = [one, other].map(|text| Objects::read(&String::from_utf8_lossy(text)));
    one.take_from(other, seed);
    put(&one, out)
});

/// Writes as many objects as there is room for.
fn put(objects: &Objects, out: &mut [u8]) -> usize {
    let text = objects.to_text(out.len());
    out[..text.len()].copy_from_slice(text.as_bytes());
    text.len()
}
