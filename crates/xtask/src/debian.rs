//! Debian's packages, installed where that asks nobody anything: on Debian itself, by root, as in a container.

use std::fs;
use std::process::Command;

use crate::process;
use crate::project::{Outcome, Project};

/// Whether [`install`] would work without a password. Ubuntu does not count: its `chromium` only points to a snap,
/// which does not start in a container.
pub(crate) fn installs_unasked(project: &Project) -> bool {
    let debian = fs::read_to_string("/etc/os-release").is_ok_and(|text| is_debian(&text));
    debian && project.ask("id", &["-u"]).is_some_and(|id| id.trim() == "0")
}

pub(crate) fn install(project: &Project, packages: &[&str], reason: &str) -> Outcome {
    println!("installing Debian's {}: {reason}", packages.join(" and "));
    process::run(&mut apt_get(project, &["update"]))?;
    let arguments = [&["install", "-y", "--no-install-recommends"], packages].concat();
    process::run(&mut apt_get(project, &arguments))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ubuntu_is_not_taken_for_debian() {
        assert!(is_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
    }
}
