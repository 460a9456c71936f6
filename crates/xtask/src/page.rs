//! The page: built, served, weighed, tried out and timed.

use std::fs;
use std::path::PathBuf;

use crate::project::{Outcome, Project, WASM};
use crate::{browser, cheatsheet, codes, embed, prerender, process};

const PLAYWRIGHT: &str = "node_modules/@playwright/test/cli.js";
/// The profile of what [`serve`] serves.
const SERVED: &str = "serve";
/// For workshops: see [`single_file`].
const SINGLE_FILE: &str = "dist-single/netpol-playground.html";

/// Serves the page and rebuilds it on every change, until interrupted. It is built beside dist/, so that
/// the release site stays what it is, and not in target/serve, where cargo keeps what it compiled for this profile and
/// Trunk would clear it away.
pub(crate) fn serve(project: &Project, arguments: &[String]) -> Outcome {
    let port = port(arguments);
    println!("building the page; it will be at http://127.0.0.1:{port}/ (Ctrl-C ends it)");
    let mut words = vec!["serve", "--dist", "target/site", "--cargo-profile", SERVED];
    words.extend(arguments.iter().map(String::as_str));
    let mut trunk = project.command("trunk", &words);
    process::run(quiet_about_colour(&mut trunk)).map_err(|reason| {
        format!(
            "{reason}\nif port {port} is taken: cargo xtask serve --port {}",
            port.saturating_add(1)
        )
    })
}

/// Compiles what [`serve`] will ask for, so that Trunk finds it done. What is wrong with it, Trunk will say again.
pub(crate) fn compile_ahead(project: &Project) {
    println!("compiling the page meanwhile");
    let index = project.text_of("index.html").unwrap_or_default();
    for (manifest, programs) in modules(&index) {
        let mut arguments = vec!["build", "--quiet", "--locked", "--manifest-path", manifest];
        arguments.extend(["--target", WASM, "--profile", SERVED]);
        arguments.extend(programs.iter().flat_map(|program| ["--bin", program]));
        let _ = process::run(&mut project.command("cargo", &arguments));
    }
    let _ = cheatsheet::compile(project).and_then(|()| prerender::compile(project));
}

/// The packages that a page is made of, each by its manifest and with the programs that are taken from it.
fn modules(index: &str) -> Vec<(&str, Vec<&str>)> {
    let mut modules: Vec<(&str, Vec<&str>)> = Vec::new();
    for link in index.lines().filter(|line| line.contains("data-trunk rel=\"rust\"")) {
        let Some(manifest) = attribute(link, "href") else { continue };
        let programs = attribute(link, "data-bin");
        match modules.iter_mut().find(|(known, _)| *known == manifest) {
            Some((_, known)) => known.extend(programs),
            None => modules.push((manifest, programs.into_iter().collect())),
        }
    }
    modules
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    Some(element.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0)
}

/// Builds the release site in dist/.
pub(crate) fn build(project: &Project) -> Outcome {
    let mut trunk = project.command("trunk", &["build", "--release", "--cargo-profile", "page"]);
    // for the page only: with other flags for itself, xtask would be compiled anew when Trunk calls it
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_machine_paths());
    process::run(quiet_about_colour(&mut trunk))?;
    process::run(&mut project.command("node", &["web/minify.mjs", "dist"]))?;
    process::run(&mut project.command("node", &["web/licences.mjs", "dist"]))?;
    // the last to touch the site: it lists what every file holds
    process::run(&mut project.command("node", &["web/offline/list.mjs", "dist"]))
}

/// Puts the release site in dist/ into one HTML file that runs from a disk.
pub(crate) fn single_file(project: &Project) -> Outcome {
    process::run(&mut project.command("node", &["web/single/build.mjs", "dist", SINGLE_FILE]))
}

/// Adds what is no Rust of the page to the site that Trunk is putting together: Trunk calls this itself, see Trunk.toml.
/// Without Node.js the site goes without the editor, and the page keeps its plain text field; the script for articles stays
/// in the parts that it is written in.
pub(crate) fn parts(project: &Project) -> Outcome {
    let Some(site) = std::env::var_os("TRUNK_STAGING_DIR") else {
        return Err("this is for Trunk, which says where the site is".into());
    };
    codes::write(project, site.as_ref())?;
    cheatsheet::write(project, site.as_ref())?;
    embed::write(project, site.as_ref())?;
    prerender::write(project, site.as_ref())?;
    if project.find("node").is_none() || !project.at("node_modules/@codemirror").is_dir() {
        println!("no editor bundle without Node.js and npm: the page keeps its plain text field");
        return Ok(());
    }
    process::run(project.command("node", &["web/embed/bundle.mjs"]).arg(&site))?;
    process::run(project.command("node", &["web/editor/bundle.mjs"]).arg(&site))
}

