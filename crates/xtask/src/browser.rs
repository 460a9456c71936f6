//! The browser that the tests run in: found, installed on Debian where it is missing, and named to the test runners.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;
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

fn named_by(variable: &str) -> Result<Option<PathBuf>, String> {
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
    // Ubuntu's package of that name only points to a snap, which does not start in a container.
    let debian = fs::read_to_string("/etc/os-release").is_ok_and(|text| is_debian(&text));
    let root = project.ask("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !(debian && root) {
        return Err(format!(
            "{missing}; the tests need both.\n\
             On Debian: sudo apt-get install -y --no-install-recommends {}\n\
             Elsewhere install Chrome or Chromium and the ChromeDriver of the same version, or name them in CHROMIUM and CHROMEDRIVER.",
            PACKAGES.join(" ")
        ));
    }
    println!(
        "installing Debian's {}: {missing}, and the page's tests run in it",
        PACKAGES.join(" and ")
    );
    process::run(&mut apt_get(project, &["update"]))?;
    process::run(&mut apt_get(
        project,
        &[&["install", "-y", "--no-install-recommends"], &PACKAGES[..]].concat(),
    ))?;
    find(project).map(|_| ())
}

fn is_debian(os_release: &str) -> bool {
    os_release.lines().any(|line| line == "ID=debian")
}

fn apt_get(project: &Project, arguments: &[&str]) -> Command {
    let quiet = [&["-qq"], arguments].concat();
    let mut command = project.command("apt-get", &quiet);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ubuntu_is_not_taken_for_debian() {
        assert!(is_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
    }
}
