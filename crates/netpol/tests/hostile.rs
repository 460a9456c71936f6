//! Hostile and broken texts: always an answer, never a panic, nothing silently dropped.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{Analysis, Code, Column, Direction, Inputs, Source, Subject, explain};
use proptest::prelude::*;

fn analyse(text: &str) -> Analysis {
    Analysis::of(Inputs { text: vec![Source::new("t", text)], ..Inputs::default() })
}

/// Everything that a view asks for.
fn ask_everything(text: &str) -> Analysis {
    let analysis = analyse(text);
    for direction in Direction::ALL {
        let table = analysis.scoreboard(direction);
        explain::hanging(&analysis.cluster, &analysis.manifest, &table);
        let subjects =
            table.rows.iter().map(|row| Subject::Policy(row.policy)).chain([Subject::Together]);
        for subject in subjects {
            for column in Column::ALL {
                assert!(explain::why(&analysis.cluster, &table, subject, column).is_some());
                for connection in explain::examples(&analysis.cluster, &table, subject, column) {
                    explain::connection(&analysis.cluster, &connection).unwrap();
                    explain::funnel(&analysis.cluster, &connection, direction, None).unwrap();
                }
            }
        }
    }
    for diagnostic in &analysis.diagnostics {
        let source = analysis.manifest.sources.get(diagnostic.source).unwrap();
        assert!(
            source.text().get(diagnostic.span.start..diagnostic.span.end).is_some(),
            "{diagnostic:?}"
        );
    }
    netpol::witness::to_yaml(&analysis.added);
    fixes_break_nothing(&analysis, text);
    analysis
}

/// The fixes of lints leave a text that is no worse.
fn fixes_break_nothing(analysis: &Analysis, text: &str) {
    // a witness may no longer be needed, and then an expectation of it is in the air
    let counts = |code| code != Code::ExpectationUnknownPod;
    let errors = |analysis: &Analysis| {
        analysis.diagnostics.iter().filter(|d| d.is_error() && counts(d.code)).count()
    };
    for finding in netpol::lint::lints(analysis) {
        let Some(fix) = finding.fix else { continue };
        let mended = fix.rewrite.apply(text);
        let after = analyse(&mended);
        assert!(
            errors(&after) <= errors(analysis),
            "{}: {:?}\n{mended}",
            fix.title,
            after.diagnostics
        );
    }
}

fn has(analysis: &Analysis, code: Code) -> bool {
    analysis.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{a: ", "- ", "? "] {
        let analysis = ask_everything(&open.repeat(10_000));
        assert!(has(&analysis, Code::TooLarge) || has(&analysis, Code::YamlSyntax), "{open}");
    }
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut lines = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned()];
    for level in 1..12 {
        let alias = format!("*a{}, ", level - 1).repeat(10);
        lines.push(format!("a{level}: &a{level} [{alias}]\n"));
    }
    assert!(has(&ask_everything(&lines.concat()), Code::TooLarge));
}

#[test]
fn anchors_inside_anchors_do_not_copy_a_text_many_times() {
    let text = ["&a [".repeat(90), "x,".repeat(2_000), "]".repeat(90)].concat();
    let analysis = ask_everything(&format!("{text}\n---\na: &a [x]\nb: *a\n"));
    let too_large: Vec<_> = analysis
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::TooLarge)
        .map(|diagnostic| (diagnostic.document, diagnostic.message.as_str()))
        .collect();
    assert_eq!(too_large, [(0, "anchors hold more than 10000 nodes")]);
}

#[test]
fn a_long_value_and_a_long_list_are_read_whole() {
    let item = format!("{{\"a\": \"{}\"}}", "x".repeat(1_000));
    let items = vec![item; 3_000].join(",");
    for text in [
        format!("{{\"items\": [{items}]}}"),
        format!("items: [{items}]"),
        format!("[[{items}]]"),
        format!("- '{items}'"),
    ] {
        let documents = netpol::yaml::documents(&text);
        assert_eq!((documents[0].root.is_some(), documents[0].faults.len()), (true, 0));
    }
}

