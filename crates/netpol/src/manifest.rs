//! Some texts, read: their documents, their objects, and what is wrong with them.

use crate::{
    decode::{self, Objects, Place},
    diagnostic::{Code, Diagnostic, MAX_DIAGNOSTICS},
    field::{FieldPath, Origin},
    source::{Source, Span},
    yaml,
};

/// One YAML document of a manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct ManifestDocument {
    /// Index into [`Manifest::sources`].
    pub source: usize,
    /// Its index within that source, from 0.
    pub index: usize,
    /// Its nodes.
    pub yaml: yaml::Document,
}

/// Some texts taken together as one set of objects, as `kubectl apply -f a -f b` would.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// The texts.
    pub sources: Vec<Source>,
    /// Their documents, in order.
    pub documents: Vec<ManifestDocument>,
    /// What each source declares; faulty objects are left out.
    pub objects: Vec<Objects>,
    /// What is wrong with them, in order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Manifest {
    /// Reads the texts. Never fails: what is wrong is in `diagnostics`.
    pub fn read(sources: Vec<Source>) -> Self {
        let mut manifest = Self::default();
        manifest.append(sources);
        manifest
    }

    /// Reads more texts.
    pub fn append(&mut self, sources: Vec<Source>) {
        let first = self.sources.len();
        self.sources.extend(sources);
        (first..self.sources.len()).for_each(|at| self.read_source(at));
    }

    fn read_source(&mut self, source: usize) {
        let text = self.sources.get(source).map_or("", Source::text);
        let mut objects = Objects::default();
        let before = self.diagnostics.len();
        for (index, yaml) in yaml::documents(text).into_iter().enumerate() {
            let at = |fault: &yaml::Fault| Diagnostic {
                code: fault.code,
                message: fault.message.clone(),
                help: fault.help.clone(),
                field: FieldPath::root(),
                source,
                document: index,
                span: fault.span,
            };
            self.diagnostics.extend(yaml.faults.iter().map(at));
            if let Some(root) = &yaml.root {
                let place = Place {
                    source,
                    document: index,
                    global: self.documents.len(),
                    most: before + MAX_DIAGNOSTICS,
                };
                decode::document(root, &place, &mut objects, &mut self.diagnostics);
            }
            let is_too_much = self.diagnostics.len() >= before + MAX_DIAGNOSTICS;
            if is_too_much {
                let message = format!(
                    "more than {MAX_DIAGNOSTICS} problems: the rest of the text is not read"
                );
                let fault =
                    yaml::Fault { code: Code::TooLarge, message, help: None, span: yaml.span };
                self.diagnostics.push(at(&fault));
            }
            self.documents.push(ManifestDocument { source, index, yaml });
            if is_too_much {
                break;
            }
        }
        self.objects.push(objects);
    }

    /// The document that an origin speaks of.
    pub fn document(&self, origin: &Origin) -> Option<&ManifestDocument> {
        self.documents.get(origin.document)
    }

    /// The source and the bytes of a field, its key included; of the nearest field above it, where
    /// it was left out. For a whole document, all its bytes from the first key to the last value.
    pub fn span(&self, origin: &Origin) -> Option<(usize, Span)> {
        let document = self.document(origin)?;
        let root = document.yaml.root.as_ref()?;
        Some((document.source, root.span_of(&origin.path)))
    }

    /// First and last line (from 1) of a field, and its source.
    pub fn lines(&self, origin: &Origin) -> Option<(usize, (usize, usize))> {
        let (source, span) = self.span(origin)?;
        Some((source, self.sources.get(source)?.lines(span)))
    }

    /// Whether anything in it would be refused.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}
