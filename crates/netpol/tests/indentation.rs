//! What copying spoils: indentation lost, a border lost between two policies; and every policy that the
//! article prints.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

mod pasted;

use netpol::{Analysis, Code, Inputs, Manifest, Source, Witnesses, neighbours::neighbours, repair};
use pasted::{mended, policies, read, said};
use proptest::prelude::*;

fn analysis(text: &str) -> Analysis {
    let text = vec![Source::new("pasted.yaml", text)];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

#[test]
fn two_specs_without_a_border_are_parted() {
    let text = "# one\nspec:\n  podSelector: {}\n# two\nspec:\n  podSelector: {}\n  policyTypes: [Egress]\n";
    let (title, after) = mended(text).unwrap();
    assert_eq!(title, "Make them two documents");
    assert!(after.contains("{}\n---\n# two\nspec:"), "{after}");
    assert_eq!(policies(&read(&after)).len(), 2);
}

#[test]
fn lost_indentation_is_put_back_where_one_way_fits() {
    for (lost, whole) in [
        (
            "ingress:\n- from:\n- podSelector: {}\nnamespaceSelector: {}\n",
            "ingress:\n- from:\n  - podSelector: {}\n    namespaceSelector: {}\n",
        ),
        (
            "ingress:\n- from:\n- podSelector: {}\n- namespaceSelector: {}\n",
            "ingress:\n- from:\n  - podSelector: {}\n  - namespaceSelector: {}\n",
        ),
        (
            "apiVersion: v1\nkind: Namespace\nmetadata:\nname: ml-ops\nlabels:\npurpose: ml-ops # badge\n",
            "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ml-ops\n  labels:\n    purpose: ml-ops # badge\n",
        ),
        (
            "spec:\npodSelector:\nmatchExpressions:\n- key: app\noperator: In\nvalues:\n- web\n- 'db'\negress:\n- {}\n",
            "spec:\n  podSelector:\n    matchExpressions:\n    - key: app\n      operator: In\n      values:\n      - web\n      - 'db'\n  egress:\n  - {}\n",
        ),
        // the first line only
        (
            "podSelector: {}\n  ingress:\n  - from:\n    - podSelector: {}\n",
            "  podSelector: {}\n  ingress:\n  - from:\n    - podSelector: {}\n",
        ),
        (
            "- from:\n    - podSelector: {}\n    ports:\n    - port: 80\n",
            "  - from:\n    - podSelector: {}\n    ports:\n    - port: 80\n",
        ),
    ] {
        let manifest = read(lost);
        assert!(policies(&manifest).is_empty(), "never evaluated silently: {lost}");
        let [error] = manifest.diagnostics.as_slice() else { panic!("{:?}", said(&manifest)) };
        assert!(error.is_error() && error.help.as_ref().unwrap().contains("lost in copying"));
        assert_eq!(mended(lost).unwrap(), ("Restore the indentation".to_owned(), whole.to_owned()));
        assert!(!read(whole).has_errors(), "{:?}", said(&read(whole)));
    }
}

#[test]
fn lost_indentation_stays_lost_where_two_ways_fit_or_none() {
    for text in [
        // the label's, or the Namespace's own?
        "apiVersion: v1\nkind: Namespace\nmetadata:\nlabels:\nname: ml-ops\n",
        // the peer's, or the policy's?
        "spec:\ningress:\n- from:\n- namespaceSelector: {}\npodSelector: {}\n",
        "apiVersion: v1\nkind: Pod\nmetadata:\nname: a\nspec:\ncontainers: []\n",
        "spec:\ningress:\n- from:\n- podSelectr: {}\n",
        "a b\n  c: d\n",
    ] {
        assert_eq!(mended(text), None, "{text}");
    }
}

/// What becomes of a text that somebody pastes.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// So many policies.
    Understood(usize),
    /// An error says what to do.
    Helped,
    /// Put back in order with one click, then this.
    Restored(Box<Outcome>),
}

fn outcome(text: &str) -> Outcome {
    let manifest = read(text);
    if !manifest.has_errors() {
        return Outcome::Understood(policies(&manifest).len());
    }
    assert!(policies(&manifest).is_empty(), "{text}");
    let error = manifest.diagnostics.iter().find(|known| known.is_error()).unwrap();
    assert!(error.help.is_some(), "{text}{error}");
    match mended(text) {
        Some((_, after)) => Outcome::Restored(Box::new(outcome(&after))),
        None => Outcome::Helped,
    }
}

