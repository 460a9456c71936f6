//! Lints about pods that are not there, Services' ports and DNS: when each speaks, and when it does not.
#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Code, Inputs, Source, Witnesses,
    lint::{Finding, lints},
};

const MINE: [Code; 11] = [
    Code::SelectorsOred,
    Code::SelectorsAnded,
    Code::PodSelectorStaysHome,
    Code::NamespaceLabelMissing,
    Code::SelectsNoPod,
    Code::PeerMatchesNoPod,
    Code::ServicePort,
    Code::NamedPortUnknown,
    Code::NamedPortOnBlock,
    Code::DnsOverTcpOnly,
    Code::EgressWithoutDns,
];

fn found_in(text: &str, fallback: &str) -> Vec<Finding> {
    let sources = |text| vec![Source::new("text.yaml", text)];
    let inputs = Inputs {
        text: sources(text),
        fallback: sources(fallback),
        witnesses: Witnesses::AddUnlessPods,
        ..Inputs::default()
    };
    let mut found = lints(&Analysis::of(inputs));
    found.retain(|finding| MINE.contains(&finding.diagnostic.code));
    found
}

/// What is said, as `code: message`.
fn said(text: &str) -> Vec<String> {
    let line = |Finding { diagnostic, .. }: &Finding| {
        format!("{}: {}", diagnostic.code, diagnostic.message)
    };
    found_in(text, "").iter().map(line).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    found_in(text, "").iter().map(|finding| finding.diagnostic.code.as_str()).collect()
}

/// The text after the first fix that is offered.
fn mended(text: &str) -> String {
    let fix = found_in(text, "").into_iter().find_map(|finding| finding.fix).unwrap();
    let mended = fix.rewrite.apply(text);
    assert_eq!(codes(&mended), [""; 0], "{mended}");
    mended
}

/// Three namespaces: `shop` with `web`, `db` (port `sql`) and `silent` (no ports), `ops` with
/// `monitor`, and `bare`, which is declared and has no pods.
const CLUSTER: &str = "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}
- {apiVersion: v1, kind: Namespace, metadata: {name: ops, labels: {team: ops}}}
- {apiVersion: v1, kind: Namespace, metadata: {name: bare}}
- apiVersion: v1
  kind: Pod
  metadata: {name: web, namespace: shop, labels: {app: web}}
  spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}]}
- apiVersion: v1
  kind: Pod
  metadata: {name: db, namespace: shop, labels: {app: db, tier: back}}
  spec: {containers: [{name: c, ports: [{name: sql, containerPort: 5432}]}]}
- {apiVersion: v1, kind: Pod, metadata: {name: silent, namespace: shop, labels: {app: silent}}}
- {apiVersion: v1, kind: Pod, metadata: {name: monitor, namespace: ops, labels: {app: monitor}}}
- {apiVersion: v1, kind: Pod, metadata: {name: node, namespace: shop, labels: {app: node}}, spec: {hostNetwork: true}}
";

/// A policy of `shop` beside the cluster.
fn with(spec: &str) -> String {
    format!("{CLUSTER}{}", alone("p", "shop", spec))
}

/// A policy with a spec that is one line or a block.
fn alone(name: &str, namespace: &str, spec: &str) -> String {
    let spec = if spec.starts_with('{') { format!(" {spec}") } else { spec.to_owned() };
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec:{spec}\n"
    )
}

fn from(peers: &str) -> String {
    with(&format!("{{podSelector: {{}}, ingress: [{{from: [{peers}]}}]}}"))
}

#[test]
fn one_item_that_nobody_meets_is_told_what_two_would_admit() {
    let text = from(
        "{podSelector: {matchLabels: {app: web}}, namespaceSelector: {matchLabels: {team: ops}}}",
    );
    assert_eq!(
        said(&text),
        [
            "selectors-anded: one item means AND, and no pod with `app=web` is in a namespace with `team=ops`: none here, as two items (OR) 2 pods"
        ]
    );
    let two = "[{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: ops}}}]";
    assert!(mended(&text).contains(two));
}

