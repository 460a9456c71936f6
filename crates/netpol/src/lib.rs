//! Evaluates Kubernetes NetworkPolicies: text in, verdicts and reasons out.
//!
//! ```text
//!  text ──yaml──▶ documents ──decode──▶ objects ──cluster──▶ Cluster ──evaluate──▶ verdicts
//!    │                │                    │                    │                     │
//!    └── spans ◀──────┴── Origin (document + field path) ◀── diagnostics    explain · scoreboard
//! ```
//!
//! Each stage reads only the one before it, and the stage is in the type: whoever holds a
//! [`Cluster`] holds a valid one. The result is a trace of policies, rules, peers and ports;
//! allowed and denied are read from it, never computed beside it.
//!
//! The crate is pure: no files, no clock, no randomness, no browser. It never panics on a text.
//!
//! ```
//! use netpol::{Analysis, Direction, Inputs, Source, State};
//!
//! let policy = "
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata: {name: same-ns, namespace: shop}
//! spec:
//!   podSelector: {}
//!   ingress:
//!   - from:
//!     - podSelector: {}
//! ";
//! let text = vec![Source::new("policy.yaml", policy)];
//! let analysis = Analysis::of(Inputs { text, ..Inputs::default() });
//! let table = analysis.scoreboard(Direction::Ingress);
//! assert_eq!(table.rows[0].cells.same.state, State::Allowed);
//! assert_eq!(table.rows[0].cells.cross.state, State::Denied);
//! ```

pub mod addresses;
pub mod allow;
pub mod analysis;
mod backends;
mod classes;
pub mod cluster;
pub mod connection;
pub mod decode;
pub mod diagnostic;
mod empty;
pub mod evaluate;
pub mod expect;
pub mod explain;
pub mod field;
pub mod foreign;
pub mod fragment;
mod home;
pub mod kinds;
pub mod lint;
pub mod manifest;
pub mod matrix;
pub mod meta;
mod names;
pub mod neighbours;
pub mod objects;
pub mod openshift;
pub mod plugin;
pub mod policy;
pub mod ports;
pub mod release;
pub mod remedy;
pub mod repair;
mod replicas;
pub mod resolve;
pub mod rewrite;
pub mod scalar;
pub mod scoreboard;
pub mod secret;
pub mod selector;
pub mod source;
pub mod standing;
mod steps;
mod survey;
pub mod template;
mod validate;
pub mod verdict;
mod whole;
pub mod witness;
pub mod yaml;

pub use analysis::{Analysis, Inputs, Witnesses};
pub use cluster::{Cluster, PodId, PolicyId};
pub use connection::{Connection, Entity};
pub use decode::Objects;
pub use diagnostic::{Code, Diagnostic, Severity};
pub use evaluate::evaluate;
pub use explain::{Heading, Sentence, Subject, Why};
pub use field::{FieldPath, Origin};
pub use manifest::Manifest;
pub use meta::NamespacedName;
pub use plugin::Plugin;
pub use policy::{Direction, NetworkPolicy};
pub use release::Release;
pub use remedy::Remedy;
pub use scoreboard::{Cell, Cells, Column, Row, Scoreboard, State};
pub use source::{LineColumn, Source, Span};
pub use validate::NamespaceName;
pub use verdict::Verdict;
