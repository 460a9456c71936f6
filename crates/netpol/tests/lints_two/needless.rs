//! Rules and policies that change nothing.

use netpol::Code;

use super::*;

#[test]
fn a_policy_that_others_make_needless_is_named_once() {
    let code = Code::PolicyWithoutEffect;
    let pods = pod("web", "{}") + &pod("db", "{}");
    let needless = |policies: &[String]| -> Vec<String> {
        let text = pods.clone() + &policies.concat();
        found(&text, code)
            .iter()
            .map(|finding| {
                finding.diagnostic.message.replace(": this policy changes nothing here", "")
            })
            .collect()
    };
    let p = |name: &str, app: &str, rules: &str| {
        let labels =
            if app.is_empty() { String::new() } else { format!("matchLabels: {{app: {app}}}") };
        policy(name, &format!("podSelector: {{{labels}}}\ningress: {rules}"))
    };
    let own = "[{from: [{podSelector: {}}]}]";
    let web = "[{from: [{podSelector: {matchLabels: {app: web}}}]}]";
    let db = "[{from: [{podSelector: {matchLabels: {app: db}}}]}]";
    assert_eq!(
        needless(&[p("own", "", own), p("web-to-db", "db", web)]),
        ["`own` already admits as much to the same pods"]
    );
    // of two equal ones the later
    let twins = pods.clone() + &p("a", "db", web) + &p("b", "db", web);
    let [finding] = found(&twins, code).try_into().unwrap();
    assert!(finding.diagnostic.message.starts_with("`a`"), "{}", finding.diagnostic.message);
    // by name or by label, here they are the same
    let by_name =
        "[{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}]";
    assert_eq!(needless(&[p("name", "db", by_name), p("own", "db", own)]).len(), 1);
    // both others are in it, but a pod that comes later may be in neither
    assert_eq!(
        needless(&[p("a", "db", web), p("b", "db", db), p("c", "db", own)]),
        ["`c` already admits as much to the same pods"; 2]
    );
    for policies in [
        // who only shuts makes nobody needless
        vec![p("deny", "", "[]"), p("web-to-db", "db", web)],
        // each adds something
        vec![p("a", "db", web), p("b", "db", db)],
        // other ports, other pods, another direction
        vec![p("a", "db", "[{ports: [{port: 80}]}]"), p("b", "db", own)],
        vec![
            p("a", "db", own),
            policy(
                "b",
                "podSelector: {matchLabels: {app: db}}\npolicyTypes: [Egress]\negress: [{to: [{podSelector: {}}]}]",
            ),
        ],
        // for somebody who is not here
        vec![
            p("a", "db", own),
            p("b", "db", "[{from: [{namespaceSelector: {matchLabels: {team: ops}}}]}]"),
        ],
        vec![
            p("a", "db", "[{from: [{namespaceSelector: {}}]}]"),
            p("b", "db", "[{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]"),
        ],
    ] {
        assert_eq!(needless(&policies), Vec::<String>::new(), "{}", policies.concat());
    }
    // no pods, no word
    is_quiet(&(p("own", "", own) + &p("web-to-db", "db", web)), code);
}

#[test]
fn a_denial_for_all_is_never_needless_but_a_second_one_is() {
    let code = Code::PolicyWithoutEffect;
    let deny = |name: &str| policy(name, "podSelector: {}\npolicyTypes: [Ingress]");
    let open = policy("open", "podSelector: {}\ningress: [{from: [{podSelector: {}}]}]");
    is_quiet(&(pod("web", "{}") + &deny("deny") + &open), code);
    assert_eq!(says(&(pod("web", "{}") + &deny("deny") + &deny("deny-too")), code).len(), 1);
}

#[test]
fn a_pod_on_its_nodes_network_counts_as_well() {
    let from = |name: &str, apps: &str| {
        let peer = format!(
            "{{podSelector: {{matchExpressions: [{{key: app, operator: In, values: {apps}}}]}}}}"
        );
        policy(name, &format!("podSelector: {{}}\ningress: [{{from: [{peer}]}}]"))
    };
    let text = pod("web", "{}") + &from("web", "[web]") + &from("both", "[web, agent]");
    let first =
        |text: &str| says(text, Code::PolicyWithoutEffect)[0].replace("metadata.name: ", "");
    assert!(first(&text).starts_with("`both` already admits"));
    let agent = pod("agent", "{}").replace("spec: {", "spec: {hostNetwork: true, ");
    assert!(first(&(text + &agent)).starts_with("`both` already admits"));
}

