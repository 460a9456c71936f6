//! What mutation testing found unguarded: small facts about sets, Services and spellings that no
//! expectation file would miss.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

use netpol::{
    Analysis, Cluster, Column, Connection, Direction, Inputs, Source, State, Witnesses,
    addresses::{Cidr, IpSet},
    ports::{PortRange, PortSet, Protocol},
    resolve::answers,
    selector::{LabelSelector, LabelSelectorRequirement, Operator, Written},
    verdict::Always,
};

fn analysis(text: &str) -> Analysis {
    let text = vec![Source::new("text.yaml", text)];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

fn block(text: &str) -> IpSet {
    let (address, prefix) = text.split_once('/').unwrap();
    Cidr::new(address.parse().unwrap(), prefix.parse().unwrap()).unwrap().into()
}

fn written(set: &IpSet) -> Vec<String> {
    set.cidrs().iter().map(ToString::to_string).collect()
}

#[test]
fn a_set_holds_the_first_and_the_last_address_of_its_blocks_and_none_beside() {
    let set = block("10.1.0.0/16").union(&block("2001:db8::/32"));
    let holds = |address: &str| set.contains(address.parse().unwrap());
    assert!(holds("10.1.0.0") && holds("10.1.255.255"));
    assert!(!holds("10.0.255.255") && !holds("10.2.0.0"));
    assert!(holds("2001:db8::") && holds("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
    assert!(!holds("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff") && !holds("2001:db9::"));
    assert!(!holds("::a01:0"), "the number of an IPv4 address is another one in IPv6");
}

#[test]
fn blocks_apart_stay_apart_and_touching_ones_become_one() {
    let apart = block("10.0.0.0/24").union(&block("10.0.2.0/24"));
    assert_eq!(written(&apart), ["10.0.0.0/24", "10.0.2.0/24"]);
    assert_eq!(written(&apart.union(&block("10.0.1.0/24"))), ["10.0.0.0/23", "10.0.2.0/24"]);
}

#[test]
fn a_range_that_is_no_block_is_written_as_the_fewest_blocks() {
    let set = block("10.0.0.0/24").difference(&block("10.0.0.64/26"));
    assert_eq!(written(&set), ["10.0.0.0/26", "10.0.0.128/25"]);
    let set = block("10.0.0.0/29").difference(&block("10.0.0.0/32"));
    assert_eq!(written(&set), ["10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/30"]);
}

#[test]
fn two_neighbouring_ports_are_listed_and_more_are_a_range() {
    let range = |first, last| PortRange::new(first, last).unwrap();
    assert_eq!((range(80, 90).first(), range(80, 90).last()), (80, 90));
    assert_eq!(range(80, 80).to_string(), "80");
    assert_eq!(range(6333, 6334).to_string(), "6333, 6334");
    assert_eq!(range(8000, 8002).to_string(), "8000–8002");
}

#[test]
fn ports_join_whatever_order_they_come_in() {
    let tcp = |first, last| PortSet::of(Protocol::Tcp, PortRange::new(first, last).unwrap());
    let set = tcp(30, 40).union(&tcp(10, 12)).union(&tcp(50, 60));
    assert_eq!(set.to_string(), "TCP 10–12, 30–40, 50–60");
    assert_eq!(set.union(&tcp(13, 29)).to_string(), "TCP 10–40, 50–60");
    assert_eq!(set.union(&tcp(14, 28)).to_string(), "TCP 10–12, 14–28, 30–40, 50–60");
    assert_eq!(set.union(&tcp(11, 55)).to_string(), "TCP 10–60");
    assert_eq!(set.union(&tcp(1, 9)).to_string(), "TCP 1–12, 30–40, 50–60");
}

fn selector(requirements: &[(&str, Operator, &[&str])]) -> LabelSelector {
    let requirement = |(key, operator, values): &(&str, Operator, &[&str])| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let written = Written::MatchLabels;
        LabelSelectorRequirement { key: (*key).to_owned(), operator: *operator, values, written }
    };
    LabelSelector { requirements: requirements.iter().map(requirement).collect() }
}

#[test]
fn a_selector_is_written_as_kubectl_takes_it() {
    use Operator::{DoesNotExist, Exists, In, NotIn};
    let spelt = |requirements: &[(&str, Operator, &[&str])]| selector(requirements).to_string();
    assert_eq!(spelt(&[]), "{}");
    assert_eq!(spelt(&[("app", In, &["web"])]), "app=web");
    assert_eq!(spelt(&[("app", NotIn, &["web"])]), "app!=web");
    assert_eq!(
        spelt(&[
            ("app", In, &["a", "b"]),
            ("tier", NotIn, &["x", "y"]),
            ("new", Exists, &[]),
            ("old", DoesNotExist, &[])
        ]),
        "app in (a,b),tier notin (x,y),new,!old"
    );
    let names = [In, NotIn, Exists, DoesNotExist].map(Operator::as_str);
    assert_eq!(names, ["In", "NotIn", "Exists", "DoesNotExist"]);
}

const SHOP: &str = "
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: db-0, namespace: shop, labels: {app: db}}
spec:
  containers:
  - name: main
    ports:
    - {name: metrics, containerPort: 9187}
    - {name: sql, containerPort: 15432, protocol: UDP}
    - {name: sql, containerPort: 5432}
---
apiVersion: v1
kind: Pod
metadata: {name: db-1, namespace: shop, labels: {app: db}}
spec: {containers: [{name: main, ports: [{name: sql, containerPort: 5433}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 80, targetPort: sql}]}
---
apiVersion: v1
kind: Service
metadata: {name: nothing, namespace: shop}
spec: {selector: {app: nothing}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{ports: [{port: 5432}]}]
";

fn arrivals(cluster: &Cluster, connection: &str) -> Result<Vec<String>, String> {
    let connection: Connection = connection.parse().unwrap();
    let verdicts = answers(cluster, &connection).map_err(|unresolved| unresolved.to_string())?;
    Ok(verdicts.iter().map(|verdict| verdict.connection.to_string()).collect())
}

#[test]
fn a_service_leads_to_each_of_its_pods_at_the_port_that_bears_the_name_and_the_protocol() {
    let cluster = analysis(SHOP).cluster;
    assert_eq!(
        arrivals(&cluster, "shop/web -> svc:shop/db:80").unwrap(),
        ["shop/web -> shop/db-0:5432/TCP", "shop/web -> shop/db-1:5433/TCP"]
    );
}

#[test]
fn a_wrong_expectation_of_a_service_is_contradicted_by_the_pod_that_does_otherwise() {
    let text = format!("#? shop/web -> svc:shop/db:80 allowed\n{SHOP}");
    let analysis = analysis(&text);
    let connection = analysis.expectations[0].contradiction.as_ref().unwrap();
    assert_eq!(connection.to_string(), "shop/web -> shop/db-1:5433/TCP");
}

/// Two replicas that nobody may call.
const REPLICAS: &str = "
apiVersion: v1
kind: Pod
metadata: {name: db-0, namespace: shop, labels: {app: db}}
---
apiVersion: v1
kind: Pod
metadata: {name: db-1, namespace: shop, labels: {app: db}}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny-all, namespace: shop}
spec: {podSelector: {}}
";

#[test]
fn a_pod_that_calls_the_service_it_is_behind_may_get_its_replica() {
    for (caller, replica) in [("db-0", "db-1"), ("db-1", "db-0")] {
        let text = format!("#? shop/{caller} -> svc:shop/db:80 allowed\n{REPLICAS}");
        let analysis = analysis(&text);
        let connection = analysis.expectations[0].contradiction.as_ref().unwrap();
        let expected = format!("shop/{caller} -> shop/{replica}:80/TCP");
        assert_eq!(connection.to_string(), expected);
    }
}

#[test]
fn a_connection_without_an_answer_says_what_is_missing() {
    let cluster = analysis(SHOP).cluster;
    let complaint = |connection| arrivals(&cluster, connection).unwrap_err();
    assert_eq!(complaint("shop/web -> shop/gone:80"), "no pod `shop/gone` in this cluster");
    assert_eq!(
        complaint("shop/web -> svc:shop/gone:80"),
        "no Service `svc:shop/gone` in this cluster"
    );
    assert_eq!(
        complaint("shop/web -> svc:shop/db:81/UDP"),
        "Service `svc:shop/db` has no port 81/UDP"
    );
    assert_eq!(
        complaint("shop/web -> svc:shop/nothing:80"),
        "no running pod is behind Service `svc:shop/nothing` for this port"
    );
}

#[test]
fn a_namespace_that_is_not_there_yet_will_have_its_name_as_a_label() {
    let cross = |operator: &str| {
        let peer = format!(
            "namespaceSelector: {{matchExpressions: [{{key: kubernetes.io/metadata.name, operator: {operator}}}]}}"
        );
        let text =
            SHOP.replace("ingress: [{ports", &format!("ingress: [{{from: [{{{peer}}}], ports"));
        analysis(&text).scoreboard(Direction::Ingress).rows[0].cells.get(Column::Cross).state
    };
    assert_eq!(cross("Exists"), State::Partly);
    assert_eq!(cross("DoesNotExist"), State::Denied);
}

#[test]
fn a_pod_of_the_node_is_the_node_only_while_both_run() {
    let reaches = |agent: &str, web: &str| {
        let text = format!(
            "apiVersion: v1
kind: Pod
metadata: {{name: agent, namespace: shop}}
spec: {{hostNetwork: true}}
status: {{phase: {agent}, hostIP: 192.0.2.1, podIP: 192.0.2.1}}
---
apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: shop}}
status: {{phase: {web}, hostIP: 192.0.2.1, podIP: 10.1.0.1}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: deny-all, namespace: shop}}
spec: {{podSelector: {{}}}}
"
        );
        let connection: Connection = "shop/agent -> shop/web:80".parse().unwrap();
        answers(&analysis(&text).cluster, &connection).unwrap()[0].always
    };
    assert_eq!(reaches("Running", "Running"), Some(Always::OwnNodesPod));
    assert_eq!(reaches("Succeeded", "Running"), None);
    assert_eq!(reaches("Running", "Failed"), None);
}

#[test]
fn labels_and_address_of_a_pod_that_has_finished_open_no_door() {
    let opens = |phase: &str, peer: &str| {
        let text = format!(
            "apiVersion: v1
kind: Pod
metadata: {{name: job, namespace: shop, labels: {{app: job}}}}
status: {{phase: {phase}, podIP: 10.1.0.1}}
---
apiVersion: v1
kind: Pod
metadata: {{name: db, namespace: shop, labels: {{app: db}}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: db, namespace: shop}}
spec: {{podSelector: {{matchLabels: {{app: db}}}}, ingress: [{{from: [{peer}]}}]}}
"
        );
        let connection: Connection = "shop/job -> shop/db:80".parse().unwrap();
        let verdicts = answers(&analysis(&text).cluster, &connection).unwrap();
        verdicts[0].allows(Direction::Ingress)
    };
    for peer in ["{podSelector: {matchLabels: {app: job}}}", "{ipBlock: {cidr: 10.1.0.0/16}}"] {
        assert!(opens("Running", peer), "{peer}");
        assert!(!opens("Succeeded", peer) && !opens("Failed", peer), "{peer}");
    }
}
