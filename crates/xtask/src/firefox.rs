//! The core flows in Firefox: found, installed on Debian where it is missing, and left out where it cannot be had.
//! Playwright steers the Firefox that people have by its own remote protocol; there is no driver beside it.

use std::path::PathBuf;

use crate::browser::named_by;
use crate::project::{Outcome, Project};
use crate::{debian, page};

const BROWSERS: [&str; 2] = ["firefox-esr", "firefox"];
const PACKAGE: &str = "firefox-esr";

/// Why the step cannot run here; `None` once there is a Firefox, which Debian's apt-get may have had to bring.
pub(crate) fn lacking(project: &Project) -> Option<String> {
    // A wrong name is for the person who gave it to mend, and fails the step itself.
    if find(project).map_or(true, |found| found.is_some()) {
        return None;
    }
    let advice = format!(
        "the page was not tried in Firefox. On Debian: sudo apt-get install -y --no-install-recommends {PACKAGE}; \
         elsewhere: https://www.mozilla.org/firefox/ and its path in FIREFOX"
    );
    if !debian::installs_unasked(project) {
        return Some(format!("no Firefox found on PATH, so {advice}"));
    }
    let installed =
        debian::install(project, &[PACKAGE], "the core flows are tried in Firefox, too");
    match installed.and_then(|()| find(project)) {
        Ok(Some(_)) => None,
        Ok(None) => Some(format!("{PACKAGE} brought no Firefox, so {advice}")),
        Err(reason) => Some(format!("{reason}, so {advice}")),
    }
}

/// Tries out the release site in Firefox.
pub(crate) fn run(project: &Project) -> Outcome {
    let firefox = find(project)?.ok_or("no Firefox found on PATH")?;
    page::try_out(project, "tests/browser/firefox.config.mjs", ("FIREFOX", firefox))
}

/// The one named by `FIREFOX`, or else the one on PATH.
fn find(project: &Project) -> Result<Option<PathBuf>, String> {
    let named = named_by("FIREFOX")?;
    Ok(named.or_else(|| BROWSERS.iter().find_map(|name| project.find(name))))
}
