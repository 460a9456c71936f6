//! Pasted fragments: understood where unambiguous, helped where not, and every place right.

mod pasted;

use netpol::{Analysis, Code, Inputs, Source, Witnesses, neighbours::neighbours, repair};
use pasted::{mended, policies, read, said};

fn analysis(text: &str) -> Analysis {
    let text = vec![Source::new("pasted.yaml", text)];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

fn whole(spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: pasted, namespace: default}}\nspec: {spec}\n"
    )
}

const FROM_WEB: &str = "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]}";

/// Each way of pasting the same policy, and what it is read as.
const PARTS: [(&str, &str); 8] = [
    (
        "spec:\n  podSelector: {}\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels: {app: web}\n    ports:\n    - port: 80\n",
        "spec",
    ),
    (
        "podSelector: {}\ningress:\n- from:\n  - podSelector:\n      matchLabels: {app: web}\n  ports:\n  - port: 80\n",
        "spec",
    ),
    (
        "# who\ningress:\n  # the web\n  - from:\n      - podSelector:\n          matchLabels: {app: web}\n    ports:\n      - port: 80\n",
        "spec",
    ),
    (
        "- from:\n  - podSelector:\n      matchLabels: {app: web}\n\n  ports:\n  - port: 80\n",
        "spec.ingress",
    ),
    ("from:\n- podSelector:\n    matchLabels: {app: web}\nports:\n- port: 80\n", "spec.ingress[0]"),
    (
        "    - from:\n      - podSelector:\n          matchLabels: {app: web}\n      ports:\n      - port: 80",
        "spec.ingress",
    ),
    (
        "  from:\n  - podSelector:\n      matchLabels: {app: web}\n  ports:\n  - port: 80\n",
        "spec.ingress[0]",
    ),
    (
        "---\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels: {app: web}\n    ports:\n    - port: 80\n",
        "spec",
    ),
];

#[test]
fn each_part_is_read_as_the_policy_that_it_is_part_of() {
    let expected = policies(&read(&whole(FROM_WEB)));
    for (text, field) in PARTS {
        let manifest = read(text);
        assert_eq!(policies(&manifest), expected, "{text}");
        let [note] = manifest.diagnostics.as_slice() else { panic!("{:?}", said(&manifest)) };
        assert_eq!(note.code, Code::Fragment);
        let start = format!(
            "part of a NetworkPolicy: read as `{field}` of `pasted` in namespace `default`"
        );
        assert!(note.message.starts_with(&start), "{}", note.message);
        assert_eq!(
            note.message.ends_with(", which selects every pod there"),
            !text.contains("podSelector: {}"),
            "{}",
            note.message
        );
        assert!(note.help.as_ref().unwrap().contains("kind: NetworkPolicy"));
    }
}

#[test]
fn egress_is_told_from_ingress_by_its_words() {
    for text in [
        "egress:\n- to:\n  - ipBlock: {cidr: 10.0.0.0/8}\n",
        "- to:\n  - ipBlock: {cidr: 10.0.0.0/8}\n",
        "to:\n- ipBlock: {cidr: 10.0.0.0/8}\n",
    ] {
        let expected = whole("{egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}");
        assert_eq!(policies(&read(text)), policies(&read(&expected)), "{text}");
    }
}

#[test]
fn places_are_those_of_a_whole_policy_in_the_users_own_text() {
    for (text, _) in PARTS {
        let manifest = read(text);
        let policy = &manifest.objects[0].policies[0];
        let origin = policy.meta.origin.as_ref().unwrap();
        let written = |origin| {
            let (source, span) = manifest.span(&origin).unwrap();
            manifest.sources[source].text().get(span.start..span.end).unwrap().to_owned()
        };
        let rule = origin.key("spec.ingress").index(0);
        assert!(written(rule.clone()).starts_with("from:"), "{text}");
        assert_eq!(written(rule.key("ports").index(0)), "port: 80");
        let labels = rule.key("from").index(0).key("podSelector.matchLabels");
        assert_eq!(written(labels), "matchLabels: {app: web}");
        assert!(text.trim_end().ends_with(&written(origin.clone())), "{text}");
    }
}

#[test]
fn a_fragment_is_made_whole_and_means_the_same() {
    for (text, _) in PARTS {
        let (title, after) = mended(text).unwrap();
        assert_eq!(title, "Make it a whole policy");
        let manifest = read(&after);
        assert_eq!(said(&manifest), [""; 0], "{after}");
        assert_eq!(policies(&manifest), policies(&read(text)), "{after}");
        assert_eq!(after.matches('#').count(), text.matches('#').count(), "{after}");
    }
    let (_, after) =
        mended("#? a/b -> default/c:80 denied\nfrom:\n- podSelector: {}  # all\n").unwrap();
    assert_eq!(
        after,
        "#? a/b -> default/c:80 denied
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: pasted
  namespace: default
spec:
  podSelector: {}
  ingress:
  - from:
    - podSelector: {}  # all
"
    );
}

#[test]
fn several_fragments_get_names_that_no_policy_has() {
    let text = format!(
        "ingress: []\n---\n{}---\n- from: []\n---\nspec:\n  podSelector: {{}}\n",
        whole("{}").replace("pasted", "pasted-2")
    );
    let names = |text: &str| {
        let manifest = read(text);
        let names = manifest.objects[0].policies.iter().map(|policy| policy.meta.name.to_string());
        names.collect::<Vec<_>>()
    };
    let expected = ["default/pasted", "default/pasted-2", "default/pasted-3", "default/pasted-4"];
    assert_eq!(names(&text), expected);
    let (_, after) = mended(&text).unwrap();
    assert_eq!(names(&after), expected, "the first is whole now, and the others keep their names");
}

