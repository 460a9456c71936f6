//! Services' ports, and names that no container declares.

use netpol::{Code, Severity};

use super::{alone, codes, found_in, mended, said, with};

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
    let translating = service("{port: 80, targetPort: 8080}", "");
    for (text, why) in [
        (with(&WEB_PORT.replace("80}", "8080}")) + &translating, "the pod's port"),
        (with(&WEB_PORT.replace("{port: 80}", "{port: 80}, {port: 8080}")) + &translating, "both"),
        (with(&WEB_PORT.replace("80}", "80, endPort: 90}")) + &translating, "a range"),
        (with(&WEB_PORT.replace("80}", "80, protocol: UDP}")) + &translating, "another protocol"),
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
fn a_service_s_port_is_told_beside_pods_that_declare_none_and_the_pod_s_is_added() {
    let translating = service("{port: 80, targetPort: 8080}", "");
    let all = "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}";
    let found = found_in(&(with(all) + &translating), "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.diagnostic.code, Code::ServicePort);
    assert_eq!(finding.diagnostic.severity(), Severity::Warning);
    let text = mended(&(with(all) + &translating));
    assert!(
        text.contains("ports: [{port: 80}, {protocol: TCP, port: 8080}]"),
        "`silent` may listen on 80: {text}"
    );
    let udp = "{podSelector: {}, ingress: [{ports: [{protocol: UDP, port: 5353}]}]}";
    let text = with(udp) + &service("{port: 5353, targetPort: 53, protocol: UDP}", "");
    assert!(mended(&text).contains("{protocol: UDP, port: 5353}, {protocol: UDP, port: 53}"));
    // a headless Service in front of `silent` says that it listens there
    let direct = "---\napiVersion: v1\nkind: Service\nmetadata: {name: silent, namespace: shop}\nspec: {clusterIP: None, selector: {app: silent}, ports: [{port: 80}]}\n";
    assert_eq!(codes(&(with(all) + &translating + direct)), [""; 0]);
}

#[test]
fn objects_of_somebody_s_own_kind_do_not_hide_a_service_s_port() {
    let monitor = "---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: m, namespace: shop}\n";
    let text = service("{port: 80, targetPort: 8080}", "") + monitor;
    assert_eq!(codes(&(with(WEB_PORT) + &text)), ["service-port"]);
    let all = "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}";
    let severity = |text: &str| {
        let found = found_in(text, "");
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        finding.diagnostic.severity()
    };
    assert_eq!(severity(&(with(all) + &text)), Severity::Warning, "it starts no pods");
    let engine = text
        .replace("monitoring.coreos.com/v1\nkind: ServiceMonitor", "example.com/v1\nkind: Engine");
    assert_eq!(severity(&(with(all) + &engine)), Severity::Note, "other pods may be meant");
}

#[test]
fn a_node_port_is_told_with_the_pod_s() {
    let text = with(&WEB_PORT.replace("80}", "30080}"))
        + &service("{port: 80, targetPort: 8080, nodePort: 30080}", ", type: NodePort");
    assert_eq!(
        said(&text),
        [
            "node-port: `30080` is the node port of Service `web`: it is translated before policies look, and they see the pod's, `8080`"
        ]
    );
    assert!(mended(&text).contains("ports: [{port: 8080}]}"));
    let both = text.replace("{port: 30080}]", "{port: 30080}, {port: 8080}]");
    assert_eq!(codes(&both), [""; 0], "the pod's is there too");
    let other = text.replace("[{port: 30080}]", "[{port: 30081}]");
    assert_eq!(codes(&other), [""; 0], "no Service has it");
    let own = text.replace("containerPort: 8080", "containerPort: 30080");
    assert_eq!(codes(&own), [""; 0], "the pod listens there itself");
    let udp = text.replace("{port: 30080}]", "{port: 30080, protocol: UDP}]");
    assert_eq!(codes(&udp), [""; 0], "another protocol");
    let range = alone("p", "shop", "{ingress: [{ports: [{port: 30000, endPort: 32767}]}]}");
    let found = found_in(&range, "");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.diagnostic.severity(), Severity::Note);
    let part = alone("p", "shop", "{ingress: [{ports: [{port: 30000, endPort: 32766}]}]}");
    assert_eq!(codes(&part), [""; 0]);
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
