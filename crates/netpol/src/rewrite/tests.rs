use super::*;

const POLICY: &str = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}  # flow
spec:
  podSelector: {}
  ingress:
  # who
  - from:
    - podSelector: {matchLabels: {app: web}}   # the web
      namespaceSelector:
        matchLabels:
          team: ops
    # both
    - podSelector: {}
    ports:
    - port: 80
    - port: 443 # TLS
  egress: [{to: [{podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]
";

fn manifest() -> Manifest {
    Manifest::read(vec![Source::new("policy.yaml", POLICY)])
}

fn origin(path: &str) -> Origin {
    let path = path.split('/').fold(crate::FieldPath::root(), |path, part| match part.parse() {
        Ok(index) => path.index(index),
        Err(_) => path.key(part),
    });
    Origin { document: 0, path }
}

/// What changes, as a difference; the new text must be read without a fault.
fn difference(rewrite: impl FnOnce(Rewriter<'_>) -> Option<Rewrite>) -> String {
    let manifest = manifest();
    let Some(rewrite) = rewrite(Rewriter::new(&manifest)) else { return "none".to_owned() };
    let after = Manifest::read(vec![Source::new("after", rewrite.apply(POLICY))]);
    assert!(after.documents[0].yaml.faults.is_empty(), "{}", rewrite.apply(POLICY));
    let changes = rewrite.lines(&manifest.sources[0]);
    let line = |change: &Change| {
        format!("{}{} {}", if change.is_added { '+' } else { '-' }, change.line, change.text)
    };
    changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_dash_more_makes_two_items_and_a_dash_less_makes_one() {
    assert_eq!(
        difference(|r| r.split(&origin("spec/ingress/0/from/0"), "namespaceSelector")),
        "-10       namespaceSelector:\n+10     - namespaceSelector:"
    );
    assert_eq!(
        difference(|r| r.split(&origin("spec/ingress/0"), "ports")),
        "-15     ports:\n+15   - ports:"
    );
    assert_eq!(
        difference(|r| r.split(&origin("spec/egress/0/to/0"), "namespaceSelector")),
        "-18   egress: [{to: [{podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]\n+18   egress: [{to: [{podSelector: {}}, {namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]"
    );
    assert_eq!(
        difference(|r| r.join(&origin("spec/egress/0/to/1"))),
        "-18   egress: [{to: [{podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]\n+18   egress: [{to: [{podSelector: {}, namespaceSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]"
    );
}

#[test]
fn the_first_key_and_the_first_item_have_no_dash_to_move() {
    assert_eq!(difference(|r| r.split(&origin("spec/ingress/0/from/0"), "podSelector")), "none");
    assert_eq!(difference(|r| r.join(&origin("spec/ingress/0/from/0"))), "none");
    assert_eq!(difference(|r| r.join(&origin("spec/ingress/0/ports/1"))), "none", "port twice");
    assert_eq!(difference(|r| r.split(&origin("spec/ingress/0/from/7"), "podSelector")), "none");
}

#[test]
fn what_is_added_takes_the_indentation_of_its_neighbours() {
    assert_eq!(
        difference(|r| r.add_item(&origin("spec/ingress/0/ports"), "port: 53\nprotocol: UDP")),
        "+18     - port: 53\n+19       protocol: UDP"
    );
    assert_eq!(
        difference(|r| r.add_entry(&origin("spec/ingress/0/from/1"), "namespaceSelector: {}")),
        "+15       namespaceSelector: {}"
    );
    assert_eq!(
        difference(|r| r.add_item(&origin("spec/egress"), "{}")),
        "-18   egress: [{to: [{podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]\n+18   egress: [{to: [{podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}, {}]"
    );
    assert_eq!(
        difference(|r| r.add_entry(&origin("spec/podSelector"), "matchLabels: {app: db}")),
        "-5   podSelector: {}\n+5   podSelector: {matchLabels: {app: db}}"
    );
}

#[test]
fn what_is_removed_leaves_the_rest_and_its_comments() {
    assert_eq!(
        difference(|r| r.remove(&origin("spec/ingress/0/from/0/podSelector"))),
        "-9     - podSelector: {matchLabels: {app: web}}   # the web\n-10       namespaceSelector:\n+9     - namespaceSelector:"
    );
    assert_eq!(
        difference(|r| r.remove(&origin("spec/ingress/0/ports/1"))),
        "-17     - port: 443 # TLS"
    );
    assert_eq!(
        difference(|r| r.remove(&origin("spec/egress/0/to/1"))),
        "-18   egress: [{to: [{podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]\n+18   egress: [{to: [{podSelector: {}, namespaceSelector: {}}]}]"
    );
    assert_eq!(
        difference(|r| r.remove(&origin("spec/egress"))),
        "-18   egress: [{to: [{podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]"
    );
    assert_eq!(difference(|r| r.remove(&origin("spec/ingress/0"))), "none", "the only item");
}

#[test]
fn values_and_keys_are_replaced_where_they_stand() {
    assert_eq!(
        difference(|r| r.replace(&origin("spec/ingress/0/ports/1/port"), "8443")),
        "-17     - port: 443 # TLS\n+17     - port: 8443 # TLS"
    );
    assert_eq!(
        difference(|r| r.rename(
            &origin("spec/ingress/0/from/0/namespaceSelector/matchLabels/team"),
            "purpose"
        )),
        "-12           team: ops\n+12           purpose: ops"
    );
}

#[test]
fn a_value_of_several_lines_is_set_to_one_of_a_line_and_its_comments_stay() {
    assert_eq!(
        difference(|r| r.set(&origin("spec/ingress/0/from/0/namespaceSelector"), "{}")),
        "-10       namespaceSelector:\n-11         matchLabels:\n-12           team: ops\n+10       namespaceSelector: {}"
    );
    assert_eq!(
        difference(|r| r.set(&origin("spec/ingress"), "[]")),
        "-6   ingress:\n-7   # who\n-8   - from:\n-9     - podSelector: {matchLabels: {app: web}}   # the web\n-10       namespaceSelector:\n-11         matchLabels:\n-12           team: ops\n-13     # both\n-14     - podSelector: {}\n-15     ports:\n-16     - port: 80\n-17     - port: 443 # TLS\n+6   ingress: []\n+7   # who # TLS"
    );
    assert_eq!(
        difference(|r| r.set(&origin("spec/ingress/0/ports/1/port"), "80")),
        "-17     - port: 443 # TLS\n+17     - port: 80 # TLS"
    );
    assert_eq!(difference(|r| r.set(&origin("spec/ingress/0/from/1"), "{}")), "none", "an item");
}

#[test]
fn an_item_in_braces_is_split_and_joined_like_any_other() {
    let text = "ingress:\n- from:\n  - {podSelector: {}, namespaceSelector: {}}  # both\n";
    let manifest = Manifest::read(vec![Source::new("braces", text)]);
    // a pasted fragment: its places are those of a whole policy
    let item = origin("spec/ingress/0/from/0");
    let split = Rewriter::new(&manifest).split(&item, "namespaceSelector").unwrap().apply(text);
    assert_eq!(
        split,
        "ingress:\n- from:\n  - {podSelector: {}}\n  - {namespaceSelector: {}}  # both\n"
    );
    let manifest = Manifest::read(vec![Source::new("braces", split.clone())]);
    let joined = Rewriter::new(&manifest).join(&origin("spec/ingress/0/from/1")).unwrap();
    assert_eq!(joined.apply(&split), text);
}

#[test]
fn what_an_alias_repeats_is_left_alone() {
    let text = "a: &x\n- b: 1\n  c: 2\nd: *x\n";
    let manifest = Manifest::read(vec![Source::new("aliases", text)]);
    let rewriter = Rewriter::new(&manifest);
    assert!(rewriter.split(&origin("a/0"), "c").is_some());
    assert!(rewriter.split(&origin("d/0"), "c").is_none());
    assert!(rewriter.replace(&origin("d/0/c"), "3").is_none());
}

#[test]
fn a_list_in_brackets_ends_at_its_bracket_whatever_follows() {
    for rest in ["", "  ", " # comment", " # ]", "\n", "  \n", " # comment\n", "\nb: c\n"] {
        let text = format!("a: [x]{rest}");
        let manifest = Manifest::read(vec![Source::new("brackets", text.clone())]);
        let longer = Rewriter::new(&manifest).add_item(&origin("a"), "y").unwrap();
        assert_eq!(longer.apply(&text), format!("a: [x, y]{rest}"));
    }
}