#[test]
fn one_item_that_somebody_meets_or_may_meet_is_left_alone() {
    for peers in [
        // somebody meets both
        "{podSelector: {matchLabels: {app: web}}, namespaceSelector: {matchLabels: {team: shop}}}",
        // the pods of that namespace are not known
        "{podSelector: {matchLabels: {app: web}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bare}}}",
        // nor is that namespace
        "{podSelector: {matchLabels: {app: web}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: else}}}",
        "{podSelector: {}, namespaceSelector: {matchLabels: {team: ops}}}",
    ] {
        assert_eq!(codes(&from(peers)), [""; 0], "{peers}");
    }
    // two items would admit no more pods of `shop`: a slip of the pen
    let peers =
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {team: ops}}}";
    assert_eq!(codes(&from(peers)), ["peer-matches-no-pod"]);
}

#[test]
fn two_items_are_what_was_meant_where_nobody_meets_both() {
    let peers =
        "{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: ops}}}";
    assert_eq!(codes(&from(peers)), [""; 0]);
    let peers = "{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: shop}}}";
    assert_eq!(codes(&from(peers)), ["selectors-ored"]);
}

#[test]
fn a_pod_selector_that_finds_pods_only_elsewhere_is_led_there() {
    let text = from("{podSelector: {matchLabels: {app: monitor}}}");
    assert_eq!(
        said(&text),
        [
            "pod-selector-stays-home: `podSelector` alone looks no further than `shop`, where no pod has `app=monitor`: it misses 1 pod of `ops`"
        ]
    );
    let line = "{podSelector: {matchLabels: {app: monitor}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}";
    assert!(mended(&text).contains(line));
    let block = "
  podSelector: {}
  ingress:
  - from:
    - podSelector:
        matchLabels: {app: monitor} # who looks
    # nobody else";
    let expected = "
    - podSelector:
        matchLabels: {app: monitor} # who looks
      namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: ops
    # nobody else";
    assert!(mended(&with(block)).contains(expected));
}

#[test]
fn pods_of_several_namespaces_are_named_without_a_fix() {
    let more = "---\n{apiVersion: v1, kind: Pod, metadata: {name: m, namespace: bare, labels: {app: monitor}}}\n";
    let found = found_in(&(from("{podSelector: {matchLabels: {app: monitor}}}") + more), "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert!(finding.diagnostic.message.ends_with("it misses 2 pods of other namespaces"));
    assert_eq!(finding.fix, None);
}

#[test]
fn a_selector_that_finds_pods_at_home_has_no_need_to_travel() {
    for peers in [
        "{podSelector: {matchLabels: {app: web}}}",
        // it is there, whatever the network plugin makes of it
        "{podSelector: {matchLabels: {app: node}}}",
        "{podSelector: {}}",
    ] {
        assert_eq!(codes(&from(peers)), [""; 0], "{peers}");
    }
    let text = CLUSTER.to_owned()
        + &alone(
            "p",
            "bare",
            "{ingress: [{from: [{podSelector: {matchLabels: {app: monitor}}}]}]}",
        );
    assert_eq!(codes(&text), [""; 0], "the pods of `bare` are not known");
}

#[test]
fn a_label_that_is_only_a_namespaces_name_is_told_the_one_that_holds_it() {
    let text = from("{namespaceSelector: {matchLabels: {name: ops}}}");
    assert_eq!(
        said(&text),
        [
            "namespace-label-missing: no namespace has the label `name=ops`: being called `ops` is not enough, so this item admits nobody"
        ]
    );
    assert!(mended(&text).contains("{matchLabels: {kubernetes.io/metadata.name: ops}}"));
    let text = from(
        "{namespaceSelector: {matchExpressions: [{key: name, operator: In, values: [ops, shop]}]}}",
    );
    assert!(
        mended(&text)
            .contains("[{key: kubernetes.io/metadata.name, operator: In, values: [ops, shop]}]")
    );
}

#[test]
fn a_label_that_a_namespace_has_or_may_have_is_left_alone() {
    for peers in [
        "{namespaceSelector: {matchLabels: {team: ops}}}",
        // no namespace of that name is known
        "{namespaceSelector: {matchLabels: {name: else}}}",
        "{namespaceSelector: {matchExpressions: [{key: name, operator: NotIn, values: [ops]}]}}",
        "{namespaceSelector: {matchExpressions: [{key: name, operator: In, values: [ops, else]}]}}",
    ] {
        assert_eq!(codes(&from(peers)), [""; 0], "{peers}");
    }
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: ops}}\n".to_owned()
        + &alone(
            "p",
            "ops",
            "{ingress: [{from: [{namespaceSelector: {matchLabels: {name: ops}}}]}]}",
        );
    assert_eq!(codes(&text), [""; 0], "nobody declared `ops`, so its labels are not known");
}