#[test]
fn several_together_can_make_a_policy_needless() {
    let text = pod("web", "{}")
        + &policy("v4", "podSelector: {}\ningress: [{from: [{ipBlock: {cidr: 192.0.2.0/25}}]}]")
        + &policy(
            "rest",
            "podSelector: {}\ningress: [{from: [{ipBlock: {cidr: 192.0.2.128/25}}]}]",
        )
        + &policy("whole", "podSelector: {}\ningress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]");
    // the whole is later, so it is the one that is too much
    assert_eq!(
        says(&text, Code::PolicyWithoutEffect),
        [
            "metadata.name: other policies together already admit as much to the same pods: this policy changes nothing here"
        ]
    );
}

#[test]
fn a_rule_inside_another_one_is_named_where_that_holds_in_every_cluster() {
    let code = Code::RuleContained;
    let contained = |inner: &str, outer: &str| {
        let sentences = says(&ingress(&format!("[{{{inner}}}, {{{outer}}}]")), code);
        sentences.iter().any(|sentence| sentence.starts_with("spec.ingress[0]: `ingress[1]`"))
    };
    let from = |peers: &str| format!("from: [{peers}]");
    let own = from("{podSelector: {}}");
    for (inner, outer) in [
        (from("{podSelector: {matchLabels: {app: web}}}"), own.clone()),
        (own.clone(), from("{namespaceSelector: {}}")),
        (
            from("{podSelector: {matchLabels: {a: b, c: d}}}"),
            from("{podSelector: {matchExpressions: [{key: a, operator: In, values: [b, x]}]}}"),
        ),
        (
            from("{podSelector: {matchLabels: {a: b}}}"),
            from("{podSelector: {matchExpressions: [{key: a, operator: Exists}]}}"),
        ),
        (
            from("{ipBlock: {cidr: 10.0.0.0/8}}"),
            from(
                "{ipBlock: {cidr: 10.0.0.0/9}}, {ipBlock: {cidr: 10.128.0.0/9}}, {podSelector: {}}",
            ),
        ),
        (
            own.clone() + ", ports: [{port: 80}, {port: http}]",
            own.clone() + ", ports: [{port: 1, endPort: 90}, {port: http}]",
        ),
        (own.clone() + ", ports: [{port: http}]", own.clone() + ", ports: [{protocol: TCP}]"),
        (own.clone() + ", ports: [{port: 80}]", "ports: [{port: 80}]".to_owned()),
    ] {
        assert!(contained(&inner, &outer), "{inner} in {outer}");
        assert!(!contained(&outer, &inner), "{outer} in {inner}");
    }
    for (inner, outer) in [
        (own.clone(), from("{podSelector: {matchLabels: {app: web}}}")),
        (
            from("{podSelector: {matchLabels: {a: b}}}"),
            from("{podSelector: {matchLabels: {a: c}}}"),
        ),
        (from("{namespaceSelector: {matchLabels: {a: b}}}"), own.clone()),
        (
            from("{ipBlock: {cidr: 10.0.0.0/8}}"),
            from("{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}"),
        ),
        (from("{podSelector: {}}"), from("{ipBlock: {cidr: 0.0.0.0/0}}")),
        (
            own.clone() + ", ports: [{port: 80, protocol: UDP}]",
            own.clone() + ", ports: [{port: 80}]",
        ),
        (own.clone() + ", ports: [{port: http}]", own.clone() + ", ports: [{port: 80}]"),
        (own.clone(), own.clone() + ", ports: [{port: 80}]"),
    ] {
        assert!(!contained(&inner, &outer), "{inner} in {outer}");
    }
}

#[test]
fn of_two_equal_rules_the_later_goes() {
    let text = ingress("\n- from: [{podSelector: {}}] # one\n- from: [{podSelector: {}}] # two");
    assert_eq!(
        says(&text, Code::RuleContained),
        ["spec.ingress[1]: `ingress[0]` admits all of this already: the rule adds nothing"]
    );
    assert!(mended(&text, Code::RuleContained).trim_end().ends_with("# one"));
    // a rule without conditions says so itself
    is_quiet(&ingress("[{}, {from: [{podSelector: {}}]}]"), Code::RuleContained);
}
