//! How text looks in a terminal: colours where they are wanted, and nothing that a terminal would obey.

use std::{borrow::Cow, env, io::IsTerminal};

use anstyle::{AnsiColor, Style};

pub(crate) use render::{harmless, width};

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(crate) const BLUE: Style = AnsiColor::Blue.on_default();

/// Whether a stream is coloured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ink {
    is_coloured: bool,
}

impl Ink {
    /// None, whatever the tests themselves write to.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self { is_coloured: false };

    /// Colours where a person looks at the stream and has not asked for none (<https://no-color.org>).
    pub(crate) fn of(stream: &impl IsTerminal) -> Self {
        let asked_for_none = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let knows_none = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self { is_coloured: stream.is_terminal() && !asked_for_none && !knows_none }
    }

    pub(crate) fn paint(self, style: Style, text: &str) -> Cow<'_, str> {
        if self.is_coloured && !text.is_empty() {
            Cow::Owned(format!("{style}{text}{style:#}"))
        } else {
            Cow::Borrowed(text)
        }
    }
}