#[test]
fn a_policy_that_selects_nobody_is_told_the_labels_that_there_are() {
    let text = with("{podSelector: {matchLabels: {app: wbe}}}");
    let found = found_in(&text, "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        finding.diagnostic.message,
        "no pod of `shop` has `app=wbe`: the policy protects nobody"
    );
    let help = "correct the label: here `app` is `db`, `node`, `silent` and 1 more";
    assert_eq!(finding.diagnostic.help.as_deref(), Some(help));
    let help = |labels: &str| {
        let found = found_in(&with(&format!("{{podSelector: {{matchLabels: {{{labels}}}}}}}")), "");
        found.first().unwrap().diagnostic.help.clone().unwrap()
    };
    assert_eq!(help("ap: web"), "correct the label: no pod here has `ap`");
    assert_eq!(help("app: web, tier: back"), "correct the labels: no pod here meets them all");
}

#[test]
fn nobody_is_missed_where_pods_may_stand_elsewhere() {
    let policy = "{podSelector: {matchLabels: {app: wbe}}}";
    assert_eq!(codes(&with(policy)), ["selects-no-pod"]);
    for (text, why) in [
        (with("{podSelector: {matchLabels: {app: node}}}"), "a pod on its node's network is one"),
        (CLUSTER.to_owned() + &alone("p", "bare", policy), "no pods of the namespace are known"),
        (alone("p", "shop", policy), "no pods at all are known"),
        (
            with(policy)
                + "---\n{apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: k8s, namespace: shop}}\n",
            "an operator makes pods of it",
        ),
        (
            with(policy)
                + "---\n{apiVersion: v1, kind: Pod, metadata: {name: wbe, namespace: shop, labels: [app]}}\n",
            "a pod was refused",
        ),
    ] {
        assert_eq!(codes(&text), [""; 0], "{why}");
    }
    let elsewhere = with(policy)
        + "---\n{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c, namespace: ops}}\n";
    assert_eq!(codes(&elsewhere), ["selects-no-pod"], "of another namespace");
    let expectation = with(policy) + "#? shop/gone -> shop/web:80 allowed\n";
    assert_eq!(codes(&expectation), ["selects-no-pod"], "a faulty expectation is no pod");
}

#[test]
fn in_a_cluster_that_only_serves_nobody_is_missed_in_the_namespace_of_strangers() {
    let policy = |namespace| alone("p", namespace, "{podSelector: {matchLabels: {app: api}}}");
    let cluster = CLUSTER.replace("namespace: ops", "namespace: default");
    let speaks = |namespace| !found_in(&policy(namespace), &cluster).is_empty();
    assert!(speaks("shop"));
    assert!(!speaks("default"));
    assert_eq!(codes(&(cluster.clone() + &policy("default"))), ["selects-no-pod"]);
}

#[test]
fn a_peer_that_finds_nobody_is_named_once() {
    let text = from("{podSelector: {matchLabels: {app: wbe}}}");
    assert_eq!(
        said(&text),
        ["peer-matches-no-pod: no pod of `shop` has `app=wbe`: this item admits nobody"]
    );
    let text = from(
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {team: ops}}}",
    );
    assert_eq!(
        said(&text),
        [
            "peer-matches-no-pod: no pod of namespaces with `team=ops` has `app=wbe`: this item admits nobody"
        ]
    );
    // another lint knows why
    let peers =
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {name: ops}}}";
    assert_eq!(codes(&from(peers)), ["namespace-label-missing"]);
}

#[test]
fn a_peer_in_namespaces_that_are_not_known_is_left_alone() {
    for peers in [
        // any cluster has a namespace with DNS, and few texts do
        "{podSelector: {matchLabels: {k8s-app: kube-dns}}, namespaceSelector: {}}",
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bare}}}",
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchLabels: {team: else}}}",
        "{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [ops]}]}}",
        "{podSelector: {matchLabels: {app: node}}}",
        "{ipBlock: {cidr: 203.0.113.0/24}}",
    ] {
        assert_eq!(codes(&from(peers)), [""; 0], "{peers}");
    }
    let dead =
        "{policyTypes: [Egress], ingress: [{from: [{podSelector: {matchLabels: {app: wbe}}}]}]}";
    assert_eq!(codes(&with(dead)), [""; 0], "the rule takes no effect");
}

