//! The few words in a cell and the line of a row: exact, minimal, derived.
#![expect(clippy::indexing_slicing, reason = "what is not there fails the test")]

use netpol::{Analysis, Column, Direction, Inputs, Source, State, Witnesses, explain};

const CLUSTER: &str = "
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 80}]}]}}
- {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}
- {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: one, labels: {app: a}}}
- {apiVersion: v1, kind: Pod, metadata: {name: b, namespace: one, labels: {app: b}}}
- {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: two, labels: {app: a}}}
- {apiVersion: v1, kind: Pod, metadata: {name: c, namespace: three, labels: {app: c}}}
- {apiVersion: v1, kind: Pod, metadata: {name: d, namespace: four, labels: {app: d}}}
";

fn analyse(spec: &str) -> Analysis {
    let text = format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec: {spec}\n---{CLUSTER}"
    );
    let text = vec![Source::new("text", text)];
    let analysis = Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    analysis
}

fn cell(spec: &str, column: Column, direction: Direction) -> String {
    let analysis = analyse(spec);
    let table = analysis.scoreboard(direction);
    let cell = table.rows[0].cells.get(column);
    let reason = explain::reason(&analysis.cluster, cell, column, direction);
    format!("{} {reason}", cell.state.as_str()).trim().to_owned()
}

fn ingress(spec: &str, column: Column) -> String {
    cell(&format!("{{podSelector: {{}}, ingress: {spec}}}"), column, Direction::Ingress)
}

#[test]
fn whole_namespaces_go_by_their_name_and_single_pods_by_theirs() {
    let from = |values: &str| {
        ingress(
            &format!(
                "[{{from: [{{namespaceSelector: {{}}, podSelector: {{matchExpressions: [{{key: app, operator: In, values: [{values}]}}]}}}}]}}]"
            ),
            Column::Cross,
        )
    };
    assert_eq!(from("c"), "partly three only");
    assert_eq!(from("b"), "partly b only");
    assert_eq!(from("a, b"), "partly one and two only");
    assert_eq!(from("a"), "partly one/a and two only");
    assert_eq!(from("a, b, c"), "partly one, two and three only");
}

#[test]
fn nearly_everyone_is_said_by_who_is_left_out() {
    let spec = "[{from: [{namespaceSelector: {}, podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [d]}]}}]}]";
    assert_eq!(ingress(spec, Column::Cross), "partly one, two and three only");
    let spec = "[{from: [{namespaceSelector: {}, podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [b]}]}}]}]";
    assert_eq!(ingress(spec, Column::Cross), "partly all but b");
}

#[test]
fn ports_follow_the_people() {
    let spec = "[{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8000}, {port: 53, protocol: UDP}]}]";
    assert_eq!(ingress(spec, Column::Same), "partly web only, TCP 8000, UDP 53");
    let spec = "[{ports: [{port: 8000, endPort: 9000}, {port: 9001}, {protocol: SCTP}]}]";
    assert_eq!(ingress(spec, Column::Same), "partly TCP 8000–9001, all SCTP only");
    let spec = "[{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 1}]}, {from: [{podSelector: {matchLabels: {app: db}}}]}]";
    assert_eq!(ingress(spec, Column::Same), "partly web: TCP 1; db: all ports");
}

#[test]
fn named_ports_differ_between_the_selected_pods() {
    assert_eq!(
        ingress("[{ports: [{port: http}]}]", Column::Cross),
        "partly to web: TCP 80 only; to db: TCP 8080 only"
    );
    assert_eq!(ingress("[{ports: [{port: nothing}]}]", Column::Cross), "denied");
}

#[test]
fn addresses_read_as_written_where_that_is_exact() {
    let external = |blocks: &str| ingress(&format!("[{{from: [{blocks}]}}]"), Column::External);
    assert_eq!(
        external("{ipBlock: {cidr: 10.72.0.0/16, except: [10.72.10.0/24]}}"),
        "partly 10.72.0.0/16 except 10.72.10.0/24 only"
    );
    assert_eq!(external("{ipBlock: {cidr: 0.0.0.0/0}}"), "partly every IPv4 address only");
    assert_eq!(external("{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: '::/0'}}"), "allowed");
    // another item gives back half of what the first leaves out
    assert_eq!(
        external(
            "{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/9]}}, {ipBlock: {cidr: 10.0.0.0/10}}"
        ),
        "partly 10.0.0.0/10 and 10.0.0.0/8 except 10.0.0.0/9 only"
    );
    // the pod network is not outside
    assert_eq!(external("{ipBlock: {cidr: 10.244.0.0/16}}"), "denied");
}

