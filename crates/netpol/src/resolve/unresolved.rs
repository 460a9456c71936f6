//! Why a connection has no answer, and what may have been meant.

use std::fmt;

use crate::{
    cluster::Cluster,
    connection::Entity,
    names::{Nameless, nearest},
    ports::Protocol,
};

/// Why a connection has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// No pod of that name.
    Pod(Entity),
    /// Pods of several namespaces have that name, or many that are not alike.
    Several {
        /// The name.
        name: Entity,
        /// Those that could be meant, the first ones.
        candidates: Vec<String>,
    },
    /// No Service of that name.
    Service(Entity),
    /// The Service has no such port.
    ServicePort {
        /// The Service.
        service: Entity,
        /// What was asked for.
        port: u16,
        /// Its protocol.
        protocol: Protocol,
    },
    /// No running pod is behind the Service.
    NoBackend(Entity),
    /// The Service has no selector, and nothing here tells its addresses.
    NoEndpoint(Entity),
}

/// What was most likely meant by a name that means nobody, as a piece of advice.
pub fn did_you_mean(cluster: &Cluster, unresolved: &Unresolved) -> Option<String> {
    let names = match unresolved {
        Unresolved::Several { candidates, .. } => candidates.clone(),
        Unresolved::Pod(entity) => nearest(cluster, entity),
        _ => return None,
    };
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean {one}?")),
        [others @ .., last] => Some(format!("did you mean {} or {last}?", others.join(", "))),
    }
}

impl From<(Entity, Nameless)> for Unresolved {
    fn from((name, nameless): (Entity, Nameless)) -> Self {
        match nameless {
            Nameless::Unknown => Self::Pod(name),
            Nameless::Several(candidates) => Self::Several { name, candidates },
        }
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pod(entity) => write!(f, "no pod `{entity}` in this cluster"),
            Self::Several { name, .. } => write!(f, "`{name}` could be several pods"),
            Self::Service(entity) => write!(f, "no Service `{entity}` in this cluster"),
            Self::ServicePort { service, port, protocol } => {
                write!(f, "Service `{service}` has no port {port}/{protocol}")
            }
            Self::NoBackend(service) => {
                write!(f, "no running pod is behind Service `{service}` for this port")
            }
            Self::NoEndpoint(service) => write!(
                f,
                "Service `{service}` has no selector, and no EndpointSlice or Endpoints here tells where this port leads"
            ),
        }
    }
}
