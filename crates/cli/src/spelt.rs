//! JSON whose texts do nothing where they are looked at: what a terminal obeys, what changes the direction of writing and what
//! nobody sees is written as `\u` escapes. To a program it says the same.

use std::{borrow::Cow, fmt::Write as _, io};

use render::is_spelt_out;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A value, indented, as people look at it.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    // only a map whose keys are no strings could fail, and there is none
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    escaped(&json).into_owned()
}

/// A value on one line.
pub(crate) fn line(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    escaped(&json).into_owned()
}

/// Writes a value on one line, piece by piece.
pub(crate) fn write(out: impl io::Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Spelt)).map_err(io::Error::from)
}

struct Spelt;

impl Formatter for Spelt {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        writer.write_all(escaped(fragment).as_bytes())
    }
}

/// Outside of texts JSON has none of these characters, but the line breaks between its lines.
fn escaped(json: &str) -> Cow<'_, str> {
    let is_escaped = |c: char| c != '\n' && is_spelt_out(c);
    if !json.chars().any(is_escaped) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if is_escaped(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\u{9b}31m\u{7f}\u{202e}b\u{200b}\u{e0041}\n\u{1b}größe 世界";

    #[test]
    fn nothing_in_it_is_obeyed_and_a_program_reads_the_same() {
        let mut written = Vec::new();
        write(&mut written, &[HOSTILE]).unwrap();
        for json in [pretty(&[HOSTILE]), line(&[HOSTILE]), String::from_utf8(written).unwrap()] {
            assert!(!json.chars().any(|c| c != '\n' && is_spelt_out(c)), "{json:?}");
            assert!(json.contains("\\u009b31m\\u007f\\u202eb\\u200b\\udb40\\udc41"), "{json}");
            assert_eq!(serde_json::from_str::<[String; 1]>(&json).unwrap(), [HOSTILE]);
        }
    }
}
