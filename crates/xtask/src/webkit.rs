//! The core flows in `WebKit`, the engine of Safari and of every browser of an iPhone: Debian's `WebKitWebDriver` with its small
//! browser, on a screen of Xvfb's that nobody sees. Installed where that asks nobody anything, and left out where it cannot be had.

use std::path::PathBuf;

use crate::browser::named_by;
use crate::project::{Outcome, Project};
use crate::{debian, process};

const PACKAGES: [&str; 2] = ["webkit2gtk-driver", "xvfb"];
const REPORTER: &str = "--test-reporter=./tests/browser/webkit/closing-line.mjs";
const TESTS: &str = "tests/browser/webkit/tests.mjs";

/// What steers the browser, and the screen that it gets.
struct WebKit {
    driver: PathBuf,
    screen: PathBuf,
}

/// Why the step cannot run here; `None` once `WebKit` is there, which Debian's apt-get may have had to bring.
pub(crate) fn lacking(project: &Project) -> Option<String> {
    // A wrong name is for the person who gave it to mend, and fails the step itself.
    named_by("WEBKIT_DRIVER").and_then(|_| named_by("XVFB")).ok()?;
    let missing = find(project).err()?;
    let advice = format!(
        "the page was not tried in WebKit, which is Safari's engine. On Debian or Ubuntu: sudo apt-get install -y --no-install-recommends {}",
        PACKAGES.join(" ")
    );
    if !debian::installs_unasked(project) {
        return Some(format!("{missing}, so {advice}"));
    }
    let reason = format!("{missing}, and the core flows are tried in Safari's engine, too");
    let installed = debian::install(project, &PACKAGES, &reason);
    installed.and_then(|()| find(project)).err().map(|reason| format!("{reason}, so {advice}"))
}

/// Tries out the release site in `WebKit`.
pub(crate) fn run(project: &Project) -> Outcome {
    let WebKit { driver, screen } = find(project)?;
    let mut node = project.command("node", &[REPORTER, TESTS]);
    process::run(node.env("WEBKIT_DRIVER", driver).env("XVFB", screen))
}

/// What `WEBKIT_DRIVER` and `XVFB` name, or else what is on PATH.
fn find(project: &Project) -> Result<WebKit, String> {
    let driver = named_by("WEBKIT_DRIVER")?.or_else(|| project.find("WebKitWebDriver"));
    let screen = named_by("XVFB")?.or_else(|| project.find("Xvfb"));
    Ok(WebKit {
        driver: driver.ok_or("no WebKitWebDriver found on PATH")?,
        screen: screen.ok_or("no Xvfb found on PATH")?,
    })
}
