//! What a document is as a whole, said once whatever else could be said of it: a template, a listing of kubectl, prose around
//! a policy, lost indentation.

use super::Manifest;
use crate::{
    decode::{Objects, Place},
    diagnostic::{Code, Diagnostic},
    field::FieldPath,
    foreign, fragment, openshift,
    remedy::Remedy,
    source::{Source, Span},
    template::{self, Engine, Placeholder},
    yaml,
};

impl Manifest {
    /// Says once what a document is as a whole, whatever else could be said of it.
    pub(super) fn tell_as_one(
        &mut self,
        before: usize,
        counts: [usize; 4],
        place: &Place,
        yaml: &yaml::Document,
        objects: &mut Objects,
    ) {
        if self.tell_of_template(before, place, yaml) {
            // what a template says is not known before it is rendered
            objects.truncate(counts);
        } else {
            self.tell_of_printed(before, place, yaml.span);
            if !self.tell_of_prose(before, place.source, yaml.span) {
                self.tell_of_lost_indentation(before, place.source, yaml.span);
            }
        }
    }

    /// A second `spec` in a fragment is another policy's.
    pub(super) fn tell_of_second_spec(&mut self, before: usize, root: usize) {
        for diagnostic in self.diagnostics.iter_mut().skip(before) {
            let Some(source) = self.sources.get(diagnostic.source) else { continue };
            let Span { start, end } = diagnostic.span;
            let is_beside = source.line_column(start).column == source.line_column(root).column;
            if is_beside && source.text().get(start..end) == Some("spec") {
                diagnostic.remedied(Remedy::Part);
            }
        }
    }

    /// A template is one fault, whatever comes of it. Tells whether the document is one.
    fn tell_of_template(&mut self, before: usize, place: &Place, yaml: &yaml::Document) -> bool {
        let text = self.sources.get(place.source).map_or("", Source::text);
        let said = self.diagnostics.get(before..).unwrap_or(&[]);
        let Some(Placeholder { engine, span }) = placeholder(text, said, yaml) else {
            return false;
        };
        if engine == Engine::Envsubst && yaml.root.as_ref().is_some_and(openshift::is_template) {
            self.tell_of_undeclared(before);
            return false;
        }
        let shown: String = text.get(span.start..span.end).unwrap_or("").chars().take(80).collect();
        let message = format!("this is a template: `{shown}` is yet to be filled in");
        self.diagnostics.truncate(before);
        self.diagnostics.push(
            place.diagnostic(Code::Template, message, span).with_remedy(Remedy::Render(engine)),
        );
        true
    }

    /// To `oc process` a reference to a parameter that is not declared is plain text.
    fn tell_of_undeclared(&mut self, before: usize) {
        for diagnostic in self.diagnostics.iter_mut().skip(before).filter(|one| one.is_error()) {
            let Some(source) = self.sources.get(diagnostic.source) else { continue };
            if template::at(source.text(), diagnostic.span).is_some() {
                let help = "declare it under `parameters`, with a `value`";
                diagnostic.help = Some(help.to_owned());
            }
        }
    }

    /// What kubectl prints for people is one fault as well.
    fn tell_of_printed(&mut self, before: usize, place: &Place, document: Span) {
        let text = self.sources.get(place.source).map_or("", Source::text);
        let text = text.get(document.start..document.end).unwrap_or("");
        let has_errors = self.diagnostics.iter().skip(before).any(Diagnostic::is_error);
        let Some(help) = foreign::printed(text).filter(|_| has_errors) else { return };
        let start = document.start + text.find('N').unwrap_or(0);
        let length = text
            .get(start - document.start..)
            .and_then(|rest| rest.lines().next())
            .map_or(0, str::len);
        let message =
            "this document is no Kubernetes object: it is not a map with `apiVersion` and `kind`";
        let span = Span::new(start, start + length);
        self.diagnostics.truncate(before);
        self.diagnostics
            .push(place.diagnostic(Code::NotAnObject, message.to_owned(), span).with_help(help));
    }

    /// Lost indentation is one fault, whatever comes of it.
    fn tell_of_lost_indentation(&mut self, before: usize, source: usize, document: Span) {
        let text = self.sources.get(source).map_or("", Source::text);
        let mut errors = self.diagnostics.iter().skip(before).filter(|known| known.leaves_out());
        let Some(first) = errors.next() else { return };
        let (code, field) = (Code::YamlSyntax, FieldPath::root());
        let severity = code.severity();
        let message = "the indentation is lost".to_owned();
        let lost = Diagnostic { code, severity, message, field, ..first.clone() };
        let lost = if fragment::lost_indentation(text, document).is_some() {
            lost.with_remedy(Remedy::Indent)
        } else if fragment::is_flat(text, document) {
            let help = "indent each line below the key that it belongs to: more than one way fits, or none";
            Diagnostic { remedy: None, ..lost.with_help(help) }
        } else {
            return;
        };
        self.diagnostics.truncate(before);
        self.diagnostics.push(lost);
    }

    /// Prose around a policy is one fault as well, where without it all can be read. Tells whether it is.
    fn tell_of_prose(&mut self, before: usize, source: usize, document: Span) -> bool {
        let text = self.sources.get(source).map_or("", Source::text);
        let mut errors = self.diagnostics.iter().skip(before).filter(|known| known.leaves_out());
        let is_of_text =
            |first: &&Diagnostic| matches!(first.code, Code::YamlSyntax | Code::NotAnObject);
        let Some(first) = errors.next().filter(is_of_text) else { return false };
        let insertions = fragment::prose(text, document);
        let Some((at, _)) = insertions.and_then(|all| all.into_iter().next()) else { return false };
        let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let span = Span::new(at, at + line.trim_end().len());
        let prose = Diagnostic { span, ..first.clone() }.with_remedy(Remedy::Comment);
        self.diagnostics.truncate(before);
        self.diagnostics.push(prose);
        true
    }

    /// What to do about a document that is no object, but something else that is known.
    pub(super) fn instead(root: &yaml::Node) -> Option<String> {
        if foreign::is_list_of_objects(root) {
            return Some(foreign::OBJECTS_IN_A_LIST.to_owned());
        }
        let foreign = foreign::foreign(root)?;
        let help = foreign.help()?;
        Some(format!("this is {}: {help}", foreign.names().0))
    }
}

/// The first placeholder of a template in what was refused, or in a comment that steers ytt.
fn placeholder(text: &str, said: &[Diagnostic], yaml: &yaml::Document) -> Option<Placeholder> {
    let is_of_interest = |one: &Diagnostic| {
        !matches!(one.code, Code::KindNotUsed | Code::LeftAlone | Code::OtherPolicyKind)
    };
    let mut errors = said.iter().filter(|one| one.is_error());
    let refused = errors.find_map(|error| match error.code {
        Code::YamlSyntax => template::in_lines(text, yaml.span, error.span.start),
        Code::TooLarge => None,
        Code::NotAnObject => yaml.root.as_ref().and_then(|root| {
            let types = ["kind", "apiVersion"].into_iter().filter_map(|key| root.get(key));
            types.chain([root]).find_map(|node| template::at(text, node.span))
        }),
        _ => template::at(text, error.span),
    });
    let is_read = yaml.root.as_ref().is_some_and(|root| root.get("kind").is_some())
        && said.iter().all(is_of_interest);
    refused.or_else(|| {
        let span = template::ytt(text, yaml.span).filter(|_| is_read)?;
        Some(Placeholder { engine: Engine::Ytt, span })
    })
}
