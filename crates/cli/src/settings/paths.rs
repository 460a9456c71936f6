//! Patterns of paths, as in a `.gitignore`: `vendor` or `*.gen.yaml` at any depth, `charts/*/tests` from the folder of the
//! file on; what is in a folder that matches matches as well.

use std::path::Path;

use globset::{Error, GlobBuilder, GlobSet, GlobSetBuilder};

/// Some patterns; a path has to match one of them.
#[derive(Debug, Clone)]
pub(super) struct Patterns(GlobSet);

impl Patterns {
    /// Of what is written; or what is wrong with the first that is none, and which it is.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (at, text) in texts.enumerate() {
            add(&mut set, text).map_err(|fault| (at, fault))?;
        }
        let set = set.build().map_err(|error| (0, words(&error)))?;
        Ok(Self(set))
    }

    /// Whether a path matches, seen from the folder of the file.
    pub(super) fn matches(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }
}

fn add(set: &mut GlobSetBuilder, text: &str) -> Result<(), String> {
    let pattern = text.trim_end_matches('/');
    let from_here = pattern.strip_prefix("./").or_else(|| pattern.strip_prefix('/'));
    let is_name = from_here.is_none() && !pattern.contains('/');
    let pattern = from_here.unwrap_or(pattern);
    if pattern.is_empty() || pattern.split('/').any(|part| part == "..") {
        return Err("it leads nowhere below the folder of this file".to_owned());
    }
    let start = if is_name { "**/" } else { "" };
    for end in ["", "/**"] {
        let glob = GlobBuilder::new(&format!("{start}{pattern}{end}"))
            .literal_separator(true)
            .build()
            .map_err(|error| words(&error))?;
        set.add(glob);
    }
    Ok(())
}

fn words(error: &Error) -> String {
    error.kind().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Patterns::of([pattern].into_iter()).unwrap().matches(Path::new(path))
    }

    #[test]
    fn a_pattern_means_what_it_means_in_a_gitignore() {
        for (pattern, path) in [
            ("vendor", "vendor/a/b.yaml"),
            ("vendor/", "x/vendor/a.yaml"),
            ("vendor/**", "vendor/a/b.yaml"),
            ("*.gen.yaml", "a/b.gen.yaml"),
            ("/a.yaml", "a.yaml"),
            ("./a/b.yaml", "a/b.yaml"),
            ("charts/*/tests", "charts/web/tests/p.yaml"),
            ("**/tests/*.yaml", "tests/p.yaml"),
            ("{a,b}.yaml", "b.yaml"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/a.yaml", "b/a.yaml"),
            ("a/*.yaml", "a/b/c.yaml"),
            ("vendor", "vendors/a.yaml"),
            ("charts/*/tests", "x/charts/web/tests/p.yaml"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
        for wrong in ["", "/", "../a", "a/../../b", "[", "{a"] {
            assert!(Patterns::of([wrong].into_iter()).is_err(), "{wrong}");
        }
    }
}