fn service(ports: &str, more: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: shop}}\nspec: {{selector: {{app: web}}, ports: [{ports}]{more}}}\n"
    )
}

const WEB_PORT: &str = "{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}]}]}";

#[test]
fn a_services_port_is_replaced_by_the_pods() {
    for target in ["8080", "http"] {
        let text = with(WEB_PORT) + &service(&format!("{{port: 80, targetPort: {target}}}"), "");
        assert_eq!(
            said(&text),
            [
                "service-port: `80` is the port of Service `web`, and policies see the pod's, `8080`: no call to the Service gets through"
            ]
        );
        assert!(mended(&text).contains("ports: [{port: 8080}]}"));
    }
    let egress = "{policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}, {port: 53, protocol: UDP}]}]}";
    let text = with(egress) + &service("{port: 80, targetPort: 8080}", "");
    assert_eq!(codes(&text), ["service-port"]);
}

#[test]
fn a_name_serves_where_the_pods_of_a_service_listen_on_different_ports() {
    let other = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web2, namespace: shop, labels: {app: web}}\nspec: {containers: [{name: c, ports: [{name: http, containerPort: 9090}]}]}\n";
    let text = with(WEB_PORT) + &service("{port: 80, targetPort: http}", "") + other;
    assert!(mended(&text).contains("ports: [{port: http}]}"));
}

#[test]
fn a_port_that_may_be_the_pods_own_is_left_alone() {
    let all = "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}";
    let translating = service("{port: 80, targetPort: 8080}", "");
    for (text, why) in [
        (with(&WEB_PORT.replace("80}", "8080}")) + &translating, "the pod's port"),
        (with(&WEB_PORT.replace("{port: 80}", "{port: 80}, {port: 8080}")) + &translating, "both"),
        (with(&WEB_PORT.replace("80}", "80, endPort: 90}")) + &translating, "a range"),
        (with(&WEB_PORT.replace("80}", "80, protocol: UDP}")) + &translating, "another protocol"),
        (with(all) + &translating, "`silent` declares nothing, and may listen there"),
        (with(WEB_PORT) + &service("{port: 80}", ""), "nothing is translated"),
        (
            with(WEB_PORT) + &service("{port: 80, targetPort: 8080}", ", clusterIP: None"),
            "headless",
        ),
        (
            with(WEB_PORT).replace("containerPort: 8080", "containerPort: 80") + &translating,
            "declared",
        ),
        (
            with(WEB_PORT)
                + &service(
                    "{name: a, port: 80, targetPort: 8080}, {name: b, port: 81, targetPort: 80}",
                    "",
                ),
            "another port leads there",
        ),
        (alone("p", "shop", WEB_PORT) + &translating, "no pods are known"),
    ] {
        assert_eq!(codes(&text), [""; 0], "{why}");
    }
}

#[test]
fn a_name_that_no_container_declares_is_told_with_those_that_there_are() {
    let text = with("{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: mysql}]}]}");
    let found = found_in(&text, "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        finding.diagnostic.message,
        "no container here declares a TCP port `mysql`: this item opens no port"
    );
    assert_eq!(finding.diagnostic.help.as_deref(), Some("write a name that they declare: `sql`"));
    let text = with("{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: dns}]}]}");
    let help = found_in(&text, "").remove(0).diagnostic.help.unwrap();
    assert_eq!(help, "it is a port of UDP: write `protocol: UDP`");
    // on the way out, the peers' containers count
    let egress = |port: &str| {
        with(&format!(
            "{{podSelector: {{matchLabels: {{app: db}}}}, policyTypes: [Egress], egress: [{{to: [{{podSelector: {{matchLabels: {{app: web}}}}}}], ports: [{{port: {port}}}, {{port: 53, protocol: UDP}}]}}]}}"
        ))
    };
    assert_eq!(codes(&egress("sql")), ["named-port-unknown"]);
    assert_eq!(codes(&egress("http")), [""; 0]);
}

