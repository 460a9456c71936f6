//! Some texts, read: their documents, their objects, and what is wrong with them.

mod told;

use std::collections::BTreeMap;

use crate::{
    decode::{self, Objects, Place},
    diagnostic::{Code, Diagnostic, MAX_DIAGNOSTICS},
    field::Origin,
    fragment::{self, Fragment, Home, Reading},
    meta::DEFAULT_NAMESPACE,
    openshift,
    release::Release,
    remedy::Remedy,
    source::{Source, Span},
    validate::NamespaceName,
    yaml,
};

/// One YAML document of a manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct ManifestDocument {
    /// Index into [`Manifest::sources`].
    pub source: usize,
    /// Its index within that source, from 0.
    pub index: usize,
    /// Its nodes; those of a fragment where they stand in a whole policy.
    pub yaml: yaml::Document,
    /// What was assumed where it is only part of a policy.
    pub fragment: Option<Fragment>,
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
    /// The names that a fragment cannot have.
    pasted: BTreeMap<String, usize>,
    /// Where objects land that name no namespace; `None` where nobody said.
    landing: Option<NamespaceName>,
    /// The release of Kubernetes that answers.
    release: Release,
    fragments: usize,
}

impl Manifest {
    /// Reads the texts. Never fails: what is wrong is in `diagnostics`.
    pub fn read(sources: Vec<Source>) -> Self {
        let mut manifest = Self::default();
        manifest.append(sources);
        manifest
    }

    /// One that is still empty; what is read into it and names no namespace lands in this one, as with `kubectl apply -n`.
    pub fn landing_in(landing: Option<NamespaceName>) -> Self {
        Self { landing, ..Self::default() }
    }

    /// The same; what is read into it is refused as this release of Kubernetes refuses it.
    #[must_use]
    pub fn under(self, release: Release) -> Self {
        Self { release, ..self }
    }

    /// The namespace of objects that name none.
    pub fn landing(&self) -> &str {
        self.landing.as_ref().map_or(DEFAULT_NAMESPACE, NamespaceName::as_str)
    }

    /// Whether somebody has said it.
    pub const fn is_landing_said(&self) -> bool {
        self.landing.is_some()
    }

    /// Reads more texts.
    pub fn append(&mut self, sources: Vec<Source>) {
        let first = self.sources.len();
        self.sources.extend(sources);
        (first..self.sources.len()).for_each(|at| self.read_source(at));
    }

    fn read_source(&mut self, source: usize) {
        let text = self.sources.get(source).map_or("", Source::text);
        let documents = yaml::documents(text);
        let named = documents.iter().filter_map(|document| pasted_name(document.root.as_ref()?));
        self.pasted.extend(named.map(|name| (name.to_owned(), 0)));
        let mut objects = Objects::default();
        let landing = self.landing.clone();
        let most = self.diagnostics.len() + MAX_DIAGNOSTICS;
        for (index, yaml) in documents.into_iter().enumerate() {
            let (global, landing) = (self.documents.len(), landing.as_ref());
            let release = self.release;
            let place = Place { source, document: index, global, landing, release, most };
            let span = yaml.span;
            let document = self.read_document(yaml, &place, &mut objects);
            self.documents.push(document);
            if self.diagnostics.len() >= most {
                let message = format!(
                    "more than {MAX_DIAGNOSTICS} problems: the rest of the text is not read"
                );
                self.diagnostics.push(place.diagnostic(Code::TooLarge, message, span));
                break;
            }
        }
        self.objects.push(objects);
    }

    fn read_document(
        &mut self,
        mut yaml: yaml::Document,
        place: &Place<'_>,
        objects: &mut Objects,
    ) -> ManifestDocument {
        let before = self.diagnostics.len();
        self.diagnostics.extend(yaml.faults.iter().map(|fault| {
            let diagnostic = place.diagnostic(fault.code, fault.message.clone(), fault.span);
            Diagnostic { help: fault.help.clone(), ..diagnostic }
        }));
        let mut fragment = None;
        let counts = objects.counts();
        if let Some(mut root) = yaml.root.take() {
            openshift::fill(&mut root);
            let mut help = None;
            let root = match fragment::reading(&root) {
                Reading::Object => root,
                Reading::Unclear(unclear) => {
                    help = Some(unclear.to_owned());
                    root
                }
                Reading::Part(field) => {
                    self.tell_of_second_spec(before, root.span.start);
                    let home = Home::Landing(self.landing().to_owned());
                    let taken = fragment.insert(Fragment { field, name: self.free_name(), home });
                    let (first, root) = (fragment::first(&root), taken.place(root));
                    let note = place.diagnostic(Code::Fragment, taken.assumed(&root), first);
                    self.diagnostics.push(note.with_remedy(Remedy::Complete));
                    root
                }
            };
            let first = self.diagnostics.len();
            decode::document(&root, place, objects, &mut self.diagnostics);
            let is_no_object = |one: &Diagnostic| one.code == Code::NotAnObject;
            if let Some(diagnostic) = self.diagnostics.get_mut(first) {
                help = help.or_else(|| Self::instead(&root).filter(|_| is_no_object(diagnostic)));
                diagnostic.help = help.or_else(|| diagnostic.help.take());
            }
            yaml.root = Some(root);
        }
        self.tell_as_one(before, counts, place, &yaml, objects);
        ManifestDocument { source: place.source, index: place.document, yaml, fragment }
    }

    /// `pasted`, `pasted-2`…: the first that no policy bears.
    fn free_name(&mut self) -> String {
        let mut name = fragment::NAME.to_owned();
        while self.pasted.contains_key(&name) {
            self.fragments += 1;
            name = format!("{}-{}", fragment::NAME, self.fragments + 1);
        }
        self.pasted.insert(name.clone(), 0);
        name
    }

    /// Puts fragments, by their documents, into other namespaces: in their policies and in what was said
    /// of them.
    pub(crate) fn settle(&mut self, homes: &BTreeMap<usize, Home>) {
        let mut said: BTreeMap<(usize, usize), String> = BTreeMap::new();
        for (document, home) in homes {
            let Some(known) = self.documents.get_mut(*document) else { continue };
            let place = (known.source, known.index);
            if let (Some(fragment), Some(root)) = (&mut known.fragment, &mut known.yaml.root) {
                fragment.home = home.clone();
                fragment.write_home(root);
                said.insert(place, fragment.assumed(root));
            }
        }
        for diagnostic in self.diagnostics.iter_mut().filter(|one| one.code == Code::Fragment) {
            if let Some(message) = said.remove(&(diagnostic.source, diagnostic.document)) {
                diagnostic.message = message;
            }
        }
        for policy in self.objects.iter_mut().flat_map(|objects| &mut objects.policies) {
            let document = policy.meta.origin.as_ref().map(|origin| origin.document);
            if let Some(home) = document.and_then(|document| homes.get(&document)) {
                home.name().clone_into(&mut policy.meta.name.namespace);
            }
        }
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

/// A policy's name that a fragment might have had.
fn pasted_name(root: &yaml::Node) -> Option<&str> {
    let name = root.get("metadata")?.get("name")?.as_str()?;
    name.starts_with(fragment::NAME).then_some(name)
}
