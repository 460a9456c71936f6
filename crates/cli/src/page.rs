//! A code's page, taken apart: its summary and its prose. Knows how pages are laid out, not what they say.

use netpol::Code;

/// The paragraphs between the heading and the first example.
fn paragraphs(code: Code) -> impl Iterator<Item = &'static str> {
    let prose = code.page().split("```").next().unwrap_or("");
    prose.split("\n\n").skip(1).map(str::trim).filter(|paragraph| !paragraph.is_empty())
}

/// What the code says, in a sentence.
pub(crate) fn summary(code: Code) -> String {
    paragraphs(code).next().unwrap_or("").replace('\n', " ")
}

/// What the code says and why, as far as it fits into `longest` bytes: whole paragraphs only.
pub(crate) fn description(code: Code, longest: usize) -> String {
    let mut text = summary(code);
    for paragraph in paragraphs(code).skip(1) {
        if text.len() + 2 + paragraph.len() > longest {
            break;
        }
        text.push_str("\n\n");
        text.push_str(paragraph);
    }
    text
}