#[test]
fn a_block_on_pod_addresses_depends_on_the_network_plugin() {
    let spec = "[{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]";
    assert_eq!(
        ingress(spec, Column::Same),
        "depends an ipBlock covers pod addresses; the network plugin decides"
    );
    let spec = "[{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.244.0.0/16]}}]}]";
    assert_eq!(ingress(spec, Column::Same), "denied");
    let spec = "[{from: [{ipBlock: {cidr: 10.0.0.0/8}}, {podSelector: {}}]}]";
    assert_eq!(ingress(spec, Column::Same), "allowed");
}

#[test]
fn a_direction_that_is_not_isolated_is_not_restricted() {
    let spec = "{podSelector: {}, policyTypes: [Egress]}";
    assert_eq!(cell(spec, Column::Same, Direction::Ingress), "unrestricted");
    assert_eq!(cell(spec, Column::External, Direction::Egress), "denied");
    let analysis = analyse(spec);
    assert_eq!(analysis.scoreboard(Direction::Ingress).together.same.state, State::Unrestricted);
}

#[test]
fn the_line_of_a_row_is_derived_from_its_rules() {
    let line = |spec: &str, direction| {
        let analysis = analyse(spec);
        let (_, policy) = analysis.cluster.policies().next().unwrap();
        explain::spec_line(policy, direction)
    };
    let ingress = |rules: &str| line(&format!("{{ingress: {rules}}}"), Direction::Ingress);
    assert_eq!(ingress("[{}]"), "ingress: [{}]");
    assert_eq!(ingress("[]"), "ingress: []");
    assert_eq!(ingress("null"), "no ingress key");
    assert_eq!(ingress("[{from: [{podSelector: {}}]}]"), "podSelector: {}");
    assert_eq!(
        ingress("[{from: [{podSelector: {}, namespaceSelector: {}}]}]"),
        "both {}, same item"
    );
    assert_eq!(
        ingress("[{from: [{podSelector: {}}, {namespaceSelector: {}}]}]"),
        "both {}, separate items"
    );
    assert_eq!(
        ingress("[{from: [{podSelector: {}, namespaceSelector: {matchLabels: {a: b}}}]}]"),
        "namespaceSelector with labels + podSelector: {}, same item"
    );
    assert_eq!(ingress("[{ports: [{port: 80}]}]"), "no from, TCP 80");
    assert_eq!(ingress("[{}, {}, {}]"), "3 rules");
    assert_eq!(line("{policyTypes: [Egress]}", Direction::Ingress), "policyTypes: [Egress]");
    assert_eq!(line("{policyTypes: [Egress]}", Direction::Egress), "no egress key");
    assert_eq!(
        line("{egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}", Direction::Egress),
        "ipBlock 10.0.0.0/8"
    );
}

#[test]
fn a_block_on_pod_addresses_is_told_apart_from_what_is_certain() {
    // web has 10.244.0.1, db 10.244.0.2
    let spec =
        "[{from: [{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 10.244.0.0/30}}]}]";
    assert_eq!(
        ingress(spec, Column::Same),
        "depends web only; an ipBlock covers db; the network plugin decides"
    );
    let all = "[{from: [{ipBlock: {cidr: 10.244.0.0/16}}]}]";
    assert_eq!(
        ingress(all, Column::Same),
        "depends an ipBlock covers pod addresses; the network plugin decides"
    );
}

#[test]
fn addresses_that_no_policy_wrote_like_that_are_a_block_with_exceptions_where_that_is_shorter() {
    // on port 80 both blocks, on 443 the outer one only: what is left of it is written nowhere
    let spec = "[{from: [{ipBlock: {cidr: 172.16.0.0/12}}], ports: [{port: 443}]}, {from: [{ipBlock: {cidr: 172.20.7.0/24}}]}]";
    assert_eq!(
        ingress(spec, Column::External),
        "partly 172.16.0.0/12 except 172.20.7.0/24: TCP 443; 172.20.7.0/24: all ports"
    );
}

#[test]
fn a_pods_own_address_is_not_outside_the_cluster() {
    let pod = "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 192.0.2.7/32}}]}]}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: e, namespace: five}, status: {podIP: 192.0.2.7}}";
    assert_eq!(cell(pod, Column::External, Direction::Ingress), "denied");
    assert_eq!(
        cell(pod, Column::Cross, Direction::Ingress),
        "depends an ipBlock covers five; the network plugin decides"
    );
}
