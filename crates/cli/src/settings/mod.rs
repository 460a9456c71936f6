//! `netpol.toml`: what holds for a folder, so that nobody has to say it each time.
//!
//! ```toml
//! namespace = "shop"           # of objects that name none
//! kubernetes = "1.35"          # the release that is asked
//! deny = "warnings"
//!
//! [[allow]]
//! code = "all-namespaces"      # or several, in a list
//! paths = ["monitoring/**"]    # as in a .gitignore; without them, everywhere
//! reason = "Prometheus scrapes everything"
//! ```

mod paths;
mod read;
mod search;

use std::path::{Path, PathBuf};

use netpol::{Code, Diagnostic, NamespaceName, Release, Severity, Source, Span};

use crate::{files::read_file, options::Files, report::Report, unread::Unread};
use paths::Patterns;
use read::{Fault, read};

/// What a `netpol.toml` says; nothing where there is none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    /// The file.
    pub(crate) source: Option<Source>,
    /// The folder that it is in.
    folder: PathBuf,
    entries: Vec<Entry>,
    /// Whether warnings make the exit code 1.
    pub(crate) denies_warnings: bool,
    /// Where objects land that name no namespace.
    pub(crate) namespace: Option<NamespaceName>,
    /// The release of Kubernetes that is asked.
    kubernetes: Option<Release>,
    /// Whether all of the folder is looked at.
    is_whole: bool,
}

/// One code that is allowed.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) code: Code,
    /// `None` for everywhere.
    paths: Option<Patterns>,
    pub(crate) reason: Option<String>,
    /// The code in the file.
    span: Span,
}

impl Settings {
    /// Those for the files of a command line; `None` where they cannot be told, which is reported.
    pub(crate) fn of(files: &Files, report: &mut Report) -> Option<Self> {
        let mut found: Vec<PathBuf> =
            files.files.iter().filter_map(|path| search::nearest(path)).collect();
        found.sort();
        found.dedup();
        match found.as_slice() {
            [] => Some(Self::default()),
            [only] => Self::read(only, files, report),
            [first, second, ..] => {
                let message = format!(
                    "`{}` and `{}` both speak of what is named",
                    search::shown(first),
                    search::shown(second)
                );
                report.error(&message, Some("name what is in the folder of one of them at a time"));
                None
            }
        }
    }

    fn read(path: &Path, files: &Files, report: &mut Report) -> Option<Self> {
        if search::leads_out(path) {
            let message =
                format!("`{}` is a link out of the folder, and is not read", search::shown(path));
            report.error(&message, Some("write the settings into that file itself"));
            return None;
        }
        let text = match read_file(path) {
            Ok(text) => text.source,
            Err(Unread::NoText { diagnostic, .. }) => {
                report.error(&format!("`{}`: {diagnostic}", search::shown(path)), None);
                return None;
            }
            Err(Unread::Fault { message, help }) => {
                report.error(&message, help);
                return None;
            }
        };
        let source = Source::new(search::shown(path), text.text());
        let said = match read(&source) {
            Ok(said) => said,
            Err(faults) => {
                for Fault { span, message, help } in faults {
                    report.placed(Severity::Error, &source, span, &message, help.as_deref());
                }
                return None;
            }
        };
        let folder = path.parent().unwrap_or(Path::new("/")).to_path_buf();
        let named = files.files.iter().filter_map(|path| search::resolved(path));
        let is_whole = named.into_iter().any(|path| folder.starts_with(path));
        Some(Self {
            source: Some(source),
            folder,
            entries: said.entries,
            denies_warnings: said.denies_warnings,
            namespace: said.namespace,
            kubernetes: said.kubernetes,
            is_whole,
        })
    }

    /// Where objects land that name no namespace; told where nobody has said it on the command line.
    pub(crate) fn landing(&self, files: &Files, report: &mut Report) -> Option<NamespaceName> {
        let (None, Some(namespace), Some(source)) =
            (&files.namespace, &self.namespace, &self.source)
        else {
            return files.namespace.clone();
        };
        let (name, file) = (namespace.as_str(), source.name());
        report.note(&format!("what names no namespace lands in `{name}`: `{file}` says so"));
        Some(namespace.clone())
    }

    /// The release of Kubernetes that is asked; the command line's word counts more.
    pub(crate) fn release(&self, files: &Files) -> Release {
        files.kubernetes.or(self.kubernetes).unwrap_or_default()
    }

    /// Takes out what is allowed, and hands it over with the entry that allows it; and the entries that allow nothing.
    pub(crate) fn sift<T>(
        &self,
        paths: &[Option<PathBuf>],
        said: &mut Vec<T>,
        diagnostic: impl Fn(&T) -> &Diagnostic,
    ) -> (Vec<(T, &Entry)>, Vec<&Entry>) {
        let mut allowed = Vec::new();
        if self.entries.is_empty() {
            return (allowed, Vec::new());
        }
        let mut used = vec![false; self.entries.len()];
        let has_paths = self.entries.iter().any(|entry| entry.paths.is_some());
        let paths = paths.iter().filter(|_| has_paths);
        let places: Vec<Option<PathBuf>> = paths.map(|path| self.place(path.as_deref()?)).collect();
        let mut kept = Vec::new();
        for one in said.drain(..) {
            let place = places.get(diagnostic(&one).source).and_then(Option::as_deref);
            match self.entries.iter().position(|entry| entry.allows(diagnostic(&one), place)) {
                Some(at) => {
                    if let Some(used) = used.get_mut(at) {
                        *used = true;
                    }
                    // what only some releases refuse is there to be allowed, and stays refused
                    if diagnostic(&one).is_error() {
                        kept.push(one);
                    } else {
                        allowed.extend(self.entries.get(at).map(|entry| (one, entry)));
                    }
                }
                None => kept.push(one),
            }
        }
        *said = kept;
        let unused = self.entries.iter().zip(&used).filter(|(_, used)| !**used);
        (allowed, unused.map(|(entry, _)| entry).collect())
    }

    /// Whether an entry that allows nothing is worth a word, if all of the folder was looked at.
    pub(crate) fn tells_unused(&self) -> bool {
        let is_silent = |entry: &Entry| entry.code == Code::UnusedAllow && entry.paths.is_none();
        self.is_whole && !self.entries.iter().any(is_silent)
    }

    /// A file's place below the folder.
    fn place(&self, path: &Path) -> Option<PathBuf> {
        let path = search::resolved(path)?;
        Some(path.strip_prefix(&self.folder).ok()?.to_path_buf())
    }
}

impl Entry {
    fn allows(&self, diagnostic: &Diagnostic, place: Option<&Path>) -> bool {
        let is_there = match (&self.paths, place) {
            (None, _) => true,
            (Some(patterns), Some(place)) => patterns.matches(place),
            (Some(_), None) => false,
        };
        self.code == diagnostic.code && is_there
    }

    /// What is said of one that allows nothing; the file is known by this number.
    pub(crate) fn is_unused(&self, source: usize) -> Diagnostic {
        let message = format!("there is no `{}` to allow here", self.code);
        Diagnostic::new(Code::UnusedAllow, message, source, 0, self.span)
            .with_help("take it out, or correct its `paths`")
    }
}
