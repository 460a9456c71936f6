//! What the API server says of a value, in its words: required, invalid, unsupported.

use super::{advice::Advice, fields::Field, meant, walk::Walker};
use crate::{
    diagnostic::{Code, Diagnostic},
    field::FieldPath,
    source::Span,
};

/// The longest value that is quoted whole.
const MOST_QUOTED: usize = 1_000;

/// A text in double quotes, as Go's `%q` has it; a very long one is cut.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for (at, c) in text.chars().enumerate() {
        if at == MOST_QUOTED {
            quoted.push('…');
            break;
        }
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => quoted.extend(c.escape_unicode()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

impl<'n> Walker<'_> {
    pub(super) fn required(
        &mut self,
        field: &FieldPath,
        span: Span,
        detail: &str,
    ) -> &mut Diagnostic {
        let message = if detail.is_empty() {
            "Required value".to_owned()
        } else {
            format!("Required value: {detail}")
        };
        self.report(Code::RequiredValue, field, span, message)
    }

    /// One `Invalid value` for each complaint; `shown` is the value as JSON would have it.
    pub(super) fn invalid(&mut self, field: &Field<'_>, shown: &str, complaints: &[String]) {
        for complaint in complaints {
            let message = format!("Invalid value: {shown}: {complaint}");
            let text = field.node.as_str().unwrap_or("");
            let advice = meant::without_unseen(text, |seen| !seen.is_empty());
            self.report(Code::InvalidValue, &field.path, field.node.span, message).advised(advice);
        }
    }

    /// The same, with what to do about it beside the first one.
    pub(super) fn invalid_with(
        &mut self,
        field: &Field<'_>,
        shown: &str,
        complaints: &[String],
        advice: Option<Advice>,
    ) {
        let before = self.out.len();
        self.invalid(field, shown, complaints);
        if let Some(first) = self.out.get_mut(before) {
            first.advised(advice);
        }
    }

    /// A word that is none of those the API knows.
    pub(super) fn unsupported(&mut self, field: &Field<'n>, text: &str, supported: &str) {
        let message = format!("Unsupported value: {}: supported values: {supported}", quoted(text));
        let advice = meant::one_of(text, supported.split('"').skip(1).step_by(2))
            .unwrap_or_else(|| format!("write one of {supported}; case counts").into());
        self.report(Code::UnsupportedValue, &field.path, field.node.span, message)
            .advised(Some(advice));
    }
}
