//! DNS: a port without UDP, and egress without a way to it.

use netpol::Severity;

use super::{CLUSTER, alone, codes, found_in, mended, said};

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
fn whoever_calls_listed_addresses_only_needs_no_names() {
    for spec in [
        "{policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 443}]}]}",
        "{policyTypes: [Ingress], egress: [{to: [{podSelector: {}}]}]}",
    ] {
        assert_eq!(codes(&alone("p", "shop", spec)), [""; 0], "{spec}");
    }
}

#[test]
fn a_denial_of_all_egress_is_noted_with_a_policy_for_dns_beside_it() {
    let text = "\
# all shut
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: deny-all
  namespace: shop # here
spec:
  podSelector: {}
  policyTypes: [Egress] # no way out
# the end
";
    assert_eq!(
        said(text),
        [
            "egress-without-dns: every pod of `shop` may call nobody, not even DNS: names do not resolve"
        ]
    );
    let finding = found_in(text, "").remove(0);
    assert_eq!(finding.diagnostic.severity(), Severity::Note);
    assert_eq!(finding.diagnostic.field.to_string(), "spec.policyTypes");
    let mended = mended(text);
    let added = mended.strip_prefix(text).unwrap();
    assert!(added.starts_with("---\napiVersion: networking.k8s.io/v1\n"), "{added}");
    assert!(added.contains("\n  name: allow-dns\n  namespace: shop\nspec:\n  podSelector: {}\n"));
    assert!(added.ends_with("    - protocol: TCP\n      port: 53\n"), "{added}");
}

#[test]
fn the_policy_for_dns_is_for_the_same_pods_and_takes_a_free_name_between_the_documents() {
    let web = "{podSelector: {matchLabels: {app: \"yes\"}, matchExpressions: [{key: a/b, operator: In, values: [x, \"1\"]}, {key: c, operator: DoesNotExist}]}, policyTypes: [Egress], egress: []}";
    let block = |name: &str, spec: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\r\nkind: NetworkPolicy\r\nmetadata: {{name: {name}}}\r\nspec: {spec}"
        )
    };
    let other = block("shut-allow-dns", "{podSelector: {matchLabels: {app: db}}}");
    let text = format!("{}\r\n---\r\n{other}", block("shut", web));
    let mended = mended(&text);
    let expected = [
        "metadata:\r\n  name: shut-allow-dns-2\r\nspec:\r\n  podSelector:\r\n    matchLabels:\r\n      app: \"yes\"\r\n",
        "    matchExpressions:\r\n    - key: a/b\r\n      operator: In\r\n      values: [x, \"1\"]\r\n    - key: c\r\n      operator: DoesNotExist\r\n",
    ];
    assert!(mended.contains(&expected.concat()), "{mended}");
    assert!(mended.starts_with(&block("shut", web)) && mended.ends_with(&other), "{mended}");
    let json = "{\"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"NetworkPolicy\", \"metadata\": {\"name\": \"p\"}, \"spec\": {\"policyTypes\": [\"Egress\"]}}";
    assert!(found_in(json, "").remove(0).fix.is_none(), "a file of JSON stays one");
}

#[test]
fn a_denial_says_it_once_and_only_of_pods_that_no_other_policy_leads_to_dns() {
    let shut = |name: &str, selector: &str| {
        alone(name, "shop", &format!("{{podSelector: {selector}, policyTypes: [Egress]}}"))
    };
    let way = |selector: &str| {
        let spec = format!(
            "{{podSelector: {selector}, policyTypes: [Egress], egress: [{{to: [{DNS}]}}]}}"
        );
        alone("dns", "shop", &spec)
    };
    assert_eq!(codes(&(shut("a", "{}") + &way("{}"))), [""; 0]);
    assert_eq!(codes(&(shut("a", "{}") + &way(WEB))), [""; 0], "others may be all there are");
    assert_eq!(codes(&(shut("a", "{}") + &shut("b", "{}"))), ["egress-without-dns"]);
    // of known pods those that are left, and calls by name weigh more
    let text = format!(
        "{CLUSTER}{}{}",
        shut("a", "{}"),
        way("{matchExpressions: [{key: app, operator: NotIn, values: [db]}]}")
    );
    assert_eq!(
        said(&text),
        ["egress-without-dns: `db` of `shop` may call nobody, not even DNS: names do not resolve"]
    );
    let text = format!("{CLUSTER}{}{}", shut("a", "{}"), calls("b", "{}"));
    let found = found_in(&text, "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.diagnostic.severity(), Severity::Warning);
    // rules for the other direction alone: said by isolates-without-rules
    let passing = "{policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}]}";
    assert_eq!(codes(&alone("p", "shop", passing)), [""; 0]);
    let meant =
        "{policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}], egress: []}";
    assert_eq!(codes(&alone("p", "shop", meant)), ["egress-without-dns"]);
}

#[test]
fn whoever_may_call_anyone_on_a_port_is_noted_and_gets_the_rule() {
    for rule in [
        "{ports: [{port: 443}]}",
        "{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}",
        "{to: [{ipBlock: {cidr: \"::/0\"}}], ports: [{port: 443}]}",
    ] {
        let text = alone("p", "shop", &format!("{{policyTypes: [Egress], egress: [{rule}]}}"));
        let finding = found_in(&text, "").remove(0);
        assert_eq!(finding.diagnostic.severity(), Severity::Note, "{rule}");
        assert!(mended(&text).contains("{protocol: UDP, port: 53}"), "{rule}");
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
