//! Which release of Kubernetes is asked: what 1.36 refuses, 1.35 takes with a warning.

use crate::netpol::{Place, SHOP, documents, policy};

/// Host bits in a `cidr` of ingress and in an `except` of egress, and what comes of the first.
fn stored() -> String {
    let spec = "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.1/8]}}]}]}";
    let expected = "#? 10.1.2.3 -> shop/web:80 allowed\n#? 11.1.2.3 -> shop/web:80 denied\n";
    documents(&[expected, SHOP, &policy("p", spec)])
}

#[test]
fn the_newest_release_refuses_host_bits_and_the_policy_counts_all_the_same() {
    let place = Place::named("kubernetes_new").with("p.yaml", stored());
    let run = place.netpol(&["check", "p.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "2 errors in 1 file"), "{}", run.out);
    for told in [
        "error[cidr-not-canonical]: spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.0.0.1/8\": must not have bits set beyond the prefix length\n",
        "error[cidr-not-canonical]: spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"10.0.0.1/8\": must not have bits set beyond the prefix length\n",
        "help: write `10.0.0.0/8`, or `10.0.0.1/32` for the one address; Kubernetes 1.35 and older take it as `10.0.0.0/8`",
    ] {
        assert!(run.out.contains(told), "{told}\n{}", run.out);
    }
    let run = place.netpol(&["test", "p.yaml"]);
    assert_eq!((run.code, run.closing_line()), (2, "2 passed, 0 failed"), "{}", run.err);
    assert!(run.err.contains("error[cidr-not-canonical]"), "{}", run.err);
    let run = place.netpol(&["table", "p.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("10.0.0.0/8"), "{}", run.out);
    assert!(!run.err.contains("missing from the table"), "{}", run.err);
    // lints are looked for, for nothing is missing
    let spec = "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}, {}]}";
    let run = Place::named("kubernetes_lint")
        .with("p.yaml", policy("p", spec))
        .netpol(&["lint", "p.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("note[rule-admits-all]"), "{}", run.out);
}

#[test]
fn an_older_release_only_warns() {
    let place = Place::named("kubernetes_old").with("p.yaml", stored());
    let table = place.netpol(&["table", "p.yaml"]).out;
    for release in ["1.35", "v1.35.2", "1.34.1+k3s1"] {
        let run = place.netpol(&["check", "p.yaml", "--kubernetes", release]);
        assert_eq!((run.code, run.closing_line()), (0, "2 warnings in 1 file"), "{}", run.out);
        let told = "CIDR value \"10.0.0.1/8\" is ambiguous in this context (should be \"10.0.0.0/8\" or \"10.0.0.1/32\"?); Kubernetes 1.36 and later refuse it: must not have bits set beyond the prefix length\n";
        assert!(run.out.contains(told), "{}", run.out);
        let run = place.netpol(&["test", "p.yaml", "--kubernetes", release]);
        assert_eq!((run.code, run.closing_line()), (0, "2 passed, 0 failed"), "{}", run.err);
        let run = place.netpol(&["table", "p.yaml", "--kubernetes", release]);
        assert_eq!((run.code, &run.out), (0, &table), "the same table: {}", run.err);
    }
    for command in ["matrix", "render", "lint"] {
        let run = place.netpol(&[command, "p.yaml", "--kubernetes", "1.35"]);
        assert_eq!(run.code, 0, "{command}: {}{}", run.out, run.err);
        assert_eq!(place.netpol(&[command, "p.yaml"]).code, 2, "{command}");
    }
    let asked = ["explain", "p.yaml", "10.1.2.3 -> shop/web:80"];
    assert_eq!(place.netpol(&asked).code, 2);
    assert_eq!(place.netpol(&[&asked[..], &["--kubernetes", "1.35"]].concat()).code, 0);
    for release in ["1.36", "1.37.2", "v1.38"] {
        assert_eq!(
            place.netpol(&["check", "p.yaml", "--kubernetes", release]).code,
            2,
            "{release}"
        );
    }
}

#[test]
fn an_article_is_judged_all_the_same() {
    let block =
        policy("p", "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}]}");
    let table = "| Policy | External |\n| --- | --- |\n| p | ⚠️ 10.0.0.0/8 only |\n";
    let article = format!("```yaml netpol\n{block}```\n\n{table}");
    let place = Place::named("kubernetes_article").with("a.md", article);
    let run = place.netpol(&["check-article", "a.md"]);
    assert_eq!((run.code, run.closing_line()), (2, "1 passed, 0 failed in 1 block"), "{}", run.err);
    let run = place.netpol(&["check-article", "a.md", "--kubernetes", "1.35"]);
    assert_eq!((run.code, run.closing_line()), (0, "1 passed, 0 failed in 1 block"), "{}", run.err);
}

#[test]
fn a_folder_can_say_its_release_and_the_command_line_says_more() {
    let place = Place::named("kubernetes_settings")
        .with("k/netpol.toml", "kubernetes = \"1.35\"\n")
        .with("k/p.yaml", stored());
    assert_eq!(place.netpol(&["check", "k"]).code, 0);
    assert_eq!(place.netpol(&["test", "k"]).code, 0);
    assert_eq!(place.netpol(&["check", "k", "--kubernetes", "1.36"]).code, 2);
    for (text, told) in [
        (
            "kubernetes = \"latest\"",
            "error: `latest` is no release of Kubernetes: write one such as `1.35`, or `v1.35.2`\n  --> k/netpol.toml:1:14\n",
        ),
        ("kubernetes = 1.35", "error: `kubernetes` has to be a text in quotes\n"),
        ("kubernetess = \"1.35\"", "did you mean `kubernetes`?"),
    ] {
        let place = Place::named("kubernetes_settings_wrong")
            .with("k/netpol.toml", text)
            .with("k/p.yaml", stored());
        let run = place.netpol(&["check", "k"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{text}");
        assert!(run.err.contains(told), "{text}: {}", run.err);
    }
    let run = place.netpol(&["check", "k", "--kubernetes", "1.x"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("no release of Kubernetes: write one such as `1.35`"), "{}", run.err);
}

#[test]
fn what_is_allowed_for_older_releases_stays_refused_by_newer_ones_and_is_not_called_needless() {
    let allowed = stored().replace(
        "apiVersion: networking.k8s.io/v1\n",
        "# netpol: allow cidr-not-canonical because the cluster has it from 1.30\napiVersion: networking.k8s.io/v1\n",
    );
    let place = Place::named("kubernetes_allow")
        .with("p.yaml", allowed)
        .with("k/netpol.toml", "allow = [\"cidr-not-canonical\"]\n")
        .with("k/p.yaml", stored());
    for file in ["p.yaml", "k"] {
        let run = place.netpol(&["lint", file]);
        assert_eq!(run.code, 2, "{file}");
        assert_eq!(run.out.matches("error[cidr-not-canonical]").count(), 2, "{}", run.out);
        assert!(!run.out.contains("unused-allow"), "{}", run.out);
        let run = place.netpol(&["lint", file, "--kubernetes", "1.35"]);
        assert_eq!(run.code, 0, "{file}");
        assert!(
            !run.out.contains("cidr-not-canonical") && !run.out.contains("unused-allow"),
            "{}",
            run.out
        );
    }
}
