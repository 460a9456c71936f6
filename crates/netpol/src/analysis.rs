//! Everything above in one value. Texts in; never fails, never panics.

use crate::{
    cluster::{Cluster, Remark},
    decode::Objects,
    diagnostic::{Code, Diagnostic, MAX_DIAGNOSTICS},
    expect::{self, Checked},
    field::FieldPath,
    manifest::Manifest,
    policy::Direction,
    scoreboard::Scoreboard,
    source::{Source, Span},
    witness,
};

/// The texts to look at.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// What is asked about: policies, and possibly a cluster of their own.
    pub text: Vec<Source>,
    /// Objects that always belong to the cluster.
    pub cluster: Vec<Source>,
    /// The cluster to use where the texts above hold no Namespace and no Pod.
    pub fallback: Vec<Source>,
    /// Whether witnesses are added.
    pub witnesses: Witnesses,
}

/// When the cluster is filled up with [witnesses](crate::witness).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Witnesses {
    /// Wherever policies name what the cluster lacks.
    #[default]
    Add,
    /// Only where the texts hold no Pod of their own.
    AddUnlessPods,
    /// Never.
    Off,
}

/// What a set of texts says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// The texts, read: first `text`, then `cluster`, then `fallback` if it serves.
    pub manifest: Manifest,
    /// The cluster that they describe, witnesses included.
    pub cluster: Cluster,
    /// What is wrong with them, by source and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The `#?` lines, checked against all policies together.
    pub expectations: Vec<Checked>,
    /// The witnesses that are part of `cluster`.
    pub added: Objects,
    /// Whether `fallback` serves as the cluster.
    pub uses_fallback: bool,
}

impl Analysis {
    /// Reads, builds and checks.
    pub fn of(inputs: Inputs) -> Self {
        let texts = inputs.text.len();
        let mut sources = inputs.text;
        sources.extend(inputs.cluster);
        let mut manifest = Manifest::read(sources);
        let uses_fallback = !manifest.objects.iter().any(Objects::has_cluster);
        let has_pods = manifest.objects.iter().any(|objects| !objects.pods.is_empty());
        if uses_fallback {
            manifest.append(inputs.fallback);
        }
        let wants_witnesses = match inputs.witnesses {
            Witnesses::Add => true,
            Witnesses::AddUnlessPods => !has_pods,
            Witnesses::Off => false,
        };
        let (cluster, remarks, added) = build(&manifest, texts, wants_witnesses);
        let (found, unreadable) = expect::expectations(&manifest);
        let (expectations, unknown) = expect::check(&cluster, &manifest, found);
        let mut diagnostics = manifest.diagnostics.clone();
        let remarks =
            remarks.iter().filter_map(|remark| diagnostic(&manifest, remark, uses_fallback));
        let more = unreadable.into_iter().chain(unknown).chain(remarks);
        for diagnostic in more.take(MAX_DIAGNOSTICS) {
            // documents in order; within one the API server's own order stays
            let place = (diagnostic.source, diagnostic.document);
            let at = diagnostics.partition_point(|known| (known.source, known.document) <= place);
            diagnostics.insert(at, diagnostic);
        }
        Self { manifest, cluster, diagnostics, expectations, added, uses_fallback }
    }

    /// The table of a direction.
    pub fn scoreboard(&self, direction: Direction) -> Scoreboard {
        Scoreboard::of(&self.cluster, direction)
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

fn build(
    manifest: &Manifest,
    texts: usize,
    wants_witnesses: bool,
) -> (Cluster, Vec<Remark>, Objects) {
    // the cluster's objects first: what the text says of the same object wins
    let mut objects = Objects::default();
    let (text, beneath) = manifest.objects.split_at(texts.min(manifest.objects.len()));
    beneath.iter().chain(text).for_each(|more| objects.extend(more.clone()));
    let (cluster, remarks) = Cluster::build(objects.clone());
    if !wants_witnesses {
        return (cluster, remarks, Objects::default());
    }
    let added = witness::witnesses(&cluster);
    if !added.has_cluster() {
        return (cluster, remarks, added);
    }
    objects.extend(added.clone());
    (Cluster::build(objects).0, remarks, added)
}

fn diagnostic(manifest: &Manifest, remark: &Remark, uses_fallback: bool) -> Option<Diagnostic> {
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
        // a pasted policy need not bring its namespace along
        Remark::NamespaceAssumed { .. } if uses_fallback => return None,
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
    let (document, severity) = (document.index, code.severity());
    Some(Diagnostic { code, severity, message, help: None, field, source, document, span })
}
