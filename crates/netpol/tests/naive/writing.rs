//! Trees → text, in the many ways in which people write YAML, and in JSON.

use super::{
    random::Random,
    tree::Tree::{self, Bool, Int, List, Map, Null, Text},
};

/// Words that some version of YAML does not read as text.
const RESERVED: [&str; 12] =
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan", "none"];

/// The documents as one text, in a style that the random numbers choose.
pub(crate) fn yaml(documents: &[Tree], random: &mut Random) -> String {
    let mut writer = Writer { random, out: String::new(), is_plain: false };
    for (at, document) in documents.iter().enumerate() {
        if at > 0 || writer.random.chance(20) {
            let marker = ["---\n", "---\n", "--- # next\n", "---\n\n# a comment\n"];
            let marker = writer.random.pick(&marker);
            writer.out.push_str(marker);
        }
        writer.document(document);
    }
    let text = writer.out;
    if random.chance(5) { text.replace('\n', "\r\n") } else { text }
}

/// The documents in the plainest style, to be read by people.
pub(crate) fn plain_yaml(documents: &[Tree]) -> String {
    let mut writer = Writer { random: &mut Random::new(0), out: String::new(), is_plain: true };
    for (at, document) in documents.iter().enumerate() {
        writer.out.push_str(if at > 0 { "---\n" } else { "" });
        writer.document(document);
    }
    writer.out
}

struct Writer<'r> {
    random: &'r mut Random,
    out: String,
    is_plain: bool,
}

impl Writer<'_> {
    fn chance(&mut self, percent: usize) -> bool {
        !self.is_plain && self.random.chance(percent)
    }

    fn document(&mut self, tree: &Tree) {
        match tree {
            Map(entries) if !entries.is_empty() && !self.chance(4) => self.map(entries, 0),
            List(items) if !items.is_empty() && !self.chance(4) => self.list(items, 0),
            _ => {
                self.flow(tree);
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        if self.chance(3) {
            self.out.push_str("   # why not: {a: [b");
        }
        self.out.push('\n');
        if self.chance(2) {
            self.out.push_str("# a line of its own: - {\n\n");
        }
    }

    fn map(&mut self, entries: &[(String, Tree)], indent: usize) {
        for (at, (key, value)) in entries.iter().enumerate() {
            if at > 0 || !self.out.ends_with("- ") {
                self.out.push_str(&" ".repeat(indent));
            }
            self.scalar(key, false);
            self.out.push(':');
            self.value(value, indent);
        }
    }

    /// What follows a colon.
    fn value(&mut self, value: &Tree, indent: usize) {
        match value {
            Map(entries) if !entries.is_empty() && !self.chance(25) => {
                let deeper = if self.chance(10) { 4 } else { 2 };
                self.end_line();
                self.map(entries, indent + deeper);
            }
            List(items) if !items.is_empty() && !self.chance(25) => {
                let deeper = if self.chance(50) { 2 } else { 0 };
                self.end_line();
                self.list(items, indent + deeper);
            }
            Null if self.chance(60) => self.end_line(),
            _ => {
                self.out.push(' ');
                self.flow_or_block_scalar(value);
                self.end_line();
            }
        }
    }

    fn list(&mut self, items: &[Tree], indent: usize) {
        for item in items {
            self.out.push_str(&" ".repeat(indent));
            match item {
                Map(entries) if !entries.is_empty() && !self.chance(30) => {
                    self.out.push_str("- ");
                    self.map(entries, indent + 2);
                }
                Null if self.chance(60) => {
                    self.out.push('-');
                    self.end_line();
                }
                _ => {
                    self.out.push_str("- ");
                    self.flow_or_block_scalar(item);
                    self.end_line();
                }
            }
        }
    }

    fn flow_or_block_scalar(&mut self, tree: &Tree) {
        match tree {
            Text(text) => self.scalar(text, false),
            _ => self.flow(tree),
        }
    }

    fn flow(&mut self, tree: &Tree) {
        match tree {
            Null => {
                let null = if self.chance(30) { "~" } else { "null" };
                self.out.push_str(null);
            }
            Bool(value) => self.out.push_str(&value.to_string()),
            Int(value) => self.out.push_str(&value.to_string()),
            Text(text) => self.scalar(text, true),
            List(items) => {
                self.out.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.out.push_str(if at > 0 { ", " } else { "" });
                    self.flow(item);
                }
                self.out.push(']');
            }
            Map(entries) => {
                self.out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    self.out.push_str(if at > 0 { ", " } else { "" });
                    self.scalar(key, true);
                    self.out.push_str(": ");
                    self.flow(value);
                }
                self.out.push('}');
            }
        }
    }

    /// Plain where every reader takes it for a text, else in one of the two kinds of quotes.
    fn scalar(&mut self, text: &str, in_flow: bool) {
        if is_plainly_text(text, in_flow) && !self.chance(8) {
            self.out.push_str(text);
        } else if self.chance(50) && !text.contains(|c: char| c.is_control()) {
            self.out.extend(["'", &text.replace('\'', "''"), "'"]);
        } else {
            let quoted = format!("{text:?}");
            self.out.push_str(&quoted);
        }
    }
}

fn is_plainly_text(text: &str, in_flow: bool) -> bool {
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic())
        || (text.matches('.').count() >= 3 && text.starts_with(|c: char| c.is_ascii_digit()));
    let fits = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c) || (c == ':' && !in_flow);
    starts_well
        && !text.ends_with(':')
        && text.chars().all(fits)
        && !RESERVED.contains(&text.to_ascii_lowercase().as_str())
}
