//! Clusters of any size as YAML, the same ones on every run. In comes how many of what, out goes the
//! text; what it means is the core's to say.

mod kubectl;

use std::fmt::Write as _;

use netpol::{Cluster, Manifest, Source};

pub(crate) use kubectl::pod_list;

/// How much of the cluster is alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variety {
    /// Replicas: the pods of one app have equal labels, and policies name pods by labels only.
    Replicas,
    /// The same pods, and some policies name address blocks as well.
    ReplicasAndBlocks,
    /// Every pod has a label of its own, as those of a `StatefulSet` do; with address blocks.
    Distinct,
    /// The same, and every policy lets all pods in on a port of its own: as many answers as can be.
    OwnPorts,
}

impl Variety {
    pub(crate) const ALL: [Self; 4] =
        [Self::Replicas, Self::ReplicasAndBlocks, Self::Distinct, Self::OwnPorts];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Replicas => "replicas",
            Self::ReplicasAndBlocks => "replicas and blocks",
            Self::Distinct => "distinct labels",
            Self::OwnPorts => "a port for each policy",
        }
    }
}

/// How many of what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) pods: usize,
    pub(crate) policies: usize,
    pub(crate) namespaces: usize,
    pub(crate) variety: Variety,
}

impl Size {
    /// `5000 pods, 500 policies, 100 namespaces, replicas`
    pub(crate) fn name(&self) -> String {
        let Self { pods, policies, namespaces, variety } = self;
        format!("{pods} pods, {policies} policies, {namespaces} namespaces, {}", variety.as_str())
    }

    /// The cluster, read and built.
    pub(crate) fn cluster(&self) -> Cluster {
        Cluster::build(read(&self.text()).objects.remove(0)).0
    }

    /// Namespaces, pods and policies, one document each.
    pub(crate) fn text(&self) -> String {
        let namespaces = (0..self.namespaces).map(namespace);
        let pods = (0..self.pods).map(|number| self.pod(number));
        let policies = (0..self.policies).map(|number| self.policy(number));
        namespaces.chain(pods).chain(policies).collect()
    }

    fn pod(&self, number: usize) -> String {
        let (home, replica) = (number % self.namespaces, number / self.namespaces);
        let app = replica % APPS;
        let own_label = match self.variety {
            Variety::Distinct | Variety::OwnPorts => {
                format!("\n    statefulset.kubernetes.io/pod-name: pod-{number}")
            }
            Variety::Replicas | Variety::ReplicasAndBlocks => String::new(),
        };
        format!(
            "---
apiVersion: v1
kind: Pod
metadata:
  name: pod-{number}
  namespace: team-{home}
  labels:
    app: app-{app}
    tier: {tier}{own_label}
spec:
  containers:
  - name: main
    image: example
    ports:
    - {{name: http, containerPort: {port}}}
    - {{name: metrics, containerPort: 9090}}
status: {{phase: Running, podIP: {address}}}
",
            tier = tier(app),
            port = 8080 + app % 2,
            address = address(number),
        )
    }

    fn policy(&self, number: usize) -> String {
        let home = number % self.namespaces;
        // each namespace starts elsewhere in the shapes, so that few policies have all of them too
        let shape = (number / self.namespaces + home) % SHAPES;
        let app = (number / SHAPES) % APPS;
        let other = (home + 1) % self.namespaces;
        let mut text = format!(
            "---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: policy-{number}, namespace: team-{home}}}
spec:
"
        );
        let spec = match self.variety {
            Variety::OwnPorts => format!(
                "podSelector: {{matchLabels: {{app: app-{app}}}}}
ingress:
- from: [{{namespaceSelector: {{}}}}]
  ports: [{{port: {port}}}]",
                app = number / self.namespaces % APPS,
                port = 1_000 + number,
            ),
            variety => spec(shape, app, other, variety != Variety::Replicas),
        };
        for line in spec.lines() {
            let _ = writeln!(text, "  {line}");
        }
        text
    }
}

/// How many apps a namespace has, once it has that many pods.
const APPS: usize = 10;
const SHAPES: usize = 8;

fn tier(app: usize) -> &'static str {
    match app % 3 {
        0 => "front",
        1 => "middle",
        _ => "back",
    }
}

fn namespace(number: usize) -> String {
    let stage = if number.is_multiple_of(3) { "prod" } else { "test" };
    format!(
        "---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: team-{number}, labels: {{stage: {stage}}}}}\n"
    )
}

/// Below 10.0.0.0/8, none twice.
fn address(number: usize) -> String {
    format!("10.{}.{}.{}", 1 + number / 62_500, number / 250 % 250, 1 + number % 250)
}

/// What people write: the shapes of the well-known recipes.
fn spec(shape: usize, app: usize, other: usize, blocks: bool) -> String {
    let port = 8080 + app;
    match shape {
        0 => "podSelector: {}\npolicyTypes: [Ingress, Egress]".to_owned(),
        1 => format!(
            "podSelector: {{matchLabels: {{app: app-{app}}}}}
ingress:
- from: [{{podSelector: {{matchLabels: {{tier: front}}}}}}]
  ports: [{{port: {port}}}]"
        ),
        2 => format!(
            "podSelector: {{matchLabels: {{tier: back}}}}
ingress:
- from:
  - namespaceSelector: {{matchLabels: {{kubernetes.io/metadata.name: team-{other}}}}}
    podSelector: {{matchLabels: {{app: app-{app}}}}}
  ports: [{{port: http}}]"
        ),
        3 => "podSelector: {}
policyTypes: [Egress]
egress:
- to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: team-0}}}]
  ports: [{port: 53, protocol: UDP}, {port: 53}]
- to: [{podSelector: {}}]"
            .to_owned(),
        4 if blocks => format!(
            "podSelector: {{matchLabels: {{app: app-{app}}}}}
policyTypes: [Egress]
egress:
- to: [{{ipBlock: {{cidr: 0.0.0.0/0, except: [10.0.0.0/8, 192.168.{other}.0/24]}}}}]
  ports: [{{port: 443}}]"
        ),
        4 => format!(
            "podSelector: {{matchLabels: {{app: app-{app}}}}}
policyTypes: [Egress]
egress:
- ports: [{{port: 443}}]"
        ),
        5 => "podSelector:
  matchExpressions: [{key: tier, operator: NotIn, values: [front]}]
ingress:
- from:
  - namespaceSelector: {matchExpressions: [{key: stage, operator: In, values: [prod]}]}
  - podSelector: {}
  ports: [{port: 8000, endPort: 8999}]"
            .to_owned(),
        6 => format!(
            "podSelector: {{matchLabels: {{tier: middle}}}}
policyTypes: [Egress]
egress:
- to: [{{namespaceSelector: {{matchLabels: {{kubernetes.io/metadata.name: team-{other}}}}}}}]
  ports: [{{port: http}}]"
        ),
        _ => "podSelector: {}
ingress:
- from: [{namespaceSelector: {}}]
  ports: [{port: metrics}]"
            .to_owned(),
    }
}

/// Reads a text, and makes sure that all of it was taken: what is refused costs nothing.
pub(crate) fn read(text: &str) -> Manifest {
    let manifest = Manifest::read(vec![Source::new("generated.yaml", text)]);
    assert!(!manifest.has_errors(), "{:?}", manifest.diagnostics.first());
    manifest
}
