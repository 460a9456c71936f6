//! A directory → the files in it that are named like what is looked for, in the order of their names. Hidden files and
//! directories are left out, a directory that links lead to twice is entered once, and no link is followed out of the
//! directory: what it holds may be a stranger's.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// The extensions of files that may hold what is looked for.
pub(crate) type Extensions = &'static [&'static str];

/// Those of Kubernetes objects.
pub(crate) const OBJECTS: Extensions = &["yaml", "yml", "json"];
/// Those of articles.
pub(crate) const ARTICLES: Extensions = &["md", "markdown", "html", "htm"];

/// One name for a file, however it is called.
pub(crate) fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

/// What was found, and what could not be looked at.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<Walked>,
    /// Links that lead out of the directory.
    pub(crate) outward: Vec<PathBuf>,
    pub(crate) faults: Vec<(PathBuf, io::Error)>,
}

/// A file that was found.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Walked {
    pub(crate) path: PathBuf,
    /// Whether a link led there.
    pub(crate) is_linked: bool,
}

/// The files of a directory and of those below it.
pub(crate) fn directory(root: &Path, extensions: Extensions) -> Found {
    let mut walk = Walk::new(extensions);
    match fs::canonicalize(root) {
        Ok(inside) => walk.all(root, &inside),
        Err(error) => walk.found.faults.push((root.to_path_buf(), error)),
    }
    walk.found.files.sort_unstable();
    walk.found.outward.sort_unstable();
    walk.found.faults.sort_by(|(a, _), (b, _)| a.cmp(b));
    walk.found
}

struct Walk {
    extensions: Extensions,
    /// The directories that were looked into, whatever they are called.
    entered: BTreeSet<PathBuf>,
    /// Links, to be followed when all that stands here itself is found.
    links: BTreeSet<PathBuf>,
    found: Found,
}

impl Walk {
    const fn new(extensions: Extensions) -> Self {
        let found = Found { files: Vec::new(), outward: Vec::new(), faults: Vec::new() };
        Self { extensions, entered: BTreeSet::new(), links: BTreeSet::new(), found }
    }

    fn all(&mut self, root: &Path, inside: &Path) {
        self.below(root.to_path_buf(), false);
        while let Some(link) = self.links.pop_first() {
            match fs::canonicalize(&link) {
                Ok(target) if target.starts_with(inside) => self.follow(link, &target),
                Ok(target) if target.is_dir() || is_named_so(&link, self.extensions) => {
                    self.found.outward.push(link);
                }
                // one that leads nowhere, or in a circle, matters only where it looks like a file to read
                Err(error) if is_named_so(&link, self.extensions) => {
                    self.found.faults.push((link, error));
                }
                Ok(_) | Err(_) => {}
            }
        }
    }

    fn follow(&mut self, link: PathBuf, target: &Path) {
        if target.is_dir() {
            return self.below(link, true);
        }
        let is_named = is_named_so(&link, self.extensions);
        let is_found = is_named_so(target, self.extensions)
            && !is_hidden(target)
            && target.parent().is_some_and(|folder| self.entered.contains(folder));
        if is_named && !is_found && target.is_file() {
            self.found.files.push(Walked { path: link, is_linked: true });
        }
    }

    fn below(&mut self, path: PathBuf, is_linked: bool) {
        let mut ahead = vec![path];
        while let Some(path) = ahead.pop() {
            if let Err(error) = self.enter(&path, is_linked, &mut ahead) {
                self.found.faults.push((path, error));
            }
        }
    }

    fn enter(&mut self, path: &Path, is_linked: bool, ahead: &mut Vec<PathBuf>) -> io::Result<()> {
        if !self.entered.insert(fs::canonicalize(path)?) {
            return Ok(());
        }
        for entry in fs::read_dir(path)? {
            let (entry, path) = entry.map(|entry| (entry.file_type(), entry.path()))?;
            let kind = entry?;
            if is_hidden(&path) {
                continue;
            }
            if kind.is_symlink() {
                self.links.insert(path);
            } else if kind.is_dir() {
                ahead.push(path);
            } else if kind.is_file() && is_named_so(&path, self.extensions) {
                self.found.files.push(Walked { path, is_linked });
            }
        }
        Ok(())
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_named_so(path: &Path, extensions: Extensions) -> bool {
    let is_one = |extension: &str| extensions.iter().any(|one| extension.eq_ignore_ascii_case(one));
    path.extension().and_then(|extension| extension.to_str()).is_some_and(is_one)
        // the one file of Kubernetes' world that needs no extension
        || extensions == OBJECTS && path.file_name().is_some_and(|name| name == "Kustomization")
}
