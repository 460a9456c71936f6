//! Random clusters and policies that an API server would take, from small alphabets so that things
//! collide: two or three namespaces, a handful of pods, policies with every field in every variant.

use super::{
    policies::{labels, policy},
    random::Random,
    tree::{
        Tree::{self, Bool, Int, List, Map, Null},
        map, text,
    },
};

/// Namespaces that pods and policies live in; not all of them are declared.
pub(crate) const NAMESPACES: [&str; 4] = ["a", "b", "c", "default"];
/// Protocols, the default first.
pub(crate) const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];
/// Names of container ports.
pub(crate) const PORT_NAMES: [&str; 3] = ["http", "dns", "p-1"];
/// Addresses of nodes.
const NODES: [&str; 2] = ["192.168.0.0", "192.168.0.1"];
/// Numbers of container ports and of policy ports.
pub(crate) const PORTS: [i64; 8] = [1, 53, 80, 81, 90, 8080, 65534, 65535];

/// How large a cluster becomes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) pods: usize,
    pub(crate) policies: usize,
}

/// The documents of a random cluster.
pub(crate) fn documents(random: &mut Random, size: Size) -> Vec<Tree> {
    let mut cast = Cast { random, next_address: 0, model: None };
    let used = cast.random.pick(&[1, 2, 2, 2, 3, 4]);
    let mut documents = cast.namespaces();
    for at in 0..2 + cast.random.below(size.pods - 1) {
        let namespace = cast.random.pick(&NAMESPACES[..used]);
        documents.push(cast.pod_or_workload(at, namespace));
    }
    for at in 0..1 + size.policies / 3 + cast.random.below(size.policies * 2 / 3) {
        // now and then of a namespace that has no pods, or of the same name as an earlier one
        let more = usize::from(cast.random.chance(15));
        let namespace = cast.random.pick(&NAMESPACES[..(used + more).min(NAMESPACES.len())]);
        let at = if cast.random.chance(4) { 0 } else { at };
        documents.push(policy(cast.random, &format!("policy-{at}"), namespace));
    }
    if cast.random.chance(10) {
        documents.push(bystanding(cast.random));
    }
    if cast.random.chance(15) {
        documents = in_lists(documents, cast.random);
    }
    documents
}

/// Adds `key` to a map where a variant of it is to be there: missing, null, empty or given.
pub(crate) fn variant(
    entries: &mut Vec<(String, Tree)>,
    random: &mut Random,
    key: &str,
    (missing, null, empty): (usize, usize, usize),
    (nothing, given): (Tree, impl FnOnce(&mut Random) -> Tree),
) {
    let dice = random.below(100);
    let value = if dice < missing {
        return;
    } else if dice < missing + null {
        Null
    } else if dice < missing + null + empty {
        nothing
    } else {
        given(random)
    };
    entries.push((key.to_owned(), value));
}

struct Cast<'r> {
    random: &'r mut Random,
    next_address: u8,
    /// The last pod's labels and spec, and whether it uses its node's network.
    model: Option<(Looks, bool)>,
}

/// `labels`, if they are there, and `spec` of a pod.
type Looks = (Vec<(String, Tree)>, Tree);

