//! Everything that is ever said about a text: what is wrong, where, and what to do.
//! Wording follows the API server's where it has one; colours and layout belong to the views.

use std::fmt;

use crate::{field::FieldPath, remedy::Remedy, source::Span};

/// How much a [`Diagnostic`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The API server would refuse this; nothing is evaluated from it, but for what clusters hold from before it was refused.
    Error,
    /// Taken as it is, but most likely not what was meant.
    Warning,
    /// Worth knowing: an assumption, or something left out.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// Diagnostics of one text beyond this number are left out; an error says so.
pub const MAX_DIAGNOSTICS: usize = 10_000;

/// How alike a word and a code are where the one was probably meant for the other; from 0 to 1.
const LIKELY: f64 = 0.8;
/// A longer word is no slip of any code.
const LONGEST_WORD: usize = 100;

macro_rules! codes {
    (faults { $($fault:tt)* } lints { $($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)* }) => {
        codes! { $($fault)* $($(#[$doc])* $name = $text, $severity;)* }

        impl Code {
            /// Whether it is of what the API server takes without a word, and still surprises.
            pub const fn is_lint(self) -> bool {
                matches!(self, $(Self::$name)|*)
            }
        }
    };
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// What kind of thing a [`Diagnostic`] says; stable, so that it can be looked up and filtered.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as printed: `error[required-value]`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How much a diagnostic of this code matters.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// Its page for people, in Markdown: what it says, why, a bad example and a good one.
            /// The first paragraph below the heading sums it up; a program that never asks for a
            /// page carries none.
            pub const fn page(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("../pages/", $text, ".md")),)* }
            }
        }
    };
}

codes! { faults {
    /// The text is not YAML, or has lost its indentation.
    YamlSyntax = "yaml-syntax", Error;
    /// The text is larger or deeper than the bounds that keep a page responsive.
    TooLarge = "too-large", Error;
    /// A map has the same key twice; kubectl silently takes the last one.
    DuplicateKey = "duplicate-key", Warning;
    /// What kubectl passes over: text behind a document's end, a tag of one's own.
    NotRead = "not-read", Warning;
    /// A document is no Kubernetes object: not a map, or without `kind` or `apiVersion`.
    NotAnObject = "not-an-object", Error;
    /// A kind that is known by another API version.
    WrongApiVersion = "wrong-api-version", Error;
    /// A kind that the API does not have, but for a slip.
    UnknownKind = "unknown-kind", Error;
    /// A policy of another API (`CiliumNetworkPolicy`, `AdminNetworkPolicy`…): not evaluated here.
    OtherPolicyKind = "other-policy-kind", Warning;
    /// A kind that takes no part in the evaluation.
    KindNotUsed = "kind-not-used", Note;
    /// What `kubectl kustomize` and others build objects of: left alone.
    LeftAlone = "left-alone", Note;
    /// A text that is yet to be rendered: Helm's, envsubst's, ytt's.
    Template = "template", Error;
    /// An object of an OpenShift Template that uses a parameter without a value: left out.
    ParameterWithoutValue = "parameter-without-value", Note;
    /// A field that only the API of another version has: kubectl refuses it, other clients drop it.
    FieldOfAnotherVersion = "field-of-another-version", Warning;
    /// A field that the API does not have: kubectl refuses it.
    UnknownField = "unknown-field", Error;
    /// A list where a map belongs, a number where text belongs…
    WrongType = "wrong-type", Error;
    /// `Required value`.
    RequiredValue = "required-value", Error;
    /// `Invalid value`.
    InvalidValue = "invalid-value", Error;
    /// `Unsupported value`.
    UnsupportedValue = "unsupported-value", Error;
    /// `Forbidden`.
    Forbidden = "forbidden", Error;
    /// A CIDR that newer API servers refuse, an error then, and older ones take with a warning.
    CidrNotCanonical = "cidr-not-canonical", Warning;
    /// Two objects of one kind, namespace and name: the last one wins.
    DuplicateObject = "duplicate-object", Warning;
    /// A workload and an object of another kind bear one name.
    SharedName = "shared-name", Note;
    /// No `metadata.namespace`: the object goes to `default`.
    NamespaceMissing = "namespace-missing", Note;
    /// A namespace that is used but not declared.
    NamespaceAssumed = "namespace-assumed", Note;
    /// Part of a policy alone: what is missing is assumed.
    Fragment = "fragment", Note;
    /// A `#?` line that cannot be read.
    ExpectationSyntax = "expectation-syntax", Error;
    /// A `#?` line names a pod that does not exist.
    ExpectationUnknownPod = "expectation-unknown-pod", Error;
    /// A `# netpol: allow` comment that cannot be read.
    AllowSyntax = "allow-syntax", Warning;
    /// A `# netpol: allow` comment that does not say why.
    AllowWithoutReason = "allow-without-reason", Note;
    /// An allowance that silences nothing.
    UnusedAllow = "unused-allow", Note;
} lints {
    /// Two selectors as two items: OR, one dash away from AND.
    SelectorsOred = "selectors-ored", Warning;
    /// `from: []`, `to: []` or `ports: []`: everyone or every port, not nobody.
    EmptyListAdmitsAll = "empty-list-admits-all", Warning;
    /// `- {}`: a rule without conditions.
    RuleAdmitsAll = "rule-admits-all", Note;
    /// An empty `namespaceSelector` that opens to the whole cluster.
    AllNamespaces = "all-namespaces", Note;
    /// A block of every address.
    AllAddresses = "all-addresses", Note;
    /// `0.0.0.0/0` without `::/0`.
    Ipv4Only = "ipv4-only", Note;
    /// An `ipBlock` that holds addresses of pods.
    BlockCoversPods = "block-covers-pods", Warning;
    /// An `ipBlock` of a Service's own address.
    BlockIsClusterIp = "block-is-cluster-ip", Warning;
    /// An `except` inside another one.
    ExceptRemovesNothing = "except-removes-nothing", Warning;
    /// An `except` whose addresses something else admits.
    ExceptDefeated = "except-defeated", Warning;
    /// Rules of a direction that `policyTypes` does not list.
    RulesWithoutType = "rules-without-type", Warning;
    /// A direction that is shut in passing.
    IsolatesWithoutRules = "isolates-without-rules", Note;
    /// A policy that others make needless.
    PolicyWithoutEffect = "policy-without-effect", Note;
    /// A rule that another one of the policy makes needless.
    RuleContained = "rule-contained", Note;
    /// A policy that is called a denial and admits somebody.
    DenyByName = "deny-by-name", Note;
    /// A namespace with policies, and pods that none of them isolates.
    NoDefaultDeny = "no-default-deny", Note;
    /// Two selectors in one item that no pod meets both.
    SelectorsAnded = "selectors-anded", Note;
    /// A `podSelector` alone that finds pods only in other namespaces.
    PodSelectorStaysHome = "pod-selector-stays-home", Warning;
    /// A label that no namespace has, with the name of one as its value.
    NamespaceLabelMissing = "namespace-label-missing", Warning;
    /// A policy that applies to nobody.
    SelectsNoPod = "selects-no-pod", Warning;
    /// An entry of `from` or `to` that finds nobody.
    PeerMatchesNoPod = "peer-matches-no-pod", Warning;
    /// Pods that a policy names and an operator may start at run time.
    PodsAtRunTime = "pods-at-run-time", Note;
    /// An entry of `from` or `to` that finds only pods on their node's network.
    PeerOnNodeNetwork = "peer-on-node-network", Warning;
    /// A Service's port where the pod's is meant.
    ServicePort = "service-port", Warning;
    /// A node port of a Service where the pod's is meant.
    NodePort = "node-port", Warning;
    /// A named port that no container declares.
    NamedPortUnknown = "named-port-unknown", Warning;
    /// A named port on the way to addresses.
    NamedPortOnBlock = "named-port-on-block", Warning;
    /// Port 53 for TCP, but not for UDP.
    DnsOverTcpOnly = "dns-over-tcp-only", Warning;
    /// Pods isolated for egress that cannot resolve names.
    EgressWithoutDns = "egress-without-dns", Warning;
} }

