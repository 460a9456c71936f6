//! Standard output, for a reader that may go away: `netpol table x | head` ends quietly.

use std::io::{self, BufWriter, ErrorKind, Write as _};

use crate::{ink::Ink, spelt};

/// Collects what goes to standard output. The first fault is remembered, and nothing is written after it.
pub(crate) struct Printer {
    out: BufWriter<io::StdoutLock<'static>>,
    fault: Option<io::Error>,
    ink: Ink,
    width: Option<usize>,
}

impl Printer {
    pub(crate) fn to_stdout() -> Self {
        use io::IsTerminal as _;
        let stdout = io::stdout();
        Self {
            ink: Ink::of(&stdout),
            width: stdout.is_terminal().then(|| terminal_width(&stdout)),
            out: BufWriter::new(stdout.lock()),
            fault: None,
        }
    }

    pub(crate) const fn ink(&self) -> Ink {
        self.ink
    }

    /// Whether a person looks at it, for whom long lines are folded.
    pub(crate) const fn is_terminal(&self) -> bool {
        self.width.is_some()
    }

    /// How wide the terminal is at which a person looks; `None` where nobody does.
    pub(crate) const fn width(&self) -> Option<usize> {
        self.width
    }

    /// Writes a text as it is.
    pub(crate) fn text(&mut self, text: &str) {
        self.attempt(|out| out.write_all(text.as_bytes()));
    }

    /// Writes a text and ends the line.
    pub(crate) fn line(&mut self, text: &str) {
        self.attempt(|out| writeln!(out, "{text}"));
    }

    /// Writes a value as JSON, piece by piece, so that nothing of it is kept.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) {
        self.attempt(|out| spelt::write(out, value));
    }

    /// Brings it before the reader, so that it keeps its place among what goes to standard error.
    pub(crate) fn flush(&mut self) {
        self.attempt(io::Write::flush);
    }

    /// Whether nothing more would be written, so that whoever has much more can stop.
    pub(crate) const fn is_closed(&self) -> bool {
        self.fault.is_some()
    }

    /// Writes the rest. A reader who has gone away is no error.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.flush();
        match self.fault {
            Some(fault) if fault.kind() != ErrorKind::BrokenPipe => Err(fault),
            _ => Ok(()),
        }
    }

    fn attempt(
        &mut self,
        write: impl FnOnce(&mut BufWriter<io::StdoutLock<'static>>) -> io::Result<()>,
    ) {
        if self.fault.is_none() {
            self.fault = write(&mut self.out).err();
        }
    }
}

/// How wide a terminal is; one that does not tell is taken for an old one.
fn terminal_width(stdout: &io::Stdout) -> usize {
    const USUAL: usize = 80;
    let size = terminal_size::terminal_size_of(stdout);
    size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0).unwrap_or(USUAL)
}
