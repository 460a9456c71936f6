//! Paths on the command line → texts. The only place that reads and writes: files, directories and standard input, as far as they
//! are UTF-8 and of a bearable size. What cannot be read is handed out with the reason, and the rest is read all the same.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use netpol::{Code, Diagnostic, Source, Span, yaml::MAX_TEXT_BYTES};

use crate::{
    beside::{self, Parted},
    findings::findings,
    report::Report,
    unread::Unread,
    walk::{self, Extensions, identity},
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

/// Whether a text came from standard input.
pub(crate) fn is_stdin(source: &Source) -> bool {
    source.name() == STDIN.1
}

/// Whether an argument means standard input.
pub(crate) fn is_stdin_path(path: &Path) -> bool {
    path.as_os_str() == STDIN.0
}

/// Writes another text into the file of a source, unless it is no longer what was read.
pub(crate) fn write_back(source: &Source, text: &str) -> Result<(), String> {
    let name = source.name();
    let is_unchanged =
        fs::read(name).is_ok_and(|bytes| bytes.as_slice() == source.text().as_bytes());
    if !is_unchanged {
        return Err(format!("cannot write `{name}`: it is no longer what was read"));
    }
    fs::write(name, text).map_err(|error| format!("cannot write `{name}`: {}", reason(&error)))
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
    pub(crate) fn read(&mut self, paths: &[PathBuf], report: &mut Report) -> Vec<Source> {
        let mut texts = Vec::new();
        for text in self.try_read(paths) {
            match text {
                Ok(text) => texts.push(text),
                Err(Unread::Fault { message, help }) => report.error(&message, help),
                Err(Unread::NoText { shown, diagnostic }) => {
                    findings(&[shown], [&*diagnostic]).for_each(|finding| report.finding(&finding));
                }
            }
        }
        texts
    }

    /// The texts of one list of paths, in order. A file that the list names twice counts once, as does one that a
    /// directory of this list shares with a list before.
    pub(crate) fn try_read(&mut self, paths: &[PathBuf]) -> Vec<Result<Source, Unread>> {
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

    fn read_stdin(&mut self) -> Result<Source, Unread> {
        if std::mem::replace(&mut self.is_stdin_taken, true) {
            let message = "standard input (`-`) can be read only once".to_owned();
            return Err(Unread::Fault { message, help: Some("name `-` once") });
        }
        text(STDIN.1, read_bounded(io::stdin().lock()))
    }

    fn read_directory(
        &self,
        path: &Path,
        listed: &mut BTreeSet<PathBuf>,
        texts: &mut Vec<Result<Source, Unread>>,
    ) {
        let found = walk::directory(path, self.extensions);
        let faults = found.faults.iter();
        texts.extend(faults.map(|(path, error)| Err(fault(&path.display().to_string(), error))));
        if found.files.is_empty() && found.faults.is_empty() {
            let [others @ .., last] = self.extensions else { return };
            let others = others.join(", .");
            let path = path.display();
            let message = format!("no .{others} or .{last} file in directory `{path}`");
            texts.push(Err(Unread::Fault { message, help: None }));
        }
        let is_elsewhere = |file: &PathBuf| self.seen.contains(&identity(file));
        let files = found.files.into_iter().filter(|file| !is_elsewhere(file));
        let mut read = Vec::new();
        for file in files.filter(|file| is_new(file, listed)) {
            match read_file(&file) {
                Ok(text) => read.push((file, text)),
                unread => texts.push(unread),
            }
        }
        if self.extensions == walk::ARTICLES {
            texts.extend(read.into_iter().map(|(_, text)| Ok(text)));
            return;
        }
        let Parted { manifests, left, is_built } = beside::parted(read);
        // a check of nothing is no success, unless it leads to what there is to check
        if manifests.is_empty() && !left.is_empty() && !is_built {
            let message = format!("no manifest in directory `{}`", path.display());
            texts.push(Err(Unread::Fault { message, help: None }));
        }
        texts.extend(manifests.into_iter().map(Ok));
        texts.extend(left.into_iter().map(Err));
    }
}

fn is_new(path: &Path, listed: &mut BTreeSet<PathBuf>) -> bool {
    // one file under two names is one file; what is a stream, and so may differ each time, has no identity
    !path.is_file() || listed.insert(identity(path))
}

/// One file, whatever it holds.
pub(crate) fn read_file(path: &Path) -> Result<Source, Unread> {
    text(&path.display().to_string(), File::open(path).and_then(read_bounded))
}

/// One byte more than is taken, so that too much shows.
fn read_bounded(stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(MAX_TEXT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text(name: &str, bytes: io::Result<Vec<u8>>) -> Result<Source, Unread> {
    let bytes = bytes.map_err(|error| fault(name, &error))?;
    if bytes.len() > MAX_TEXT_BYTES {
        let message = format!("too large: at most {} MiB of a file are read", MAX_TEXT_BYTES >> 20);
        let help = "split it into several files: they are read as one set";
        let shown = Source::new(name, "");
        return Err(no_text(shown, Code::TooLarge, message, help, Span::new(0, 0)));
    }
    String::from_utf8(bytes).map(|text| Source::new(name, text)).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let shown = String::from_utf8_lossy(error.as_bytes());
        // all before that byte stands where it stood, and what stands for it is one character
        let span = Span::new(valid, valid + char::REPLACEMENT_CHARACTER.len_utf8());
        let message = "not UTF-8: these bytes are no character".to_owned();
        let help = "save the file as UTF-8";
        no_text(Source::new(name, shown), Code::YamlSyntax, message, help, span)
    })
}

fn no_text(shown: Source, code: Code, message: String, help: &str, span: Span) -> Unread {
    let diagnostic = Diagnostic::new(code, message, 0, 0, span).with_help(help);
    Unread::NoText { shown, diagnostic: Box::new(diagnostic) }
}

fn fault(name: &str, error: &io::Error) -> Unread {
    Unread::Fault { message: format!("cannot read `{name}`: {}", reason(error)), help: None }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or directory".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
