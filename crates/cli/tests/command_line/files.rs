//! Which files are read, in which order, and what happens with those that cannot be.

use std::{
    fs::File,
    io::Read as _,
    process::{Command, Stdio},
};

use crate::netpol::{Place, SHOP, deny_all, policy};

/// The policies of the table, in order.
fn policies(place: &Place, arguments: &[&str]) -> Vec<String> {
    let run = place.netpol(&[&["table", "-o", "json"], arguments].concat());
    let table: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let rows = table["rows"].as_array().unwrap();
    rows.iter().map(|row| row["policy"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_directory_is_walked_in_order_and_hidden_files_are_left_out() {
    let place = Place::named("files_walk")
        .with("k/b.yml", policy("b", "{}"))
        .with("k/a/z.yaml", policy("z", "{}"))
        .with("k/a/a.JSON", r#"{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "json", "namespace": "shop"}}"#)
        .with("k/c.txt", policy("text", "{}"))
        .with("k/.git/x.yaml", policy("hidden", "{}"))
        .with("k/.x.yaml", policy("hidden-too", "{}"));
    assert_eq!(policies(&place, &["k"]), ["shop/json", "shop/z", "shop/b"]);
    assert_eq!(policies(&place, &["k/c.txt"]), ["shop/text"], "what is named is read");
}

#[test]
fn several_files_are_one_set_and_none_counts_twice() {
    let place = Place::named("files_set")
        .with("k/a.yaml", policy("a", "{}"))
        .with("k/cluster.yaml", SHOP)
        .with("b.yaml", policy("b", "{}"));
    let run = place.netpol(&["table", "b.yaml", "k/a.yaml", "k", "--cluster", "k/cluster.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(policies(&place, &["b.yaml", "k/a.yaml", "k"]), ["shop/b", "shop/a"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_come_to_an_end() {
    use std::os::unix::fs::symlink;
    let place = Place::named("files_circle").with("k/sub/a.yaml", policy("a", "{}"));
    symlink("..", place.path("k/sub/up")).unwrap();
    symlink("self", place.path("k/self")).unwrap();
    symlink("sub/a.yaml", place.path("k/again.yaml")).unwrap();
    assert_eq!(policies(&place, &["k"]), ["shop/a"]);
}

#[test]
fn standard_input_is_read_once() {
    let place = Place::named("files_stdin");
    let run = place.netpol_reading(&deny_all(), &["table", "-"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("shop/deny-all"), "{}", run.out);
    let run = place.netpol_reading(&deny_all(), &["table", "-", "--cluster", "-"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("can be read only once"), "{}", run.err);
}

#[test]
fn what_is_not_there_is_named_and_the_rest_is_shown() {
    let place =
        Place::named("files_missing").with("p.yaml", deny_all()).with("empty/readme.md", "");
    let run = place.netpol(&["table", "gone.yaml", "p.yaml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("error: cannot read `gone.yaml`: no such file or directory"),
        "{}",
        run.err
    );
    assert!(run.out.contains("shop/deny-all"), "{}", run.out);
    let run = place.netpol(&["table", "empty"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("no .yaml, .yml or .json file in directory `empty`"), "{}", run.err);
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let place = Place::named("files_utf8").with("p.yaml", b"kind: X\nname: \xc3\xa4\xff\n");
    let run = place.netpol(&["test", "p.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "0 passed, 0 failed"));
    assert!(run.err.starts_with("error[yaml-syntax]: not UTF-8"), "{}", run.err);
    assert!(run.err.contains("  --> p.yaml:2:8\n"), "{}", run.err);
}

#[test]
fn a_file_of_more_than_64_mib_is_refused() {
    let place = Place::named("files_large");
    // a file of zeros that takes no room on the disk
    File::create(place.path("large.yaml")).unwrap().set_len((64 << 20) + 1).unwrap();
    let run = place.netpol(&["table", "large.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let expected = "error[too-large]: too large: at most 64 MiB of a file are read\n  --> large.yaml:1:1\n  = help: ";
    assert!(run.err.starts_with(expected), "{}", run.err);
    let run = place.netpol(&["check", "large.yaml"]);
    assert_eq!((run.code, run.closing_line(), run.err.as_str()), (2, "1 error in 1 file", ""));
    assert!(run.out.starts_with(expected), "{}", run.out);
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let many: Vec<String> = (0..3000).map(|n| policy(&format!("p{n}"), "{}")).collect();
    let place = Place::named("files_pipe").with("p.yaml", many.join("---\n"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_netpol"))
        .args(["table", "p.yaml"])
        .current_dir(place.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(!said.contains("panicked") && !said.contains("error"), "{said}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
