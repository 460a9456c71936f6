//! What is shut, and what is not although it seems so.

use netpol::Code;

use super::*;

#[test]
fn rules_of_a_direction_that_is_not_listed_are_named_and_listed_by_the_fix() {
    let code = Code::RulesWithoutType;
    let text =
        policy("p", "podSelector: {}\npolicyTypes: [Ingress]\negress: [{to: [{podSelector: {}}]}]");
    assert_eq!(
        says(&text, code),
        ["spec.egress: these rules have no effect: `policyTypes` does not list `Egress`"]
    );
    assert!(mended(&text, code).contains("policyTypes: [Ingress, Egress]"));
    // of two, which are all that the API server takes, the one that is there twice makes room
    let twice = text.replace("[Ingress]", "[Ingress, Ingress]");
    assert!(mended(&twice, code).contains("policyTypes: [Ingress, Egress]"));
    let [finding] =
        found(&text.replace("[{to: [{podSelector: {}}]}]", "[]"), code).try_into().unwrap();
    assert!(
        finding.diagnostic.message.contains("any call may still go out") && finding.fix.is_none()
    );
    assert_eq!(
        says(&policy("p", "podSelector: {}\negress: []"), code),
        [
            "spec.egress: `egress: []` counts as left out where `policyTypes` is missing: any call may still go out"
        ]
    );
    assert_eq!(
        says(&policy("p", "podSelector: {}\npolicyTypes: [Egress]\ningress: [{}]"), code).len(),
        1
    );
    for spec in [
        "podSelector: {}\ningress: [{}]",
        "podSelector: {}\negress: [{}]",
        "podSelector: {}\npolicyTypes: [Ingress, Egress]\ningress: []\negress: []",
        "podSelector: {}\npolicyTypes: [Ingress]",
    ] {
        is_quiet(&policy("p", spec), code);
    }
}

#[test]
fn a_direction_shut_in_passing_is_named_but_not_a_default_denial() {
    let code = Code::IsolatesWithoutRules;
    let untyped = policy("p", "podSelector: {}\negress: [{to: [{podSelector: {}}]}] # out");
    assert_eq!(
        says(&untyped, code),
        ["spec.egress: without `policyTypes` this isolates for ingress too: nobody may connect"]
    );
    assert!(mended(&untyped, code).ends_with("# out\n  policyTypes: [Egress]\n"));
    let typed = policy(
        "p",
        "podSelector: {}\npolicyTypes: [Ingress, Egress]\ningress: [{ports: [{port: 80}]}]",
    );
    assert_eq!(
        says(&typed, code),
        [
            "spec.policyTypes: `policyTypes` lists `Egress`, but there is no `egress` rule: the pods may call nobody, not even DNS"
        ]
    );
    is_quiet(&(typed.clone() + &policy("deny", "podSelector: {}\npolicyTypes: [Egress]")), code);
    for spec in [
        "podSelector: {}",
        "podSelector: {}\npolicyTypes: [Ingress, Egress]",
        "podSelector: {}\npolicyTypes: [Ingress, Egress]\ningress: [{}]\negress: []",
        "podSelector: {}\npolicyTypes: [Egress]\negress: [{}]",
        "podSelector: {}\ningress: [{}]",
    ] {
        is_quiet(&policy("p", spec), code);
    }
}

#[test]
fn a_denial_that_admits_somebody_is_named() {
    let code = Code::DenyByName;
    let named = |name: &str, spec: &str| {
        says(&policy(name, &format!("podSelector: {{}}\n{spec}")), code).len()
    };
    let web = "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]";
    assert_eq!(
        says(&policy("deny-web", &format!("podSelector: {{}}\n{web}")), code),
        [
            "spec.ingress[0]: the policy is called `deny-web`, but this rule lets these callers in: a policy cannot deny, only admit"
        ]
    );
    assert_eq!(
        named(
            "block-bad-guys",
            "policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]"
        ),
        1
    );
    assert_eq!(named("deny-all", "ingress: [{}]"), 1);
    assert_eq!(named("isolate-shop", "ingress: [{}]"), 1);
    for (name, spec) in [
        ("deny-all", "policyTypes: [Ingress, Egress]"),
        ("default-deny-allow-dns", web),
        ("deny-all-except-web", web),
        ("deny-from-other-namespaces", "ingress: [{from: [{podSelector: {}}]}]"),
        (
            "web-deny-egress",
            "policyTypes: [Egress]\negress: [{to: [{podSelector: {matchLabels: {app: web}}}]}]",
        ),
        (
            "web-deny-external-egress",
            "policyTypes: [Egress]\negress: [{to: [{namespaceSelector: {}}]}]",
        ),
        ("deny-external", "ingress: [{from: [{podSelector: {}}]}]"),
        ("default-deny", "policyTypes: [Egress]\negress: [{ports: [{port: 53, protocol: UDP}]}]"),
        (
            "deny-metadata",
            "policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]}]",
        ),
        ("isolate-shop", web),
        ("blockchain", web),
        ("deny-egress", "policyTypes: [Egress]\ningress: [{}]"),
        ("web", web),
    ] {
        assert_eq!(named(name, spec), 0, "{name}: {spec}");
    }
}

#[test]
fn open_pods_beside_guarded_ones_are_named_once_a_namespace() {
    let code = Code::NoDefaultDeny;
    let guard = |app: &str| {
        policy(app, &format!("podSelector: {{matchLabels: {{app: {app}}}}}\ningress: []"))
    };
    let pods: String = ["web", "db", "cache", "queue", "mail", "cron"]
        .iter()
        .map(|name| pod(name, "{}"))
        .collect();
    let two = pods.clone() + &guard("web") + &guard("db");
    assert_eq!(
        says(&two, code),
        [
            "metadata.name: 2 policies of `shop` isolate pods for ingress, but no one isolates all: anyone may connect to `cache`, `queue`, `mail` and 1 more"
        ]
    );
    is_quiet(&(pods.clone() + &guard("web")), code);
    is_quiet(
        &(pods.clone() + &guard("web") + &guard("web").replace("name: web,", "name: web-too,")),
        code,
    );
    is_quiet(&(pods.clone() + &guard("web") + &guard("nobody")), code);
    is_quiet(&(two.clone() + &policy("deny", "podSelector: {}")), code);
    is_quiet(&(guard("web") + &guard("db")), code);
    is_quiet(&(pod("web", "{}") + &pod("db", "{}") + &guard("web") + &guard("db")), code);
    // whoever is on the node's network is not a policy's to isolate
    let node = pod("cron", "{}").replace("spec: {", "spec: {hostNetwork: true, ");
    is_quiet(&(pod("web", "{}") + &pod("db", "{}") + &node + &guard("web") + &guard("db")), code);
}