/// Every policy that the article prints, as its page hands it over: without indentation.
#[test]
fn each_snippet_of_the_article_is_understood_or_helped() {
    use Outcome::{Helped, Understood};
    let restored = |then| Outcome::Restored(Box::new(then));
    let rule = |pod: &str, peer: &str, port: u16| {
        format!(
            "# to {pod}\nspec:\npodSelector: # who receives\nmatchLabels:\napp: {pod}\ningress:\n- from:\n- podSelector: # who sends\nmatchLabels:\napp: {peer}\nports:\n- port: {port} # its port\n"
        )
    };
    let two_doors =
        rule("rag-api", "chat-ui", 8000) + &rule("vector-db", "rag-api", 6333) + "- port: 6334\n";
    let dns = "spec:\npodSelector: {}\npolicyTypes:\n- Egress\negress:\n- to:\n- namespaceSelector:\nmatchLabels:\nkubernetes.io/metadata.name: kube-system\npodSelector:\nmatchLabels:\nk8s-app: kube-dns\nports:\n- protocol: UDP\nport: 53\n- protocol: TCP\nport: 53\n";
    for (text, expected) in [
        // step 1
        (
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\nname: deny-all\nnamespace: ai-platform\nspec:\npodSelector: {} # every pod\npolicyTypes:\n- Ingress # no rules\n",
            restored(Understood(1)),
        ),
        // step 2: two policies, no border between them
        (two_doors.as_str(), restored(Understood(2))),
        // step 3: a policy, then its namespace
        (
            "spec:\npodSelector: {} # all pods\ningress:\n- from:\n- namespaceSelector:\nmatchLabels:\npurpose: ml-ops # a label\n",
            restored(Understood(1)),
        ),
        (
            "apiVersion: v1\nkind: Namespace\nmetadata:\nname: ml-ops\nlabels:\npurpose: ml-ops # no label, no entry\n",
            restored(Understood(0)),
        ),
        // the scoreboard and the text below it
        ("ingress: [{}]", Understood(1)),
        ("policyTypes: [Ingress]", Understood(1)),
        ("podSelector: {}", Helped),
        ("namespaceSelector: {}", Helped),
        ("podSelector: {}\nnamespaceSelector: {}", Helped),
        ("- {}", Helped),
        // one dash, two dashes
        ("ingress:\n- from:\n- podSelector: {}\nnamespaceSelector: {}\n", restored(Understood(1))),
        (
            "ingress:\n- from:\n- podSelector: {}\n- namespaceSelector: {}\n",
            restored(Understood(1)),
        ),
        // a namespace, a pod in it: an item of which list?
        ("- namespaceSelector:\nmatchLabels:\nname: ml-ops\n", restored(Helped)),
        (
            "- namespaceSelector:\nmatchLabels:\nname: ml-ops\npodSelector:\nmatchLabels:\napp: model-monitor\n",
            restored(Helped),
        ),
        // egress
        (
            "spec:\npodSelector: {}\npolicyTypes:\n- Egress\n# no egress rules\n",
            restored(Understood(1)),
        ),
        (dns, restored(Understood(1))),
    ] {
        assert_eq!(outcome(text), expected, "{text}");
    }
}

#[test]
fn the_article_s_dns_rule_is_put_back_as_one_item() {
    let text = "egress:\n- to:\n- namespaceSelector:\nmatchLabels:\nkubernetes.io/metadata.name: kube-system\npodSelector:\nmatchLabels:\nk8s-app: kube-dns\nports:\n- protocol: UDP\nport: 53\n";
    // a `podSelector` of the policy itself could have no `ports` after it
    let (_, after) = mended(text).unwrap();
    assert_eq!(
        after,
        "egress:
- to:
  - namespaceSelector:
      matchLabels:
        kubernetes.io/metadata.name: kube-system
    podSelector:
      matchLabels:
        k8s-app: kube-dns
  ports:
  - protocol: UDP
    port: 53
"
    );
}

/// Lines of policies in any order, with and without their indentation.
fn pasted_soup() -> impl Strategy<Value = String> {
    let lines = prop::sample::select(vec![
        "apiVersion: networking.k8s.io/v1",
        "kind: NetworkPolicy",
        "metadata:",
        "name: a",
        "spec:",
        "podSelector:",
        "podSelector: {}",
        "policyTypes: [Egress]",
        "ingress:",
        "egress:",
        "- from:",
        "from:",
        "- to:",
        "- podSelector: {}",
        "- namespaceSelector:",
        "namespaceSelector: {matchLabels: {a: b}}",
        "- {podSelector: {}, namespaceSelector: {}}",
        "matchLabels:",
        "app: é😀 # web",
        "ports:",
        "- port: 80",
        "protocol: UDP",
        "- {}",
        "---",
        "# comment",
        "[{from: [], ports: []}]",
        "",
    ]);
    let indented = (0_usize..4, lines, any::<bool>());
    prop::collection::vec(indented, 0..24).prop_map(|lines| {
        let is_flat = lines.first().is_some_and(|(.., is_flat)| *is_flat);
        let line = |(depth, line, _): (usize, &str, bool)| {
            format!("{}{line}\n", " ".repeat(if is_flat { 0 } else { depth * 2 }))
        };
        lines.into_iter().map(line).collect()
    })
}

proptest! {
    #[test]
    fn any_paste_is_survived_and_its_fixes_and_neighbours_can_be_read(text in pasted_soup()) {
        let analysis = analysis(&text);
        for diagnostic in &analysis.diagnostics {
            let Some(fix) = repair::fix(&analysis.manifest, diagnostic) else { continue };
            let after = read(&fix.rewrite.apply(&text));
            let documents = || after.documents.iter().filter(|one| one.source == 0);
            let is_sound = documents().all(|one| one.yaml.faults.iter().all(|fault| fault.code == Code::DuplicateKey));
            let was_sound = analysis.manifest.documents.iter().all(|one| one.yaml.faults.iter().all(|fault| fault.code == Code::DuplicateKey));
            prop_assert!(is_sound || !was_sound, "{text}\n{}", fix.rewrite.apply(&text));
            if diagnostic.code == Code::Fragment && !analysis.has_errors() {
                let names = |manifest: &Manifest| policies(manifest).len();
                prop_assert_eq!(names(&after), names(&analysis.manifest));
                prop_assert_eq!(policies(&after), policies(&analysis.manifest));
            }
        }
        for (id, _) in analysis.cluster.policies().take(2) {
            for neighbour in neighbours(&analysis, id) {
                let after = read(&neighbour.rewrite.apply(&text));
                let errors = |manifest: &Manifest| manifest.diagnostics.iter().filter(|one| one.is_error()).count();
                prop_assert!(errors(&after) <= errors(&analysis.manifest), "{text}\n{}", neighbour.title);
                prop_assert!(!neighbour.lines.is_empty());
            }
        }
    }
}
