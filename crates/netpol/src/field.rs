//! Where in a document a thing stands: a Kubernetes field path, and the document it belongs to.

use std::fmt;

/// One step of a [`FieldPath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A field of a map.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

/// A path such as `spec.ingress[0].from[1]`, written as the API server writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FieldPath(Vec<Segment>);

impl FieldPath {
    /// The document itself.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// This path, one field further down. A dotted name is several fields.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        let mut path = self.clone();
        path.0.extend(name.split('.').map(|part| Segment::Key(part.to_owned())));
        path
    }

    /// This path, one field further down, whose name may itself hold dots (a label key).
    #[must_use]
    pub fn label(&self, name: &str) -> Self {
        let mut path = self.clone();
        path.0.push(Segment::Key(name.to_owned()));
        path
    }

    /// This path, one list item further down.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut path = self.clone();
        path.0.push(Segment::Index(index));
        path
    }

    /// The steps from the document down.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether this is the document itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The field names alone, joined by dots: how Go's JSON decoder names a place.
    pub fn without_indexes(&self) -> String {
        let keys = self.0.iter().filter_map(|segment| match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::Index(_) => None,
        });
        keys.collect::<Vec<_>>().join(".")
    }

    /// The path below the given number of leading steps; what lies under `items[3]` of a `List`.
    #[must_use]
    pub fn below(&self, steps: usize) -> Self {
        Self(self.0.get(steps..).unwrap_or(&[]).to_vec())
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if at == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A field of one document: what traces and objects hold instead of byte positions, so that
/// objects made in a test need none. [`Manifest::span`](crate::Manifest::span) finds the bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Index into [`Manifest::documents`](crate::Manifest::documents).
    pub document: usize,
    /// The field within the document.
    pub path: FieldPath,
}

impl Origin {
    /// A field below this one.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        Self { document: self.document, path: self.path.key(name) }
    }

    /// A field below this one, whose name may itself hold dots (a label key).
    #[must_use]
    pub fn label(&self, name: &str) -> Self {
        Self { document: self.document, path: self.path.label(name) }
    }

    /// An item of this list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self { document: self.document, path: self.path.index(index) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_the_api_server_writes_it() {
        let path = FieldPath::root().key("spec.ingress").index(0).key("from").index(1);
        assert_eq!(path.to_string(), "spec.ingress[0].from[1]");
        assert_eq!(path.without_indexes(), "spec.ingress.from");
        assert_eq!(
            FieldPath::root().key("items").index(3).key("spec").below(2).to_string(),
            "spec"
        );
    }
}