#[test]
fn a_name_that_some_container_declares_or_may_declare_is_left_alone() {
    for spec in [
        "{podSelector: {}, ingress: [{ports: [{port: sql}]}]}",
        "{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: dns, protocol: UDP}]}]}",
        "{policyTypes: [Egress], egress: [{ports: [{port: else}, {port: 53, protocol: UDP}]}]}",
        "{policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}], ports: [{port: else}, {port: 53, protocol: UDP}]}]}",
        "{policyTypes: [Egress], egress: [{to: [{podSelector: {}}, {namespaceSelector: {matchLabels: {team: else}}}], ports: [{port: else}, {port: 53, protocol: UDP}]}]}",
    ] {
        assert_eq!(codes(&with(spec)), [""; 0], "{spec}");
    }
    let text = alone("p", "shop", "{ingress: [{ports: [{port: sql}]}]}");
    assert_eq!(codes(&text), [""; 0], "no pods are known");
}

#[test]
fn a_name_means_nothing_to_addresses() {
    let egress = |to: &str| {
        format!("{{policyTypes: [Egress], egress: [{{to: [{to}], ports: [{{port: https}}]}}]}}")
    };
    let block = "{ipBlock: {cidr: 203.0.113.0/24}}";
    assert_eq!(
        said(&alone("p", "shop", &egress(block))),
        [
            "named-port-on-block: `https` is the name of a container's port, and addresses have none: this item opens no port"
        ]
    );
    let mixed = format!("{block}, {{namespaceSelector: {{}}}}");
    assert!(!codes(&alone("p", "shop", &egress(&mixed))).contains(&"named-port-on-block"));
    let ingress =
        "{ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: https}]}]}";
    assert_eq!(codes(&alone("p", "shop", ingress)), [""; 0], "the name is the selected pods'");
}

const DNS: &str = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}";

fn dns(ports: &str, more: &str) -> String {
    alone(
        "p",
        "shop",
        &format!("{{policyTypes: [Egress], egress: [{{to: [{DNS}], ports: [{ports}]}}{more}]}}"),
    )
}

#[test]
fn port_53_without_udp_gets_it() {
    let text = dns("{port: 53}", "");
    assert_eq!(
        said(&text),
        [
            "dns-over-tcp-only: port 53 without `protocol` is TCP, and names are asked for over UDP: they do not resolve"
        ]
    );
    assert!(mended(&text).contains("ports: [{port: 53}, {protocol: UDP, port: 53}]"));
    let text = dns("{protocol: TCP, port: 53}", "");
    assert_eq!(
        said(&text),
        [
            "dns-over-tcp-only: port 53 is open for TCP alone, and names are asked for over UDP: they do not resolve"
        ]
    );
    let block = "
  policyTypes: [Egress]
  egress:
  - to: [{ipBlock: {cidr: 10.0.0.53/32}}]
    ports:
    - port: 53 # DNS
    - port: 443";
    let expected = "\n    - port: 53 # DNS\n    - port: 443\n    - protocol: UDP\n      port: 53\n";
    assert!(mended(&alone("p", "shop", block)).contains(expected));
}

#[test]
fn port_53_with_udp_is_left_alone_wherever_udp_stands() {
    let own_rule = format!(", {{to: [{DNS}], ports: [{{port: 53, protocol: UDP}}]}}");
    for text in [
        dns("{port: 53}, {port: 53, protocol: UDP}", ""),
        dns("{port: 53}, {protocol: UDP}", ""),
        dns("{port: 53}, {port: 1, endPort: 100, protocol: UDP}", ""),
        dns("{port: 53}", &own_rule),
        dns("{port: 53}", ", {ports: [{port: 53, protocol: UDP}]}"),
        dns("{port: 1, endPort: 100}, {port: 53, protocol: UDP}", ""),
    ] {
        assert_eq!(codes(&text), [""; 0], "{text}");
    }
    let other = ", {to: [{podSelector: {}}], ports: [{port: 53, protocol: UDP}]}";
    assert_eq!(codes(&dns("{port: 53}", other)), ["dns-over-tcp-only"], "of other pods");
}

/// A policy that lets `app` call the pods of its namespace.
fn calls(name: &str, selector: &str) -> String {
    alone(
        name,
        "shop",
        &format!(
            "{{podSelector: {selector}, policyTypes: [Egress], egress: [{{to: [{{podSelector: {{}}}}]}}]}}"
        ),
    )
}

const WEB: &str = "{matchLabels: {app: web}}";

