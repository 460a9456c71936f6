//! Everything above in one value. Texts in; never fails, never panics.

use crate::{
    allow::{Allowances, Allowed},
    cluster::{Cluster, Remark},
    decode::Objects,
    diagnostic::{Code, Diagnostic, MAX_DIAGNOSTICS, Severity},
    expect::{self, Checked},
    field::FieldPath,
    home,
    manifest::Manifest,
    policy::Direction,
    release::Release,
    scoreboard::Scoreboard,
    source::{Source, Span},
    validate::NamespaceName,
    whole, witness,
};

/// The texts to look at.
///
/// What somebody wrote counts, and wins by name. Where they wrote no pod, an example cluster stands
/// around it. Whom policies name and nobody answers to is assumed, and marked. Of a whole cluster, such
/// as `kubectl get namespaces,pods -A` prints, nothing is assumed.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// What is asked about: policies, and possibly a cluster of their own.
    pub text: Vec<Source>,
    /// Objects that belong to the cluster as well; those of the text win by name.
    pub cluster: Vec<Source>,
    /// The example: the cluster around texts that hold no Pod. All that they hold wins by name.
    pub fallback: Vec<Source>,
    /// Where objects land that name no namespace: `kubectl apply -n`. `default` where nobody says.
    pub namespace: Option<NamespaceName>,
    /// The release of Kubernetes that answers; the newest where nobody says.
    pub kubernetes: Release,
    /// Whether witnesses are added.
    pub witnesses: Witnesses,
}

/// Whether the cluster is filled up with [witnesses](crate::witness).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Witnesses {
    /// Wherever policies name whom the cluster lacks, unless it is a whole one.
    #[default]
    Add,
    /// Never.
    Off,
}

/// What a set of texts says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// The texts, read: first `text`, then `cluster`, then `fallback` if it stands around them.
    pub manifest: Manifest,
    /// The cluster that they describe, witnesses included.
    pub cluster: Cluster,
    /// What is wrong with them, by source and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What would be among it if no comment allowed it.
    pub allowed: Vec<Allowed>,
    /// What comments allow.
    pub allowances: Allowances,
    /// The `#?` lines, checked against all policies together.
    pub expectations: Vec<Checked>,
    /// The witnesses that are part of `cluster`.
    pub added: Objects,
    /// Whether somebody wrote a pod: else nothing is known of the cluster that is meant.
    pub has_pods: bool,
    /// Whether `fallback` stands around the texts.
    pub uses_fallback: bool,
    /// Whether the texts hold a whole cluster, so that nothing is assumed.
    pub is_whole: bool,
}

impl Analysis {
    /// Reads, builds and checks.
    pub fn of(inputs: Inputs) -> Self {
        let texts = inputs.text.len();
        let mut sources = inputs.text;
        sources.extend(inputs.cluster);
        let mut manifest = Manifest::landing_in(inputs.namespace).under(inputs.kubernetes);
        manifest.append(sources);
        let given = Given { sources: manifest.sources.len(), documents: manifest.documents.len() };
        let has_pods = manifest.objects.iter().any(|objects| !objects.pods.is_empty());
        let is_bare = !manifest.objects.iter().any(Objects::has_cluster);
        let is_whole = whole::is_whole_cluster(&manifest);
        let uses_fallback = !has_pods && !is_whole && !inputs.fallback.is_empty();
        if uses_fallback {
            manifest.append(inputs.fallback);
        }
        if !manifest.is_landing_said() {
            home::settle(&mut manifest, texts, given.sources);
        }
        let wants_witnesses = inputs.witnesses == Witnesses::Add && !is_whole;
        let (cluster, remarks, added) =
            build(&manifest, &Layers { texts, given, uses_fallback, wants_witnesses });
        let (found, unreadable) = expect::expectations(&manifest);
        let (expectations, unknown) = expect::check(&cluster, &manifest, found);
        let mut diagnostics = manifest.diagnostics.clone();
        let remarks = remarks.iter().filter(|remark| is_of_texts(remark, given.documents));
        let remarks = remarks.filter_map(|remark| diagnostic(&manifest, remark, is_bare));
        let more = unreadable.into_iter().chain(unknown).chain(remarks);
        diagnostics.extend(more.take(MAX_DIAGNOSTICS));
        let (mut allowances, told) = Allowances::of(&manifest);
        diagnostics.extend(told);
        // documents in order; within one the API server's own order stays
        diagnostics.sort_by_key(|diagnostic| (diagnostic.source, diagnostic.document));
        let allowed = allowances.sift(&manifest.sources, &mut diagnostics, |one| one);
        Self {
            manifest,
            cluster,
            diagnostics,
            allowed,
            allowances,
            expectations,
            added,
            has_pods,
            uses_fallback,
            is_whole,
        }
    }

