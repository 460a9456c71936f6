//! What YAML can look like: random trees of texts that need care in writing, and one document for
//! each feature of the notation.

use crate::{random::Random, tree::Tree};

/// A tree of texts and other things that need care in writing.
pub(crate) fn tree(random: &mut Random, depth: usize) -> Tree {
    let texts = [
        "web",
        "a b",
        "",
        " ",
        "80",
        "true",
        "null",
        "~",
        "no",
        "1e3",
        "0x1F",
        "0777",
        "1.10",
        "- a",
        "a: b",
        "a #b",
        "#",
        "it's",
        "say \"x\"",
        "back\\slash",
        "two\nlines",
        "tab\there",
        "é😀",
        "{a}",
        "[a]",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "a,b",
        "?",
        "-",
        "---",
        "...",
        "a:",
        ":a",
        "<<",
        "=",
        "10.0.0.0/8",
        "fd00::/64",
        "kubernetes.io/metadata.name",
        "'",
        "\"",
        "|",
        ">",
        "2024-01-02",
    ];
    let scalar = |random: &mut Random| match random.below(8) {
        0 => Tree::Null,
        1 => Tree::Bool(random.chance(50)),
        2 => Tree::Int(i64::try_from(random.next() % 70_000).unwrap() - 100),
        _ => Tree::Text(random.pick(&texts).to_owned()),
    };
    let size = random.below(4);
    match random.below(if depth == 0 { 1 } else { 4 }) {
        0 => scalar(random),
        1 => Tree::List((0..size).map(|_| tree(random, depth - 1)).collect()),
        _ => {
            let mut entries: Vec<(String, Tree)> = Vec::new();
            for _ in 0..size {
                let key = random.pick(&texts);
                // how a quoted `<<` merges, the two see differently
                if key != "<<" && entries.iter().all(|(other, _)| other != key) {
                    entries.push((key.to_owned(), tree(random, depth - 1)));
                }
            }
            Tree::Map(entries)
        }
    }
}

/// Documents that use one feature each.
pub(crate) const FEATURES: &[&str] = &[
    "a: |\n  one\n    two\n\n  three\nb: 1\n",
    "a: |-\n  one\n  two\n",
    "a: |+\n  one\n\n\nb: >-\n  x\n  y\n\n  z\n",
    "a: >\n  folded\n  text\n\n  par\n   more\n",
    "a: |2\n    indented\n  not\n",
    "- |\n x\n- >\n y\n",
    "a: plain text\n  goes on\n  and on\nb: 1\n",
    "a: 'quoted\n  over lines'\nb: \"and\n  \\\n  this\"\n",
    "a: \"\\t\\n\\x41\\u00e9\\U0001F600\\\\ \\\" \\e\"\n",
    "a: 'it''s'\n",
    "a: &x {b: 1}\nc: *x\n",
    "a: &x [1, 2]\nb: [*x, *x]\n",
    "a: &x\n  b: 1\n  c: 2\nd:\n  <<: *x\n  c: 3\n",
    "a: &x {b: 1}\ne: &y {f: 2, b: 3}\nd: {<<: [*x, *y], g: 1}\n",
    "a: &x text\n*x : b\n",
    "? a\n: b\n? c\n",
    "{a: 1, b: [x, z], c: {d: e}, f}\n",
    "[a, b: c, {d: e}, [f, g], ]\n",
    "{\n  a: 1,\n  b: [\n    x, # why\n    z\n  ],\n}\n",
    "- - a\n  - b\n- - - c\n",
    "- a: 1\n  b: 2\n-\n  c: 3\n-\n- - d: 4\n    e: 5\n",
    "a:\n- b\n- c\nd:\n  - e\n",
    "a:\n\n\n  # comment\n  b: 1 # comment\n# comment\n  c: 2\n",
    "a:    b   \nc: \"d\"   # e\n",
    "a: b#c\nd: e #f\n",
    "# only a comment\n",
    "---\na: 1\n...\n---\nb: 2\n...\n",
    "--- # why\n{a: 1}\n---\n[b]\n---\ntext\n",
    "---\n# nothing\n---\na: 1\n---\n",
    "a: !!str 80\nb: !!str true\nc: !!str\n",
    "a: !!int 80\nc: !!bool true\ne: !!null null\nf: !!float 1.5\n",
    "a: !!map {b: 1}\nc: !!seq [d]\ne: !!str\n  f\n!!str g: !!map\n  h: !!seq\n  - i\n",
    "a: \"80\"\nb: '80'\nc: 80\nd: 80.5\ne: -3\nf: 1.0\n",
    "a: ~\nb: null\nc:\nd: Null\ne: NULL\n",
    "a: true\nb: True\nc: FALSE\n",
    "1: a\ntrue: b\n\"d\": e\n'f': g\n",
    "a: 10.0.0.0/8\nb: fd00::/64\nc: ::1\nd: 1.2.3\ne: 2024-01-02\nf: 80-90\n",
    "a: b\r\nc:\r\n- d\r\n- |\r\n  e\r\n  f\r\n",
    "\u{feff}a: b\n",
    "a: é\n😀: \"\u{1F600}\"\nb: ü # ä\nc: d\n",
];