#[test]
fn pods_that_may_call_others_and_not_dns_get_the_escape_hatch() {
    assert_eq!(
        said(&calls("p", WEB)),
        [
            "egress-without-dns: pods with `app=web` of `shop` cannot resolve names: isolated for egress, and nothing admits UDP 53"
        ]
    );
    assert!(said(&calls("p", "{}")).first().unwrap().contains("every pod of `shop` cannot"));
    let block = "
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - podSelector: {} # each other
    # no more";
    let expected = "
    - to:
        - podSelector: {} # each other
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
      - protocol: TCP
        port: 53
    # no more";
    let text = mended(&alone("p", "shop", block));
    assert!(text.contains(expected), "{text}");
    assert!(
        mended(&calls("p", WEB))
            .contains("ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}]}")
    );
}

#[test]
fn whoever_calls_nobody_or_addresses_only_needs_no_names() {
    for spec in [
        "{policyTypes: [Egress]}",
        "{policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}]}",
        "{policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 443}]}]}",
        "{policyTypes: [Egress], egress: [{ports: [{port: 443}]}]}",
        "{policyTypes: [Ingress], egress: [{to: [{podSelector: {}}]}]}",
    ] {
        assert_eq!(codes(&alone("p", "shop", spec)), [""; 0], "{spec}");
    }
}

#[test]
fn any_way_to_dns_will_do() {
    for rule in [
        format!("{{to: [{DNS}]}}"),
        format!("{{to: [{DNS}], ports: [{{port: 53, protocol: UDP}}]}}"),
        "{to: [{namespaceSelector: {}}]}".to_owned(),
        "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}}], ports: [{port: dns, protocol: UDP}]}".to_owned(),
        "{ports: [{port: 5353, protocol: UDP}]}".to_owned(),
        "{to: [{ipBlock: {cidr: 169.254.20.10/32}}], ports: [{port: 53, protocol: UDP}]}".to_owned(),
        "{to: [{ipBlock: {cidr: 169.254.20.10/32}}]}".to_owned(),
        "{ports: [{protocol: UDP}]}".to_owned(),
        "{}".to_owned(),
    ] {
        let spec = format!("{{policyTypes: [Egress], egress: [{{to: [{{podSelector: {WEB}}}], ports: [{{port: 80}}]}}, {rule}]}}");
        assert_eq!(codes(&alone("p", "shop", &spec)), [""; 0], "{rule}");
    }
    let pinned = "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}]}";
    let spec = format!("{{policyTypes: [Egress], egress: [{pinned}]}}");
    assert_eq!(codes(&alone("p", "shop", &spec)), ["egress-without-dns"], "all ports of `ops`");
}

#[test]
fn another_policy_of_the_same_pods_may_lead_to_dns() {
    let way = |selector: &str| {
        let spec = format!(
            "{{podSelector: {selector}, policyTypes: [Egress], egress: [{{to: [{DNS}]}}]}}"
        );
        alone("dns", "shop", &spec)
    };
    for selector in ["{}", WEB, "{matchExpressions: [{key: app, operator: Exists}]}"] {
        assert_eq!(codes(&(calls("p", WEB) + &way(selector))), [""; 0], "{selector}");
    }
    let text = calls("p", WEB) + &way("{matchLabels: {app: db}}");
    assert_eq!(codes(&text), ["egress-without-dns"], "other pods");
    assert_eq!(codes(&(calls("p", "{}") + &way(WEB))), ["egress-without-dns"], "not all of them");
}

#[test]
fn of_known_pods_those_without_dns_are_named_and_each_once() {
    let way = format!(
        "{{podSelector: {WEB}, policyTypes: [Egress], egress: [{{to: [{DNS}], ports: [{{port: 53, protocol: UDP}}]}}]}}"
    );
    let text = format!(
        "{CLUSTER}{}{}{}{}",
        calls("first", "{matchLabels: {app: db}}"),
        calls("second", "{matchLabels: {tier: back}}"),
        calls("third", "{matchExpressions: [{key: app, operator: Exists}]}"),
        alone("dns", "shop", &way),
    );
    assert_eq!(
        said(&text),
        [
            "egress-without-dns: `db` of `shop` cannot resolve names: isolated for egress, and nothing admits UDP 53",
            "egress-without-dns: `silent` of `shop` cannot resolve names: isolated for egress, and nothing admits UDP 53",
        ]
    );
    let twice = calls("a", WEB) + &calls("b", WEB);
    assert_eq!(codes(&twice), ["egress-without-dns"], "where no pods are known, by the selector");
}