#[test]
fn a_broken_document_spoils_only_itself() {
    let good = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: NAME, namespace: shop}\n";
    let text =
        format!("{}---\nkind: [\n---\n{}", good.replace("NAME", "a"), good.replace("NAME", "b"));
    let analysis = ask_everything(&text);
    assert_eq!(analysis.cluster.policies().count(), 2);
    let error = analysis.diagnostics.iter().find(|diagnostic| diagnostic.is_error()).unwrap();
    assert_eq!((error.code, error.document), (Code::YamlSyntax, 1));
    let line = analysis.manifest.sources[0].line_column(error.span.start).line;
    assert!((5..=6).contains(&line), "line {line}");
}

#[test]
fn tabs_and_missing_spaces_are_explained() {
    let analysis = ask_everything("kind: NetworkPolicy\nspec:\n\tpodSelector: {}\n");
    let error = &analysis.diagnostics[0];
    assert_eq!(analysis.manifest.sources[0].line_column(error.span.start).line, 3);
    assert!(error.help.as_ref().unwrap().contains("spaces"), "{error:?}");
}

#[test]
fn what_pasting_spoils_is_recognised() {
    let help = |text: &str| {
        let analysis = ask_everything(text);
        analysis
            .diagnostics
            .iter()
            .find_map(|diagnostic| diagnostic.help.clone())
            .unwrap_or_default()
    };
    let policy = |rest: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a, namespace: b}}\n{rest}"
        )
    };
    for (text, says) in [
        (policy("spec:\n  podSelector:{}\n  ingress: []\n"), "line above"),
        (policy("spec:\n  podSelector:{}\n"), "space after the colon"),
        (policy("spec:\n\u{a0}\u{a0}podSelector: {}\n"), "non-breaking"),
        (policy("spec:\n  ingress:\n  – from: []\n"), "plain one"),
        (policy("spec:\n  name: {{ .Release.Name }}\n{{- end }}\n"), "helm template"),
        (policy("spec:\n  ingress:\n    from: []\n"), "a list belongs here"),
        ("spec:\n  podSelector: {}\n".to_owned(), "kind: NetworkPolicy"),
    ] {
        assert!(help(&text).contains(says), "{text}\n{}", help(&text));
    }
}

#[test]
fn control_characters_and_odd_breaks_are_survived() {
    for text in [
        "\0",
        "\u{feff}",
        "a: \u{0}b",
        "a: b\r\nc: d\r\n",
        "%YAML 9.9\n---\na: b",
        "---\n---\n---",
        "...\n...",
        "\u{85}\u{2028}: x",
    ] {
        ask_everything(text);
    }
}

/// Text that looks like policies often enough to reach every stage.
fn yaml_soup() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "apiVersion: networking.k8s.io/v1\n",
        "kind: NetworkPolicy\n",
        "metadata:\n  name: a\n",
        "spec:\n",
        "  podSelector: {}\n",
        "  ingress:\n",
        "  - from:\n",
        "    - podSelector: {}\n",
        "      namespaceSelector:\n",
        "        matchLabels: {a: b}\n",
        "    - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}\n",
        "    ports:\n",
        "    - {port: 80, endPort: 90}\n",
        "    - port: http\n",
        "---\n",
        "  policyTypes: [Egress]\n",
        "  - {}\n",
        "    - ipBlock: {cidr: 0.0.0.0/0}\n",
        "  egress:\n",
        "  - to:\n",
        "#? a/b -> c/d:80 allowed\n",
        "\t",
        "- ",
        "{",
        "[",
        "&a ",
        "*a\n",
        "<<: *a\n",
        "|\n",
        "'",
        "\"",
        "é😀",
        ": ",
        "\n",
        "yes",
        "0x1F",
        "!!str ",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(text in any::<String>()) {
        ask_everything(&text);
    }

    #[test]
    fn any_soup_of_yaml_gets_an_answer(text in yaml_soup()) {
        ask_everything(&text);
    }
}