impl Cast<'_> {
    fn namespaces(&mut self) -> Vec<Tree> {
        let mut documents = Vec::new();
        for name in NAMESPACES.iter().chain(&["not-a", "empty"]) {
            let percent = if name.len() == 1 { 70 } else { 15 };
            if self.random.chance(percent) {
                documents.push(self.namespace(name));
                if self.random.chance(4) {
                    documents.push(self.namespace(name));
                }
            }
        }
        self.random.shuffle(&mut documents);
        documents
    }

    fn namespace(&mut self, name: &str) -> Tree {
        let mut metadata = vec![("name".to_owned(), text(name))];
        let has_wrong_name = self.random.chance(5);
        let given = |random: &mut Random| {
            let mut labels = labels(random, &[("team", &["x", "y"]), ("tier", &["x", ""])]);
            if let (true, Map(entries)) = (has_wrong_name, &mut labels) {
                entries.push(("kubernetes.io/metadata.name".to_owned(), text("b")));
            }
            labels
        };
        variant(&mut metadata, self.random, "labels", (15, 5, 5), (map([]), given));
        object("v1", "Namespace", Map(metadata), [])
    }

    fn pod_or_workload(&mut self, at: usize, namespace: &'static str) -> Tree {
        if self.random.chance(35) {
            return self.workload(&format!("work-{at}"), namespace);
        }
        // now and then a second pod of the first one's name
        let at = if self.random.chance(4) { 0 } else { at };
        let mut is_host = self.random.chance(8);
        let mut looks = (self.label_field(), self.pod_spec(is_host));
        // now and then one that looks like the one before, so that only its address tells it apart
        if let Some((model, is_model_host)) = &self.model
            && self.random.chance(25)
        {
            (looks, is_host) = (model.clone(), *is_model_host);
        }
        self.model = Some((looks.clone(), is_host));
        let metadata = self.metadata(&format!("pod-{at}"), namespace, looks.0);
        let mut fields = Vec::new();
        if is_host || self.random.chance(90) {
            fields.push(("spec", looks.1));
        }
        if self.random.chance(if is_host { 95 } else { 65 }) {
            fields.push(("status", self.status(is_host)));
        }
        object("v1", "Pod", metadata, fields)
    }

    /// `labels` in one of its variants.
    fn label_field(&mut self) -> Vec<(String, Tree)> {
        let mut field = Vec::new();
        let given = |random: &mut Random| labels(random, &POD_LABELS);
        variant(&mut field, self.random, "labels", (8, 3, 3), (map([]), given));
        field
    }

    fn metadata(
        &mut self,
        name: &str,
        namespace: &'static str,
        labels: Vec<(String, Tree)>,
    ) -> Tree {
        let mut metadata = vec![("name".to_owned(), text(name))];
        if namespace != "default" || self.random.chance(60) {
            metadata.push(("namespace".to_owned(), text(namespace)));
        }
        metadata.extend(labels);
        Map(metadata)
    }

    fn workload(&mut self, name: &str, namespace: &'static str) -> Tree {
        let kinds = [
            ("apps/v1", "Deployment"),
            ("apps/v1", "StatefulSet"),
            ("apps/v1", "ReplicaSet"),
            ("v1", "ReplicationController"),
            ("apps/v1", "DaemonSet"),
            ("batch/v1", "Job"),
            ("batch/v1", "CronJob"),
        ];
        let (version, kind) = self.random.pick(&kinds);
        let labels = self.label_field();
        let metadata = self.metadata(name, namespace, labels);
        let are_set = self.random.chance(15);
        let alphabet: &[_] = if are_set { &CONTROLLED_LABELS } else { &POD_LABELS };
        let template_labels = self::labels(self.random, alphabet);
        let template =
            map([("metadata", map([("labels", template_labels)])), ("spec", self.pod_spec(false))]);
        let spec = if kind == "CronJob" {
            map([("jobTemplate", map([("spec", map([("template", template)]))]))])
        } else if !matches!(kind, "DaemonSet" | "Job") && self.random.chance(30) {
            // one that stands for several is tried in `replicas.rs`
            let several = if kind == "StatefulSet" { 1 } else { 3 };
            let replicas = Int(self.random.pick(&[0, 1, several]));
            map([("replicas", replicas), ("template", template)])
        } else {
            map([("template", template)])
        };
        object(version, kind, metadata, [("spec", spec)])
    }

    fn pod_spec(&mut self, is_host: bool) -> Tree {
        let mut spec = Vec::new();
        if is_host || self.random.chance(5) {
            spec.push(("hostNetwork".to_owned(), Bool(is_host)));
        }
        let containers = (0..self.random.below(3)).map(|_| self.container(None)).collect();
        spec.push(("containers".to_owned(), List(containers)));
        if self.random.chance(15) {
            let policy = if self.random.chance(50) { Some(text("Always")) } else { None };
            spec.push(("initContainers".to_owned(), List(vec![self.container(policy)])));
        }
        Map(spec)
    }

    fn container(&mut self, restart_policy: Option<Tree>) -> Tree {
        let mut container = vec![("name".to_owned(), text("main"))];
        container.extend(restart_policy.map(|policy| ("restartPolicy".to_owned(), policy)));
        let ports = |random: &mut Random| {
            List((0..random.pick(&[1, 2, 3])).map(|_| container_port(random)).collect())
        };
        variant(&mut container, self.random, "ports", (20, 3, 3), (List(Vec::new()), ports));
        Map(container)
    }

    fn status(&mut self, is_host: bool) -> Tree {
        let phase = match self.random.below(20) {
            0 => "Succeeded",
            1 => "Failed",
            2 | 3 => "Pending",
            _ => "Running",
        };
        let is_finished = phase == "Succeeded" || phase == "Failed";
        let mut status = Vec::new();
        if is_finished || self.random.chance(50) {
            status.push(("phase".to_owned(), text(phase)));
        }
        if self.random.chance(20) {
            status.push(("hostIP".to_owned(), text(self.random.pick(&NODES))));
        }
        let (v4, v6) = if is_host {
            (self.random.pick(&NODES).to_owned(), "fd00:1::1".to_owned())
        } else {
            // a finished pod's address may have gone to the next one
            self.next_address += u8::from(!is_finished);
            let v4 = if self.random.chance(85) { "10.0.0" } else { "10.244.0" };
            (format!("{v4}.{}", self.next_address), format!("fd00::{:x}", self.next_address))
        };
        let item = |address: &String| map([("ip", text(address.clone()))]);
        let (single, list) = match self.random.below(if is_host { 5 } else { 6 }) {
            0 => (Some(&v4), Vec::new()),
            1 => (Some(&v4), vec![item(&v4)]),
            2 => (Some(&v6), vec![item(&v6)]),
            3 => (Some(&v4), vec![item(&v4), item(&v6)]),
            4 => (None, vec![item(&v6), item(&v4)]),
            _ => (None, Vec::new()),
        };
        status.extend(single.map(|address| ("podIP".to_owned(), text(address.clone()))));
        if !list.is_empty() || self.random.chance(10) {
            status.push(("podIPs".to_owned(), List(list)));
        }
        Map(status)
    }
}

