//! Any text → an analysis, and everything that a view asks of it. No answer may be missing and no
//! diagnostic may point beside the text; what is added for a stranger's policy must read back, and no
//! fix may break the text.

use netpol::{
    Analysis, Code, Column, Diagnostic, Direction, Inputs, Manifest, Scoreboard, Source, Subject,
    Witnesses, explain, lint, matrix::Matrix, remedy::Remedy, repair, witness, yaml,
};

/// Asks everything of a text.
///
/// # Panics
///
/// Where something is not as it must be.
pub fn everything_holds(text: &str) {
    let analysis = analysis(text);
    let tables = Direction::ALL.map(|direction| analysis.scoreboard(direction));
    for table in &tables {
        explanations_are_there(&analysis, table);
    }
    diagnostics_are_in_the_text(&analysis);
    fixes_break_nothing(&analysis);
    for checked in analysis.expectations.iter().filter(|checked| !checked.holds()) {
        let verdict = checked.verdict(&analysis.cluster).expect("there is something against it");
        explain::verdict_line(&analysis.cluster, &verdict);
    }
    witnesses_read_back(&analysis);
    let matrix = Matrix::of(&analysis.cluster);
    for source in 0..matrix.groups().len() {
        matrix.reached_from(source).for_each(|(ports, ends)| {
            assert!(!ports.is_empty() && ends.count() > 0);
        });
    }
}

fn analysis(text: &str) -> Analysis {
    let text = vec![Source::new("text.yaml", text)];
    Analysis::of(Inputs { text, witnesses: Witnesses::Add, ..Inputs::default() })
}

fn explanations_are_there(analysis: &Analysis, table: &Scoreboard) {
    let rows = table.rows.iter().map(|row| Subject::Policy(row.policy));
    for subject in rows.chain([Subject::Together]) {
        for column in Column::ALL {
            let why = explain::why(&analysis.cluster, table, subject, column);
            let why = why.expect("every cell has an explanation");
            for origin in why.steps.iter().flat_map(|step| &step.places) {
                let place = analysis.manifest.span(origin);
                let (source, span) = place.expect("a sentence speaks of a place that is there");
                is_text(analysis, source, span);
            }
        }
    }
    for row in &table.rows {
        for column in Column::ALL {
            explain::reason(&analysis.cluster, row.cells.get(column), column, table.direction);
        }
    }
}

fn diagnostics_are_in_the_text(analysis: &Analysis) {
    for diagnostic in &analysis.diagnostics {
        assert!(!diagnostic.message.is_empty());
        let text = is_text(analysis, diagnostic.source, diagnostic.span);
        let source = &analysis.manifest.sources[diagnostic.source];
        let (first, last) = source.lines(diagnostic.span);
        assert!(first <= last && last <= source.line_count(), "{text:?}");
    }
}

/// The bytes lie inside the source, and begin and end between two characters.
fn is_text(analysis: &Analysis, source: usize, span: netpol::Span) -> &str {
    let text = analysis.manifest.sources[source].text();
    text.get(span.start..span.end).unwrap_or_else(|| panic!("{span:?} is not in {text:?}"))
}

fn fixes_break_nothing(analysis: &Analysis) {
    // a witness may no longer be needed, and then an expectation of it is in the air
    let counts = |code| code != Code::ExpectationUnknownPod;
    let errors = |analysis: &Analysis| {
        analysis.diagnostics.iter().filter(|d| d.is_error() && counts(d.code)).count()
    };
    for finding in lint::lints(analysis) {
        is_text(analysis, finding.diagnostic.source, finding.diagnostic.span);
        let Some(fix) = finding.fix else { continue };
        let text = analysis.manifest.sources[fix.rewrite.source].text();
        let mended = fix.rewrite.apply(text);
        let after = self::analysis(&mended);
        assert!(mended != text, "{} changes nothing in\n{text}", fix.title);
        assert!(
            errors(&after) <= errors(analysis),
            "{}: {:?} in\n{mended}",
            fix.title,
            after.diagnostics
        );
    }
}

/// Looks at so many fixes of one text, each of which reads it anew.
const MOST_FIXES: usize = 8;

/// Does what the diagnostics of a text advise: it changes the text, which is read as well as before, and takes away what
/// was said of a key or value.
///
/// # Panics
///
/// Where it does not.
pub fn fixes_mend(text: &str) {
    let read = |text: &str| Manifest::read(vec![Source::new("text.yaml", text)]);
    let faults = |text: &str| -> usize {
        yaml::documents(text).iter().map(|document| document.faults.len()).sum()
    };
    let before = read(text);
    let fixes = before.diagnostics.iter().filter_map(|one| Some((one, repair::fix(&before, one)?)));
    for (diagnostic, fix) in fixes.take(MOST_FIXES) {
        let mended = fix.rewrite.apply(text);
        assert!(mended != text, "{} changes nothing in\n{text}", fix.title);
        assert!(faults(&mended) <= faults(text), "{}: cannot be read\n{mended}", fix.title);
        // behind prose and lost lines the next fault may be of the same words
        let is_of_lines = matches!(
            diagnostic.remedy,
            Some(
                Remedy::Indent | Remedy::Part | Remedy::Complete | Remedy::Comment | Remedy::Plain
            )
        );
        // of a key that is there twice the first one is told then
        let is_twice = |one: &Diagnostic| one.code == Code::DuplicateKey;
        if is_of_lines || before.diagnostics.iter().any(is_twice) {
            continue;
        }
        let is_it = |other: &&Diagnostic| {
            (other.document, &other.field, &other.message)
                == (diagnostic.document, &diagnostic.field, &diagnostic.message)
        };
        let count = |manifest: &Manifest| manifest.diagnostics.iter().filter(is_it).count();
        let after = read(&mended);
        assert!(count(&after) < count(&before), "{}: {diagnostic} in\n{mended}", fix.title);
    }
}

fn witnesses_read_back(analysis: &Analysis) {
    let yaml = witness::to_yaml(&analysis.added);
    let mut kept = Manifest::read(vec![Source::new("kept.yaml", yaml.as_str())]);
    assert!(!kept.has_errors(), "{:?} in\n{yaml}", kept.diagnostics);
    let kept = kept.objects.pop().unwrap_or_default();
    let name = |meta: &netpol::meta::ObjectMeta| (meta.name.clone(), meta.labels.clone());
    assert_eq!(
        kept.pods.iter().map(|pod| (name(&pod.meta), pod.ports.clone())).collect::<Vec<_>>(),
        analysis
            .added
            .pods
            .iter()
            .map(|pod| (name(&pod.meta), pod.ports.clone()))
            .collect::<Vec<_>>(),
    );
    assert_eq!(kept.namespaces.len(), analysis.added.namespaces.len());
}
