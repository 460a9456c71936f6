//! Paths on the command line → texts. The only place that reads: files, directories and standard input, as far as they
//! are text and of a bearable size. What cannot be read is handed out with the reason, and the rest is read all the same.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use netpol::{Code, Diagnostic, Source, Span, yaml::MAX_TEXT_BYTES};

use crate::{
    beside::{self, Parted},
    encoding::decode,
    findings::findings,
    report::Report,
    text::{Text, shown},
    unread::{Unread, reason},
    walk::{self, Extensions, Walked, identity},
};

/// The argument that means standard input, and its name in messages.
const STDIN: (&str, &str) = ("-", "<stdin>");

/// Reads what the command line names, each file once.
#[derive(Debug)]
pub(crate) struct Reader {
    /// What is taken from directories.
    extensions: Extensions,
    seen: BTreeSet<PathBuf>,
    is_stdin_taken: bool,
}

/// Whether an argument means standard input.
pub(crate) fn is_stdin_path(path: &Path) -> bool {
    path.as_os_str() == STDIN.0
}

impl Default for Reader {
    /// Reads Kubernetes objects.
    fn default() -> Self {
        Self { extensions: walk::OBJECTS, seen: BTreeSet::new(), is_stdin_taken: false }
    }
}

impl Reader {
    /// Reads articles.
    pub(crate) fn of_articles() -> Self {
        Self { extensions: walk::ARTICLES, ..Self::default() }
    }

    /// The texts of one list of paths, in order; what cannot be read is reported.
    pub(crate) fn read(&mut self, paths: &[PathBuf], report: &mut Report) -> Vec<Text> {
        let mut texts = Vec::new();
        for text in self.try_read(paths) {
            match text {
                Ok(text) => texts.push(text),
                Err(Unread::Fault { message, help }) => report.error(&message, help),
                Err(Unread::NoText { shown, diagnostic }) => {
                    findings(&[shown.source], [&*diagnostic])
                        .for_each(|finding| report.finding(&finding));
                }
            }
        }
        texts
    }

    /// The texts of one list of paths, in order. A file that the list names twice counts once, as does one that a
    /// directory of this list shares with a list before.
    pub(crate) fn try_read(&mut self, paths: &[PathBuf]) -> Vec<Result<Text, Unread>> {
        let mut texts = Vec::new();
        let mut listed = BTreeSet::new();
        for path in paths {
            if is_stdin_path(path) {
                texts.push(self.read_stdin());
            } else if path.is_dir() {
                self.read_directory(path, &mut listed, &mut texts);
            } else if is_new(path, &mut listed) {
                texts.push(read_file(path));
            }
        }
        self.seen.append(&mut listed);
        texts
    }

    fn read_stdin(&mut self) -> Result<Text, Unread> {
        if std::mem::replace(&mut self.is_stdin_taken, true) {
            let message = "standard input (`-`) can be read only once".to_owned();
            return Err(Unread::Fault { message, help: Some("name `-` once") });
        }
        text(None, read_bounded(io::stdin().lock()))
    }

    fn read_directory(
        &self,
        path: &Path,
        listed: &mut BTreeSet<PathBuf>,
        texts: &mut Vec<Result<Text, Unread>>,
    ) {
        let found = walk::directory(path, self.extensions);
        let faults = found.faults.iter();
        texts.extend(faults.map(|(path, error)| Err(fault(&shown(path), error))));
        if found.files.is_empty() && found.faults.is_empty() {
            let [others @ .., last] = self.extensions else { return };
            let others = others.join(", .");
            let path = shown(path);
            let message = format!("no .{others} or .{last} file in directory `{path}`");
            texts.push(Err(Unread::Fault { message, help: None }));
        }
        let outward = beside::outward(found.outward);
        let is_elsewhere = |file: &Walked| self.seen.contains(&identity(&file.path));
        let files = found.files.into_iter().filter(|file| !is_elsewhere(file));
        let mut read = Vec::new();
        for Walked { path, is_linked } in files.filter(|file| is_new(&file.path, listed)) {
            match read_file(&path) {
                Ok(text) => read.push((path, Text { is_linked, ..text })),
                unread => texts.push(unread),
            }
        }
        if self.extensions == walk::ARTICLES {
            texts.extend(read.into_iter().map(|(_, text)| Ok(text)));
            texts.extend(outward.map(Err));
            return;
        }
        let Parted { manifests, left, is_built } = beside::parted(read);
        // a check of nothing is no success, unless it leads to what there is to check
        if manifests.is_empty() && !left.is_empty() && !is_built {
            let message = format!("no manifest in directory `{}`", shown(path));
            texts.push(Err(Unread::Fault { message, help: None }));
        }
        texts.extend(manifests.into_iter().map(Ok));
        texts.extend(left.into_iter().chain(outward).map(Err));
    }
}

fn is_new(path: &Path, listed: &mut BTreeSet<PathBuf>) -> bool {
    // one file under two names is one file; what is a stream, and so may differ each time, has no identity
    !path.is_file() || listed.insert(identity(path))
}

/// One file, whatever it holds.
pub(crate) fn read_file(path: &Path) -> Result<Text, Unread> {
    text(Some(path), File::open(path).and_then(read_bounded))
}

/// One byte more than is taken, so that too much shows.
fn read_bounded(stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(MAX_TEXT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text(path: Option<&Path>, bytes: io::Result<Vec<u8>>) -> Result<Text, Unread> {
    let name = path.map_or_else(|| STDIN.1.to_owned(), shown);
    let bytes = bytes.map_err(|error| fault(&name, &error))?;
    let of = |text: String| Text {
        source: Source::new(name.as_str(), text),
        path: path.map(Path::to_path_buf),
        is_linked: false,
    };
    if bytes.len() > MAX_TEXT_BYTES {
        let message = format!("too large: at most {} MiB of a file are read", MAX_TEXT_BYTES >> 20);
        let help = "split it into several files: they are read as one set";
        return Err(no_text(of(String::new()), Code::TooLarge, message, help, Span::new(0, 0)));
    }
    decode(bytes).map(|(text, _)| of(text)).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
        // all before that byte stands where it stood, and what stands for it is one character
        let span = Span::new(valid, valid + char::REPLACEMENT_CHARACTER.len_utf8());
        let message = "not UTF-8: these bytes are no character".to_owned();
        let help = "save the file as UTF-8";
        no_text(of(shown), Code::YamlSyntax, message, help, span)
    })
}

fn no_text(shown: Text, code: Code, message: String, help: &str, span: Span) -> Unread {
    let diagnostic = Diagnostic::new(code, message, 0, 0, span).with_help(help);
    Unread::NoText { shown, diagnostic: Box::new(diagnostic) }
}

fn fault(name: &str, error: &io::Error) -> Unread {
    Unread::Fault { message: format!("cannot read `{name}`: {}", reason(error)), help: None }
}
