//! `netpol lint --fix`: a file is mended as a whole or stays as it is, and stays whose and what it was.
#![cfg(unix)]

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink},
    process::Command,
};

use crate::netpol::{Place, policy};

/// Its mended text is longer: `policyTypes` names the direction of the rules as well.
fn growing() -> String {
    let text = policy("p", "{podSelector: {}, policyTypes: [Ingress], egress: [{}]}");
    format!("{text}# {}\n", "x".repeat(1021 - text.len() - 3))
}

/// With no room for more than 1024 bytes a file.
fn mend_without_room(place: &Place, name: &str) -> (Option<i32>, String) {
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" lint \"$1\" --fix";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_netpol"), name])
        .current_dir(place.path(""))
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn names(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path("")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_that_does_not_fit_stays_as_it_was() {
    let place = Place::named("fix_no_room").with("p.yaml", growing());
    symlink("p.yaml", place.path("link.yaml")).unwrap();
    for name in ["p.yaml", "link.yaml"] {
        let (code, said) = mend_without_room(&place, name);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(&format!("cannot write `{name}`")), "{said}");
        assert_eq!(fs::read_to_string(place.path("p.yaml")).unwrap(), growing(), "{name}");
    }
    assert_eq!(names(&place), ["link.yaml", "p.yaml"], "nothing is left beside it");
}

#[test]
fn a_mended_file_keeps_its_mode_and_all_its_names() {
    let place = Place::named("fix_names").with("p.yaml", growing()).with("q.yaml", growing());
    let path = place.path("p.yaml");
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let before = fs::metadata(&path).unwrap();
    assert!(place.netpol(&["lint", "p.yaml", "--fix"]).err.contains("1 fix made"));
    let after = fs::metadata(&path).unwrap();
    assert_eq!(
        (after.mode(), after.uid(), after.gid()),
        (before.mode(), before.uid(), before.gid())
    );
    assert_ne!(after.ino(), before.ino(), "who reads it meanwhile reads one of the two texts");
    // a file of several names is written as it stands, so that all of them lead to the mended text
    fs::hard_link(place.path("q.yaml"), place.path("hard.yaml")).unwrap();
    symlink("q.yaml", place.path("soft.yaml")).unwrap();
    assert!(place.netpol(&["lint", "soft.yaml", "--fix"]).err.contains("1 fix made"));
    assert!(fs::symlink_metadata(place.path("soft.yaml")).unwrap().is_symlink());
    let mended = fs::read_to_string(&path).unwrap();
    for name in ["q.yaml", "hard.yaml"] {
        assert_eq!(fs::read_to_string(place.path(name)).unwrap(), mended, "{name}");
    }
    assert_eq!(names(&place), ["hard.yaml", "p.yaml", "q.yaml", "soft.yaml"]);
}

/// As Windows PowerShell's `>` writes it.
fn utf_16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_file_in_utf_16_is_read_as_kubectl_reads_it_and_stays_in_utf_16() {
    let place = Place::named("fix_utf_16");
    let path = place.path("p.yaml");
    let two = format!("{}---\n{}", growing(), policy("q", "{podSelector: {}}"));
    fs::write(&path, utf_16(&two)).unwrap();
    let before = place.netpol(&["table", "p.yaml"]);
    assert!(before.out.contains("p ") && before.out.contains("q "), "{}", before.out);
    let said = place.netpol(&["lint", "p.yaml", "--fix"]);
    assert!(said.err.contains("1 fix made"), "{}", said.err);
    let after = fs::read(&path).unwrap();
    let mended = place.with("plain.yaml", two);
    mended.netpol(&["lint", "plain.yaml", "--fix"]);
    assert_eq!(after, utf_16(&fs::read_to_string(mended.path("plain.yaml")).unwrap()));
}

#[test]
fn a_file_that_holds_halves_of_characters_stays_as_it_was() {
    let halves = |big_endian: bool, tail: &[u8]| {
        let mut bytes = utf_16(&growing());
        if big_endian {
            bytes.chunks_exact_mut(2).for_each(<[u8]>::reverse);
        }
        [&bytes, tail].concat()
    };
    let cases = [
        ("a byte too many", halves(false, b"#\0#")),
        ("the first half", halves(false, b"#\0\x3D\xD8\n\0")),
        ("the second half", halves(true, b"\0#\xDE\x00\0\n")),
    ];
    for (number, (what, bytes)) in cases.into_iter().enumerate() {
        let place = Place::named(&format!("fix_halves_{number}"));
        let path = place.path("p.yaml");
        fs::write(&path, &bytes).unwrap();
        symlink("p.yaml", place.path("link.yaml")).unwrap();
        for name in ["p.yaml", "link.yaml"] {
            let said = place.netpol(&["lint", name, "--fix"]);
            let why = format!(
                "cannot write `{name}`: it holds halves of characters, which would be lost"
            );
            assert!(said.err.contains(&why), "{what}: {}", said.err);
            assert_eq!(said.code, 2, "{what}");
            assert_eq!(fs::read(&path).unwrap(), bytes, "{what}");
        }
    }
}

#[test]
fn a_file_that_is_no_utf_8_stays_as_it_was() {
    let bytes = [growing().as_bytes(), b"# \xE9\n"].concat();
    let place = Place::named("fix_latin_1");
    fs::write(place.path("p.yaml"), &bytes).unwrap();
    let said = place.netpol(&["lint", "p.yaml", "--fix"]);
    assert!(said.out.contains("not UTF-8"), "{}{}", said.out, said.err);
    assert!(said.err.contains("0 fixes made"), "{}", said.err);
    assert_eq!(fs::read(place.path("p.yaml")).unwrap(), bytes);
}

#[test]
fn what_is_written_is_put_as_the_api_reads_it_and_nobodys_meaning_is_guessed() {
    let before = "
  podSelector:
    matchLabels:
      enabled: yes
      version: 1.10
  ingress:
    from:
      - podSelector:
          - matchLabels: {app: web} # its pods
        namespaceSelectr: {}
  policyTypes: Ingress
";
    let after = "
  podSelector:
    matchLabels:
      enabled: \"yes\"
      version: \"1.10\"
  ingress:
    - from:
        - podSelector:
              matchLabels: {app: web} # its pods
          namespaceSelectr: {}
  policyTypes: Ingress
";
    let place = Place::named("fix_spelling").with("p.yaml", policy("p", before));
    // what stands in a map without its dash is looked at when it has one
    for made in ["3 fixes made", "1 fix made"] {
        let said = place.netpol(&["lint", "p.yaml", "--fix"]);
        assert!(said.err.contains(made), "{}", said.err);
    }
    let said = place.netpol(&["lint", "p.yaml", "--fix"]);
    let mended = fs::read_to_string(place.path("p.yaml")).unwrap();
    assert_eq!(mended, policy("p", after), "{}\n{}", said.err, said.out);
    assert!(said.err.contains("0 fixes made"), "{}", said.err);
    for left in ["did you mean `namespaceSelector`?", "write `[Ingress]`"] {
        assert!(said.out.contains(left), "{}", said.out);
    }
}