/// The labels that pods have.
pub(crate) const POD_LABELS: [(&str, &[&str]); 3] =
    [("app", &["web", "db", ""]), ("tier", &["x", "80"]), ("ex.io/on", &["true", "x"])];

/// The labels that controllers add, and that templates may have set already.
pub(crate) const CONTROLLED_LABELS: [(&str, &[&str]); 5] = [
    ("pod-template-hash", &["5d4", "x"]),
    ("controller-revision-hash", &["5d4", "work-1-5d4", "work-2-5d4"]),
    ("job-name", &["work-0", "work-1", "work-1-28", "work-1-a-28"]),
    ("batch.kubernetes.io/controller-uid", &["1-2-3", "4"]),
    ("apps.kubernetes.io/pod-index", &["0", "1"]),
];

fn container_port(random: &mut Random) -> Tree {
    let mut port = vec![("containerPort".to_owned(), Int(random.pick(&PORTS)))];
    if random.chance(80) {
        port.push(("name".to_owned(), text(random.pick(&PORT_NAMES))));
    }
    if random.chance(40) {
        port.push(("protocol".to_owned(), text(random.pick(&PROTOCOLS))));
    }
    Map(port)
}

/// An object that takes no part in what a policy decides.
fn bystanding(random: &mut Random) -> Tree {
    let kind = random.pick(&["Service", "ConfigMap", "ServiceAccount"]);
    object("v1", kind, map([("name", text("web")), ("namespace", text("a"))]), [])
}

pub(crate) fn object(
    version: &'static str,
    kind: &'static str,
    metadata: Tree,
    fields: impl IntoIterator<Item = (&'static str, Tree)>,
) -> Tree {
    let types = [("apiVersion", text(version)), ("kind", text(kind)), ("metadata", metadata)];
    map(types.into_iter().chain(fields))
}

/// The same objects, some of them as items of a list.
fn in_lists(documents: Vec<Tree>, random: &mut Random) -> Vec<Tree> {
    let mut left: Vec<Tree> = Vec::new();
    let mut listed = Vec::new();
    // from some point on all of them, so that the order stays
    let from = random.below(documents.len());
    for (at, document) in documents.into_iter().enumerate() {
        if at < from { left.push(document) } else { listed.push(document) }
    }
    left.push(map([("apiVersion", text("v1")), ("kind", text("List")), ("items", List(listed))]));
    left
}
