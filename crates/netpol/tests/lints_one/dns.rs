//! DNS: a port without UDP, and egress without a way to it.

use super::{CLUSTER, alone, codes, mended, said};

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
