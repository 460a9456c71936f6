//! A directory → the files in it that are named like what is looked for, in the order of their
//! names. Hidden files and directories are left out, and a directory that links lead to twice is entered once.

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
    pub(crate) files: Vec<PathBuf>,
    pub(crate) faults: Vec<(PathBuf, io::Error)>,
}

/// The files of a directory and of those below it.
pub(crate) fn directory(root: &Path, extensions: Extensions) -> Found {
    let mut found = Found::default();
    let mut entered = BTreeSet::new();
    // the next one to look at is the last one here
    let mut ahead = vec![root.to_path_buf()];
    while let Some(path) = ahead.pop() {
        let is_root = path == root;
        let outcome = visit(&path, is_root, extensions, &mut entered, &mut ahead, &mut found.files);
        if let Err(error) = outcome {
            found.faults.push((path, error));
        }
    }
    found
}

fn visit(
    path: &Path,
    is_root: bool,
    extensions: Extensions,
    entered: &mut BTreeSet<PathBuf>,
    ahead: &mut Vec<PathBuf>,
    files: &mut Vec<PathBuf>,
) -> io::Result<()> {
    let metadata = match fs::metadata(path) {
        // a link that leads nowhere, or in a circle, matters only where it looks like a file to read
        Err(_) if !is_root && !is_named_so(path, extensions) => return Ok(()),
        metadata => metadata?,
    };
    if !metadata.is_dir() {
        if metadata.is_file() && is_named_so(path, extensions) {
            files.push(path.to_path_buf());
        }
        return Ok(());
    }
    if !entered.insert(fs::canonicalize(path)?) {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.retain(|entry| !is_hidden(entry));
    entries.sort_unstable_by(|a, b| b.file_name().cmp(&a.file_name()));
    ahead.append(&mut entries);
    Ok(())
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
