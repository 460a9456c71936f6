//! What admits more than it seems to.

use netpol::Code;

use super::*;

#[test]
fn an_empty_list_is_named_where_it_is_written_and_nowhere_else() {
    let code = Code::EmptyListAdmitsAll;
    assert_eq!(
        says(&ingress("[{from: [], ports: [{port: 80}]}]"), code),
        ["spec.ingress[0].from: `from: []` means everyone, not nobody: anyone may connect"]
    );
    assert_eq!(
        says(&egress("[{to: [{podSelector: {}}]}, {to: }]"), code),
        [
            "spec.egress[1].to: `to:` with nothing in it means everywhere, not nowhere: any call may go out"
        ]
    );
    assert_eq!(
        says(&ingress("[{from: [{podSelector: {}}], ports: []}]"), code),
        ["spec.ingress[0].ports: `ports: []` means every port of every protocol, not none"]
    );
    for rules in ["[]", "[{}]", "[{ports: [{port: 80}]}]", "[{from: [{podSelector: {}}]}]"] {
        is_quiet(&ingress(rules), code);
    }
    // rules without effect have a finding of their own
    is_quiet(&policy("p", "podSelector: {}\npolicyTypes: [Egress]\ningress: [{from: []}]"), code);
}

#[test]
fn a_rule_without_conditions_says_what_it_makes_needless() {
    let code = Code::RuleAdmitsAll;
    assert_eq!(
        says(&ingress("[{}]"), code),
        ["spec.ingress[0]: a rule without conditions: anyone may connect, on every port"]
    );
    let other =
        policy("other", "podSelector: {matchLabels: {app: db}}\ningress: [{ports: [{port: 1}]}]");
    let text = ingress("\n- from: [{podSelector: {}}]\n-") + &other;
    assert_eq!(
        says(&text, code),
        [
            "spec.ingress[1]: a rule without conditions: anyone may connect, on every port; the other rules of `ingress` and those of `other` add nothing"
        ]
    );
    // the usual way to leave egress alone
    is_quiet(&egress("[{}]"), code);
    assert_eq!(says(&egress("[{}, {to: [{podSelector: {}}]}]"), code).len(), 1);
    is_quiet(&ingress("[{from: []}]"), code);
    is_quiet(&ingress("[{ports: [{port: 80}]}]"), code);
}

#[test]
fn an_empty_namespace_selector_is_named_with_its_ports() {
    let code = Code::AllNamespaces;
    assert_eq!(
        says(
            &ingress(
                "[{from: [{podSelector: {}}, {namespaceSelector: {}, podSelector: {}}], ports: [{port: 80}]}]"
            ),
            code
        ),
        [
            "spec.ingress[0].from[1]: an empty `namespaceSelector` matches every namespace: every pod of the cluster may connect on TCP 80"
        ]
    );
    assert_eq!(says(&egress("[{to: [{namespaceSelector: {}}]}]"), code).len(), 1);
    for rules in [
        "[{to: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}, {port: 53}]}]",
        "[{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]}]",
        "[{to: [{namespaceSelector: {matchLabels: {a: b}}}]}]",
        "[{to: [{podSelector: {}}]}]",
    ] {
        is_quiet(&egress(rules), code);
    }
}