/// Panic messages name source files: where they lie on this machine is nobody's business, and costs bytes.
fn without_machine_paths() -> String {
    let home = |name| std::env::var_os(name).map(PathBuf::from);
    let cargo = home("CARGO_HOME").or_else(|| home("HOME").map(|home| home.join(".cargo")));
    let Some(sources) = cargo.map(|cargo| cargo.join("registry").join("src")) else {
        return String::new();
    };
    let registries =
        fs::read_dir(&sources).into_iter().flatten().flatten().map(|entry| entry.path());
    // of several that fit, the compiler takes the last
    let flags = [sources.clone()].into_iter().chain(registries);
    let flags: Vec<String> =
        flags.map(|path| format!("--remap-path-prefix={}=crates", path.display())).collect();
    flags.join(" ")
}

/// Weighs what a browser fetches before the page works, the same for the widget in a frame, the editor that it fetches
/// afterwards, and the script for articles; fails above a budget.
pub(crate) fn size(project: &Project) -> Outcome {
    for page in ["index.html", "embed.html"] {
        process::run(&mut project.command("node", &["web/bench/first-load.mjs", "dist", page]))?;
    }
    for part in ["web/bench/editor-size.mjs", "web/bench/embed-size.mjs"] {
        process::run(&mut project.command("node", &[part, "dist"]))?;
    }
    Ok(())
}

/// Tries out the release site in Chromium.
pub(crate) fn end_to_end(project: &Project) -> Outcome {
    let browser = browser::find(project)?;
    try_out(project, "tests/browser/playwright.config.mjs", ("CHROMIUM", browser.chromium))
}

/// Runs the tests of one configuration in the browser that it knows by a variable.
pub(crate) fn try_out(
    project: &Project,
    configuration: &str,
    (variable, browser): (&str, PathBuf),
) -> Outcome {
    let arguments = [PLAYWRIGHT, "test", "--config", configuration];
    process::run(project.command("node", &arguments).env(variable, browser))
}

/// Times typing in the release site.
pub(crate) fn bench(project: &Project) -> Outcome {
    let browser = browser::find(project)?;
    process::run(
        project
            .command("node", &["web/bench/keystrokes.mjs", "dist"])
            .env("CHROMIUM", browser.chromium),
    )
}

/// Trunk reads `NO_COLOR` as true or false and refuses the `1` that others set.
fn quiet_about_colour(trunk: &mut std::process::Command) -> &mut std::process::Command {
    if std::env::var_os("NO_COLOR").is_some() { trunk.env("NO_COLOR", "true") } else { trunk }
}

/// The port that Trunk will take: its own default, unless the arguments name another.
fn port(arguments: &[String]) -> u16 {
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let value = match word.as_str() {
            "--port" | "-p" => words.next().map(String::as_str),
            other => other.strip_prefix("--port="),
        };
        if let Some(port) = value.and_then(|value| value.parse().ok()) {
            return port;
        }
    }
    8080
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_of_a_page_are_found_by_package() {
        let index = "<link data-trunk rel=\"rust\" href=\"a/Cargo.toml\" data-bin=\"page\" data-wasm-opt=\"0\">\n\
                     <link data-trunk rel=\"css\" href=\"style.css\">\n\
                     <link data-trunk rel=\"rust\" href=\"a/Cargo.toml\" data-bin=\"embed\">\n\
                     <link data-trunk rel=\"rust\" href=\"b/Cargo.toml\">\n";
        assert_eq!(
            modules(index),
            [("a/Cargo.toml", vec!["page", "embed"]), ("b/Cargo.toml", vec![])]
        );
    }

    #[test]
    fn the_port_is_read_from_trunks_arguments() {
        let port_of =
            |text: &str| port(&text.split_whitespace().map(String::from).collect::<Vec<_>>());
        assert_eq!(port_of(""), 8080);
        assert_eq!(port_of("--open --port 9000"), 9000);
        assert_eq!(port_of("--port=9001"), 9001);
    }
}
