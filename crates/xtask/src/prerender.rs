//! The page before any script has run: `crates/prerender` writes it, because it takes the evaluator and the page's own components
//! to know it. That is built only here: the commands of set-up depend on nothing.

use std::{fs, path::Path};

use crate::process;
use crate::project::{Outcome, Project};
use crate::reading::read;

const PACKAGE: [&str; 4] = ["--quiet", "--locked", "--package", "prerender"];
const PLACE: &str = "<div id=\"app\"></div>";

pub(crate) fn compile(project: &Project) -> Outcome {
    process::run(&mut project.command("cargo", &[&["build"], &PACKAGE[..]].concat()))
}

/// Puts the page of the landing text into the `index.html` of a site.
pub(crate) fn write(project: &Project, site: &Path) -> Outcome {
    let view = project
        .ask("cargo", &[&["run"], &PACKAGE[..]].concat())
        .ok_or("the package `prerender` says nothing")?;
    let file = site.join("index.html");
    let page = read(&file)?;
    let parts = page.split_once(PLACE).zip(view.split_once("\n<script"));
    let ((before, after), (view, data)) = parts.ok_or("index.html leaves no place for the page")?;
    let page = format!("{before}<div id=\"app\">{view}</div>{after}");
    let page = page.replacen("</body>", &format!("<script{data}\n</body>"), 1);
    fs::write(&file, page).map_err(|error| format!("cannot write index.html: {error}"))
}
