//! Runs the binary in a directory of its own, and the texts that several tests write there.

use std::{
    ffi::OsStr,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The last line of standard output.
    pub(crate) fn closing_line(&self) -> &str {
        self.out.lines().last().unwrap_or_default()
    }
}

/// A new directory for the files of one test.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn named(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, and the directories above it.
    pub(crate) fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn netpol(&self, arguments: &[impl AsRef<OsStr>]) -> Run {
        self.netpol_reading("", arguments)
    }

    /// With a text on standard input.
    pub(crate) fn netpol_reading(&self, stdin: &str, arguments: &[impl AsRef<OsStr>]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_netpol"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // a run that reads nothing may be over by now
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A policy of the namespace `shop`; the spec is one line of YAML.
pub(crate) fn policy(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n"
    )
}

/// Denies all ingress of the namespace `shop`.
pub(crate) fn deny_all() -> String {
    policy("deny-all", "{podSelector: {}}")
}

/// `shop/web`, `shop/db` and `office/pc`, and their namespaces.
pub(crate) const SHOP: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: office}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
---
apiVersion: v1
kind: Pod
metadata: {name: pc, namespace: office, labels: {app: pc}}
";

/// Texts as one, parted by `---` lines.
pub(crate) fn documents(texts: &[&str]) -> String {
    texts.join("---\n")
}