#[test]
fn expectations_are_checked_and_witnesses_added_around_a_fragment() {
    let text = "#? default/web -> default/db:80 allowed\n#? default/db -> default/db:80 denied\nspec:\n  podSelector: {matchLabels: {app: db}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: web}}\n    ports: [{port: 80}]\n";
    let text = vec![Source::new("pasted.yaml", text)];
    let analysis = Analysis::of(Inputs { text, ..Inputs::default() });
    let held: Vec<bool> =
        analysis.expectations.iter().map(netpol::expect::Checked::holds).collect();
    // a pod always reaches itself, so the second does not hold
    assert_eq!(held, [true, false]);
    assert!(analysis.added.pods.iter().any(|pod| pod.name() == "web"));
}

#[test]
fn a_faulty_fragment_is_refused_in_the_api_server_s_words_at_the_right_path() {
    for (text, expected, place) in [
        (
            "ingress:\n- from:\n  - podSelectr: {}\n",
            "unknown-field: unknown field \"spec.ingress[0].from[0].podSelectr\"",
            "podSelectr",
        ),
        (
            "- from:\n  - ipBlock: {cidr: 10.0.0.0}\n",
            "invalid-value: spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.0.0.0\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
            "10.0.0.0",
        ),
        (
            "spec:\n  podSelector: {}\n  ingres: []\n",
            "unknown-field: unknown field \"spec.ingres\"",
            "ingres",
        ),
        (
            "ingress:\n  from:\n  - podSelector: {}\n",
            "wrong-type: json: cannot unmarshal object into Go struct field NetworkPolicySpec.spec.ingress of type []v1.NetworkPolicyIngressRule",
            "from:\n  - podSelector: {}",
        ),
        (
            "policyTypes: [ingress]\n",
            "unsupported-value: spec.policyTypes[0]: Unsupported value: \"ingress\": supported values: \"Ingress\", \"Egress\"",
            "ingress",
        ),
    ] {
        let manifest = read(text);
        let errors: Vec<_> = manifest.diagnostics.iter().filter(|one| one.is_error()).collect();
        assert_eq!(errors.len(), 1, "{:?}", said(&manifest));
        assert_eq!(format!("{}: {}", errors[0].code, errors[0]), expected);
        assert_eq!(text.get(errors[0].span.start..errors[0].span.end), Some(place));
        assert!(policies(&manifest).is_empty());
    }
}

#[test]
fn what_could_be_more_than_one_thing_is_helped_and_not_evaluated() {
    for (text, help) in [
        ("- {}\n", "of which direction"),
        ("- ports:\n  - port: 80\n", "of which direction"),
        ("- from: []\n- to: []\n", "keep the two apart"),
        ("- podSelector: {}\n  namespaceSelector: {}\n", "under `from:`"),
        ("- namespaceSelector: {}\n", "under `from:`"),
        ("namespaceSelector: {}\n", "under `from:`"),
        ("podSelector: {}\n", "or a peer of one of its rules"),
        ("spec: {}\n", "kind: NetworkPolicy"),
        ("metadata: {name: a}\nspec: {podSelector: {}}\n", "kind: NetworkPolicy"),
        // a Helm values file, Cilium, Calico, an AdminNetworkPolicy, a Deployment
        ("ingress:\n  enabled: true\n", "kind: NetworkPolicy"),
        (
            "spec:\n  endpointSelector: {}\n  ingress:\n  - fromEndpoints: []\n",
            "kind: NetworkPolicy",
        ),
        (
            "spec:\n  selector: all()\n  types: [Ingress]\n  ingress:\n  - action: Allow\n",
            "kind: NetworkPolicy",
        ),
        ("spec:\n  priority: 1\n  subject: {}\n  ingress:\n  - from: []\n", "kind: NetworkPolicy"),
        ("spec: {replicas: 1, selector: {}}\n", "kind: NetworkPolicy"),
    ] {
        let manifest = read(text);
        assert!(policies(&manifest).is_empty(), "{text}");
        let [error] = manifest.diagnostics.as_slice() else { panic!("{:?}", said(&manifest)) };
        assert_eq!(error.code, Code::NotAnObject, "{text}");
        assert!(error.help.as_ref().unwrap().contains(help), "{text}{:?}", error.help);
        assert!(repair::fix(&manifest, error).is_none(), "{text}");
    }
}

#[test]
fn the_neighbours_of_a_fragment_are_edits_of_its_own_text() {
    let text = "from:\n- podSelector: {matchLabels: {app: web}}\n  namespaceSelector: {matchLabels: {team: ops}}\n";
    let text = vec![Source::new("pasted.yaml", text)];
    let analysis = Analysis::of(Inputs { text, ..Inputs::default() });
    let (policy, _) = analysis.cluster.policies().next().unwrap();
    let found = neighbours(&analysis, policy);
    assert_eq!(found[0].title, "put a dash before `namespaceSelector`");
    assert_eq!(found[0].lines[1].text, "- namespaceSelector: {matchLabels: {team: ops}}");
    let titles: Vec<&str> = found.iter().map(|neighbour| neighbour.title.as_str()).collect();
    assert!(titles.contains(&"drop `podSelector`"), "{titles:?}");
}

#[test]
fn what_no_fragment_is_stays_what_it_was() {
    for text in ["[]\n", "just text\n", "a: b\n", "services:\n  web:\n    ports: ['80:80']\n"] {
        let analysis = analysis(text);
        assert_eq!(analysis.diagnostics.len(), 1, "{text}");
        assert_eq!(analysis.diagnostics[0].code, Code::NotAnObject, "{text}");
    }
}
