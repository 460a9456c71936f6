//! Texts that nobody wrote: a `ConfigMap` with all kinds of YAML below it, as it may be written, and then with some characters changed.

use std::fmt::Write;

use crate::random::Random;

/// Some texts, the same ones for the same seed.
pub(crate) fn texts(seed: u64, count: usize) -> Vec<String> {
    let mut random = Random::new(seed);
    (0..count).map(|_| text(&mut random)).collect()
}

const HEAD: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

fn text(random: &mut Random) -> String {
    let mut body = String::from("x:");
    value(random, 2, 3, &mut body);
    if random.chance(33) {
        body.push_str("\ny:");
        value(random, 2, 2, &mut body);
    }
    body.push('\n');
    for _ in 0..random.below(4) {
        change(random, &mut body);
    }
    format!("{HEAD}{body}")
}

/// Words that mean something, or nearly.
const WORDS: &[&str] = &[
    "a",
    "web",
    "app: b",
    "yes",
    "No",
    "~",
    "null",
    "1",
    "010",
    "0x1f",
    "1.10",
    "1e3",
    ".5",
    "1_000",
    "80-90",
    "2024-01-02",
    "10.0.0.0/8",
    "::/0",
    "a:b",
    "a::b",
    "a#b",
    "a #b",
    "#b",
    "- a",
    "-a",
    "?a",
    "? a",
    ":a",
    "<<",
    "'it''s'",
    "\"a\\tb\"",
    "\"\\x41\\u00e9\"",
    "\"a\\/b\"",
    "\"a\\\n  b\"",
    "'a\n  b'",
    "\"a b\n\n c\"",
    "'",
    "\"",
    "*a",
    "&a",
    "&a b",
    "*b",
    "!!str 1",
    "!!int \"7\"",
    "!a b",
    "! 1",
    "@a",
    "`a`",
    "%a",
    "|",
    ">",
    "|-",
    "|2",
    "a, b",
    "[a]",
    "{a: b}",
    "a b\n  c",
    "é",
    "\u{1F600}",
    "",
    " ",
    "=",
    "...",
    "---",
    "a\t",
    "\ta",
    "0b11",
    "08",
    "1:20",
    "0o17",
    "+1",
    ".",
    "..",
    "\u{a0}a",
];

fn value(random: &mut Random, indent: usize, depth: usize, to: &mut String) {
    let blanks = " ".repeat(indent);
    match random.below(if depth == 0 { 4 } else { 12 }) {
        0..=2 => {
            to.push(' ');
            to.push_str(random.pick(WORDS));
        }
        3 => {
            let header = random.pick(&["|", ">", "|-", ">+", "|+", "|2", ">1-", "|-1", "| #c"]);
            write!(to, " {header}").unwrap();
            for _ in 0..random.below(4) {
                let more = random.pick(&["", "", " ", "  ", "\t"]);
                let line = random.pick(&["a", "b c", "", "# d", "- e", "f: g"]);
                write!(to, "\n{blanks}{more}{line}").unwrap();
            }
        }
        4..=6 => {
            for number in 0..=random.below(3) {
                let key = random.pick(&[
                    "a", "b", "'c'", "\"d\"", "e f", "1", "yes", "~", "<<", "? g", "&h i", "[j]",
                    "<<", "k",
                ]);
                write!(to, "\n{blanks}{key}").unwrap();
                if random.chance(8) {
                    to.push_str(&number.to_string());
                }
                to.push_str(if random.chance(6) { " :" } else { ":" });
                let step = 1 + random.below(3);
                value(random, indent + step, depth - 1, to);
            }
        }
        7 | 8 => {
            let dash = if random.chance(50) { indent } else { indent.saturating_sub(2) };
            for _ in 0..=random.below(3) {
                write!(to, "\n{}-", " ".repeat(dash)).unwrap();
                value(random, dash + 2, depth - 1, to);
            }
        }
        9 => {
            to.push(' ');
            flow(random, depth, to);
        }
        10 => {
            write!(to, " &{}", random.pick(&["a", "b"])).unwrap();
            value(random, indent, depth - 1, to);
        }
        _ => {
            let comment = random.pick(&[" # c", "  #", " #\t", "\n\n", "\n# d\n", " "]);
            to.push_str(comment);
            write!(to, "\n{blanks}{}", random.pick(WORDS)).unwrap();
        }
    }
}

fn flow(random: &mut Random, depth: usize, to: &mut String) {
    if depth == 0 || random.chance(33) {
        to.push_str(random.pick(WORDS));
        return;
    }
    let is_list = random.chance(50);
    let blank = |random: &mut Random| random.pick(&["", " ", " ", "\n  ", "\n", "\t", " # c\n "]);
    to.push(if is_list { '[' } else { '{' });
    for number in 0..random.below(4) {
        if number > 0 {
            to.push(',');
        }
        to.push_str(blank(random));
        if !is_list || random.chance(16) {
            to.push_str(random.pick(&["a", "\"b\"", "'c'", "d e", "?f", "<<", "1", "~", ""]));
            to.push_str(random.pick(&[":", ": ", ": ", ":\t", " : ", ":\n"]));
        }
        flow(random, depth - 1, to);
        to.push_str(blank(random));
    }
    to.push(if is_list { ']' } else { '}' });
}

/// Adds, takes or doubles a character somewhere.
fn change(random: &mut Random, text: &mut String) {
    const CHARACTERS: &[&str] = &[
        " ", "  ", "\t", "\n", "\r", "\r\n", ":", ": ", "-", "- ", "?", "? ", ",", "[", "]", "{",
        "}", "#", " #", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\\", "/", "~", "a",
        "1", ".", "<<", "\u{85}", "\u{2028}", "\u{feff}", "\u{7f}", "\u{1}", "\u{a0}", "é",
        "---\n", "...\n", "\n---\n",
    ];
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let at = random.pick(&places);
    match random.below(4) {
        0 => {
            text.remove(at);
        }
        1 => {
            let character = text.get(at..).and_then(|rest| rest.chars().next()).unwrap();
            text.insert(at, character);
        }
        _ => text.insert_str(at, random.pick(CHARACTERS)),
    }
}
