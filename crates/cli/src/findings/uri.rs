//! File names → URI references as SARIF wants them: relative where they can be, forward slashes, percent-encoded.

use std::{
    fmt::Write as _,
    path::{Component, Path},
};

/// The reference of a file; one below `base`, the directory in which the program runs, is relative to it.
pub(crate) fn reference(path: &Path, base: Option<&Path>) -> String {
    let path = base.and_then(|base| path.strip_prefix(base).ok()).unwrap_or(path);
    let mut uri = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => continue,
            Component::RootDir => {
                // after `C:` on Windows, where that is the host's part
                uri.insert_str(0, if uri.is_empty() { "file://" } else { "file:///" });
                continue;
            }
            Component::Prefix(prefix) => {
                encode(
                    prefix.as_os_str().to_string_lossy().replace('\\', "/").as_bytes(),
                    &mut uri,
                );
                continue;
            }
            Component::ParentDir | Component::Normal(_) => {}
        }
        if !uri.is_empty() {
            uri.push('/');
        }
        encode(component.as_os_str().as_encoded_bytes(), &mut uri);
    }
    uri
}

/// Everything but RFC 3986's unreserved characters, so that nothing is taken for a scheme, a query or a fragment.
fn encode(bytes: &[u8], uri: &mut String) {
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_relative_and_percent_encoded() {
        let reference = |name: &str| reference(Path::new(name), Some(Path::new("/srv/repo")));
        assert_eq!(reference("k/a.yaml"), "k/a.yaml");
        assert_eq!(reference("./k//a.yaml"), "k/a.yaml");
        assert_eq!(reference("../a b#c?.yaml"), "../a%20b%23c%3F.yaml");
        assert_eq!(reference("c:d.yaml"), "c%3Ad.yaml");
        assert_eq!(reference("größe/100%.yaml"), "gr%C3%B6%C3%9Fe/100%25.yaml");
        assert_eq!(reference("<stdin>"), "%3Cstdin%3E");
        assert_eq!(reference("/srv/repo/k/a.yaml"), "k/a.yaml");
        assert_eq!(reference("/opt/a b.yaml"), "file:///opt/a%20b.yaml");
    }
}
