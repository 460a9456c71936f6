//! The paths of a command line → the `netpol.toml` that speaks of them: the nearest one in the folder that is named, or that a
//! named file is in, or in those above it, up to the root of the repository.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{files::is_stdin_path, text};

/// What the file is called.
pub(super) const NAME: &str = "netpol.toml";
/// What the root of a repository holds.
const REPOSITORY: &str = ".git";

/// The nearest one of a path.
pub(super) fn nearest(path: &Path) -> Option<PathBuf> {
    let start = if is_stdin_path(path) { env::current_dir().ok()? } else { resolved(path)? };
    for folder in start.ancestors() {
        let file = folder.join(NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(REPOSITORY).exists() {
            return None;
        }
    }
    None
}

/// Whether the settings are a link out of the repository, or of their folder where there is none: what it leads to is not
/// shown to whoever reads the findings.
pub(super) fn leads_out(path: &Path) -> bool {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let folder = path.parent().unwrap_or(path);
    let repository = folder.ancestors().find(|folder| folder.join(REPOSITORY).exists());
    let inside = repository.unwrap_or(folder);
    is_link && !fs::canonicalize(path).is_ok_and(|target| target.starts_with(inside))
}

/// A path as people write it from here.
pub(super) fn shown(path: &Path) -> String {
    let here = env::current_dir().and_then(fs::canonicalize).ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok());
    text::shown(relative.unwrap_or(path))
}

/// Where a path leads; that of a file through the folder that it is in, so that a link keeps its own name.
pub(super) fn resolved(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return fs::canonicalize(path).ok();
    }
    let name = path.file_name()?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    Some(fs::canonicalize(parent.unwrap_or(Path::new("."))).ok()?.join(name))
}
