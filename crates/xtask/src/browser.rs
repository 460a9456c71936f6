//! The browser that the tests run in: found, installed on Debian where it is missing, and named to the test runners.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::debian;
use crate::project::{Outcome, Project};

const BROWSERS: [&str; 4] =
    ["chromium", "google-chrome", "chromium-browser", "google-chrome-stable"];
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Chromium or Chrome, and the driver that steers it for the wasm tests.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// The browser named by `CHROMIUM` and `CHROMEDRIVER`, or else the one on PATH.
pub(crate) fn find(project: &Project) -> Result<Browser, String> {
    let chromium =
        named_by("CHROMIUM")?.or_else(|| BROWSERS.iter().find_map(|name| project.find(name)));
    let driver = named_by("CHROMEDRIVER")?.or_else(|| project.find("chromedriver"));
    match (chromium, driver) {
        (Some(chromium), Some(driver)) => Ok(Browser { chromium, driver }),
        (None, _) => Err("no Chromium or Chrome found on PATH".into()),
        (_, None) => Err("no chromedriver found on PATH".into()),
    }
}

/// The program that a variable names; a name without a program behind it is an error.
pub(crate) fn named_by(variable: &str) -> Result<Option<PathBuf>, String> {
    match env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) {
        Some(file) if !file.is_file() => {
            Err(format!("{variable} names {}, which is no file", file.display()))
        }
        named => Ok(named),
    }
}

/// Installs Chromium with its driver where apt-get can do it without a question; else says which command to run.
pub(crate) fn install(project: &Project) -> Outcome {
    // A wrong name is for the person who gave it to mend.
    named_by("CHROMIUM")?;
    named_by("CHROMEDRIVER")?;
    let Err(missing) = find(project) else { return Ok(()) };
    if !debian::installs_unasked(project) {
        return Err(format!(
            "{missing}; the tests need both.\n\
             On Debian: sudo apt-get install -y --no-install-recommends {}\n\
             Elsewhere install Chrome or Chromium and the ChromeDriver of the same version, or name them in CHROMIUM and CHROMEDRIVER.",
            PACKAGES.join(" ")
        ));
    }
    let reason = format!("{missing}, and the page's tests run in it");
    debian::install(project, &PACKAGES, &reason)?;
    find(project).map(|_| ())
}

/// Writes webdriver.json again with the browser's path in it, for the runner of the wasm tests.
pub(crate) fn capabilities(project: &Project, chromium: &Path) -> Result<PathBuf, String> {
    let options = "\"goog:chromeOptions\": {";
    let text = project.text_of("webdriver.json")?;
    if !text.contains(options) {
        return Err(format!("webdriver.json has no {options}"));
    }
    let binary = chromium.display().to_string().replace('\\', "\\\\").replace('"', "\\\"");
    let file = project.at("target/xtask/webdriver.json");
    fs::create_dir_all(project.at("target/xtask"))
        .and_then(|()| {
            fs::write(
                &file,
                text.replace(options, &format!("{options}\n    \"binary\": \"{binary}\",")),
            )
        })
        .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    Ok(file)
}