    /// The table of a direction.
    pub fn scoreboard(&self, direction: Direction) -> Scoreboard {
        Scoreboard::of(&self.cluster, direction)
    }

    /// The direction to look at first: the one that its policies restrict, where they restrict only one.
    pub fn own_direction(&self) -> Direction {
        let restricts =
            |direction| self.cluster.policies().any(|(_, policy)| policy.affects(direction));
        if restricts(Direction::Egress) && !restricts(Direction::Ingress) {
            Direction::Egress
        } else {
            Direction::Ingress
        }
    }

    /// Whether anything would be refused, so that the table does not tell all.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The diagnostics of one source.
    pub fn diagnostics_of(&self, source: usize) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(move |diagnostic| diagnostic.source == source)
    }
}

/// How much of a manifest is somebody's own; the rest is the example around it.
#[derive(Clone, Copy)]
struct Given {
    sources: usize,
    documents: usize,
}

/// Which of the objects are whose.
struct Layers {
    /// So many sources are the text's.
    texts: usize,
    given: Given,
    uses_fallback: bool,
    wants_witnesses: bool,
}

fn build(manifest: &Manifest, layers: &Layers) -> (Cluster, Vec<Remark>, Objects) {
    // the example first, then the cluster's objects: what the text says of the same object wins
    let mut objects = Objects::default();
    let (given, example) = split(&manifest.objects, layers.given.sources);
    let (text, cluster) = split(given, layers.texts);
    example.iter().chain(cluster).chain(text).for_each(|more| objects.extend(more.clone()));
    let build = |objects| {
        let (cluster, remarks) = Cluster::build(objects);
        (if layers.uses_fallback { cluster.among_strangers() } else { cluster }, remarks)
    };
    let (cluster, remarks) = build(objects.clone());
    if !layers.wants_witnesses {
        return (cluster, remarks, Objects::default());
    }
    let (added, short) = witness::witnesses(&cluster, layers.given.documents);
    let mut remarks = remarks;
    if let Some(first) = short.first() {
        let origin = cluster.policy(*first).and_then(|policy| policy.meta.origin.clone());
        remarks.push(Remark::NotAllAssumed { policies: short.len(), origin });
    }
    if !added.has_cluster() {
        return (cluster, remarks, added);
    }
    objects.extend(added.clone());
    (build(objects).0, remarks, added)
}

fn split(objects: &[Objects], at: usize) -> (&[Objects], &[Objects]) {
    objects.split_at(at.min(objects.len()))
}

/// An object of the example that makes way for one of somebody's own is nothing to speak of.
fn is_of_texts(remark: &Remark, given: usize) -> bool {
    let (Remark::Replaced { origin, .. }
    | Remark::Renamed { origin, .. }
    | Remark::NotAllAssumed { origin, .. }
    | Remark::NamespaceAssumed { origin, .. }) = remark;
    origin.as_ref().is_none_or(|origin| origin.document < given)
}

fn diagnostic(manifest: &Manifest, remark: &Remark, is_bare: bool) -> Option<Diagnostic> {
    let (code, message, origin) = match remark {
        Remark::Replaced { kind, name, origin } => {
            let name = if *kind == "Namespace" { name.name.clone() } else { name.to_string() };
            let message = format!(
                "another {kind} `{name}` follows: the last one wins, this one does not count"
            );
            (Code::DuplicateObject, message, origin.as_ref()?)
        }
        Remark::Renamed { kind, name, other, pod, origin } => {
            let message = format!(
                "a {other} is called `{name}` as well: the pod of this {kind} is called `{pod}` here"
            );
            (Code::SharedName, message, origin.as_ref()?)
        }
        Remark::NotAllAssumed { policies, origin } => {
            let message = format!(
                "too many are named who are not here to assume all of them: this policy and {} more are told as if nobody else came",
                policies.saturating_sub(1)
            );
            (Code::TooLarge, message, origin.as_ref()?)
        }
        // a pasted policy need not bring its namespace along
        Remark::NamespaceAssumed { .. } if is_bare => return None,
        Remark::NamespaceAssumed { name, origin } => {
            let message =
                format!("namespace `{name}` is not declared: assumed without labels of its own");
            (Code::NamespaceAssumed, message, origin.as_ref()?)
        }
    };
    let document = manifest.document(origin)?;
    let (source, span) =
        manifest.span(&origin.key("metadata")).unwrap_or((document.source, Span::default()));
    let field = FieldPath::root().key("metadata");
    let diagnostic = Diagnostic::new(code, message, source, document.index, span);
    // everything that is written counts all the same
    let severity = diagnostic.severity.max(Severity::Warning);
    Some(Diagnostic { severity, field, ..diagnostic })
}