impl Code {
    /// The code of that name.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// The code that a word was most probably meant to be.
    pub fn like(text: &str) -> Option<Self> {
        if text.len() > LONGEST_WORD {
            return None;
        }
        let text = text.to_ascii_lowercase();
        let likeness = |code: &Self| strsim::jaro_winkler(&text, code.as_str());
        let likely = Self::ALL.iter().copied().filter(|code| likeness(code) > LIKELY);
        likely.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing said about the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How much it matters: as its code says; less where this one may well be meant, more where the release refuses it.
    pub severity: Severity,
    /// Lower case, no full stop, the user's text in backticks.
    pub message: String,
    /// An action: what to do about it.
    pub help: Option<String>,
    /// The same as a value, where the one who found it knows.
    pub remedy: Option<Remedy>,
    /// The field it speaks of; the document itself where there is no better one.
    pub field: FieldPath,
    /// Index into [`Manifest::sources`](crate::Manifest::sources).
    pub source: usize,
    /// Index of the document within its source, from 0.
    pub document: usize,
    /// The bytes of the source to underline.
    pub span: Span,
}

impl Diagnostic {
    /// Something to say of a document as a whole.
    pub const fn new(
        code: Code,
        message: String,
        source: usize,
        document: usize,
        span: Span,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            message,
            help: None,
            remedy: None,
            field: FieldPath::root(),
            source,
            document,
            span,
        }
    }

    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether the API server would refuse the object.
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }

    /// Whether something is not part of what is evaluated because of it. A `#?` line is part of nothing, and what
    /// clusters hold from before the API server refused it counts all the same.
    pub const fn leaves_out(&self) -> bool {
        let is_part = matches!(
            self.code,
            Code::ExpectationSyntax | Code::ExpectationUnknownPod | Code::CidrNotCanonical
        );
        matches!(self.severity, Severity::Error) && !is_part
    }

    /// The same, only worth knowing.
    #[must_use]
    pub const fn as_note(mut self) -> Self {
        self.severity = Severity::Note;
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do about it as a value, which has words of its own.
    #[must_use]
    pub fn with_remedy(mut self, remedy: Remedy) -> Self {
        self.remedied(remedy);
        self
    }

    /// The same in place.
    pub fn remedied(&mut self, remedy: Remedy) {
        self.help = Some(remedy.to_string());
        self.remedy = Some(remedy);
    }
}

/// `spec.ingress[0].from[0]: Required value: must specify a peer`; messages that name their field
/// themselves stand alone.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names_field = matches!(
            self.code,
            Code::RequiredValue
                | Code::InvalidValue
                | Code::UnsupportedValue
                | Code::Forbidden
                | Code::CidrNotCanonical
        );
        if names_field && !self.field.is_root() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_kebab_case() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(texts.iter().all(|t| t.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-'))));
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
    }
}
