//! Paths on the command line → texts. The only place that reads: files, directories and standard input, as far as they
//! are UTF-8 and of a bearable size. What cannot be read is reported, and the rest is read all the same.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use netpol::{Source, yaml::MAX_TEXT_BYTES};

use crate::{report::Report, walk};

/// The argument that means standard input, and its name in messages.
const STDIN: (&str, &str) = ("-", "<stdin>");

/// Reads what the command line names, each file once.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    seen: BTreeSet<PathBuf>,
    is_stdin_taken: bool,
}

impl Reader {
    /// The texts of one list of paths, in order. A file that the list names twice counts once, as does one that a
    /// directory of this list shares with a list before.
    pub(crate) fn read(&mut self, paths: &[PathBuf], report: &mut Report) -> Vec<Source> {
        let mut texts = Vec::new();
        let mut listed = BTreeSet::new();
        for path in paths {
            if path.as_os_str() == STDIN.0 {
                texts.extend(self.read_stdin(report));
            } else if path.is_dir() {
                self.read_directory(path, &mut listed, &mut texts, report);
            } else if is_new(path, &mut listed) {
                texts.extend(read_file(path, report));
            }
        }
        self.seen.append(&mut listed);
        texts
    }

    fn read_stdin(&mut self, report: &mut Report) -> Option<Source> {
        if std::mem::replace(&mut self.is_stdin_taken, true) {
            report.error("standard input (`-`) can be read only once", Some("name `-` once"));
            return None;
        }
        let bytes = read_bounded(io::stdin().lock());
        text(STDIN.1, bytes, report)
    }

    fn read_directory(
        &self,
        path: &Path,
        listed: &mut BTreeSet<PathBuf>,
        texts: &mut Vec<Source>,
        report: &mut Report,
    ) {
        let found = walk::directory(path);
        for (path, error) in &found.faults {
            report.error(&format!("cannot read `{}`: {}", path.display(), reason(error)), None);
        }
        if found.files.is_empty() && found.faults.is_empty() {
            let message = format!("no .yaml, .yml or .json file in directory `{}`", path.display());
            report.error(&message, None);
        }
        for file in found.files {
            let is_elsewhere = self.seen.contains(&identity(&file));
            if !is_elsewhere && is_new(&file, listed) {
                texts.extend(read_file(&file, report));
            }
        }
    }
}

fn is_new(path: &Path, listed: &mut BTreeSet<PathBuf>) -> bool {
    // one file under two names is one file; what is a stream, and so may differ each time, has no identity
    !path.is_file() || listed.insert(identity(path))
}

fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

fn read_file(path: &Path, report: &mut Report) -> Option<Source> {
    text(&path.display().to_string(), File::open(path).and_then(read_bounded), report)
}

/// One byte more than is taken, so that too much shows.
fn read_bounded(stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(MAX_TEXT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text(name: &str, bytes: io::Result<Vec<u8>>, report: &mut Report) -> Option<Source> {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            report.error(&format!("cannot read `{name}`: {}", reason(&error)), None);
            return None;
        }
    };
    if bytes.len() > MAX_TEXT_BYTES {
        let limit = MAX_TEXT_BYTES >> 20;
        report.error(&format!("`{name}` is too large: at most {limit} MiB are read"), None);
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(Source::new(name, text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let beginning = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or(&[]));
            let place = Source::new(name, beginning).line_column(valid);
            let message = format!("`{name}` is not UTF-8: the bytes at {place} are no character");
            report.error_at(&message, &format!("{name}:{place}"), Some("save the file as UTF-8"));
            None
        }
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or directory".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
