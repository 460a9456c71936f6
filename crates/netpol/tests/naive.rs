//! The evaluator against a naive second one, written from the API documentation alone: millions of
//! connections over random clusters, each answered by both, and every cell of the tables.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what is not there fails the test")]
#![expect(clippy::indexing_slicing, reason = "the alphabets are not empty")]
#![expect(clippy::disallowed_macros, reason = "a test says how much it has compared")]

#[path = "naive/mod.rs"]
mod opponent;

use std::collections::BTreeMap;

use netpol::{
    expect::Answer,
    matrix::{Matrix, MatrixGroup},
};
use opponent::{
    agreement::{Contest, shrunk},
    analysis,
    evaluator::{Plugin, Question, Who},
    generator::{PROTOCOLS, Size, documents},
    random::Random,
    table::Auditor,
    world::World,
    writing::yaml,
};

const LARGE: Size = Size { pods: 8, policies: 5 };
const SMALL: Size = Size { pods: 5, policies: 4 };

fn contest(seeds: std::ops::Range<u64>, questions: usize) -> Contest {
    let mut contest = Contest::new();
    for seed in seeds {
        contest.compare(seed, LARGE, questions);
    }
    println!("{:?}", contest.tally);
    contest
}

#[test]
fn both_evaluators_agree_on_two_million_connections() {
    let tally = contest(0..1_000, 2_000).tally;
    assert!(tally.connections >= 2_000_000, "{tally:?}");
    // answers of one kind only would prove little
    assert!(tally.allowed >= 500_000 && tally.denied >= 500_000, "{tally:?}");
    assert!(tally.isolated >= 1_000_000 && tally.plugins_decide >= 1_000, "{tally:?}");
    assert!(tally.unknown >= 1_000, "{tally:?}");
}

/// What is wrong with the tables of a text.
fn complaints(text: &str) -> Vec<String> {
    let analysis = analysis(text);
    let world = World::read(text).filter(|_| !analysis.has_errors());
    world.map_or_else(Vec::new, |world| Auditor::new(&world, &analysis).complaints())
}

/// Audits the tables of every seed's cluster; the states of the cells and the number of answers.
fn audit(seeds: std::ops::Range<u64>) -> (BTreeMap<&'static str, usize>, usize) {
    let (mut cells, mut answers) = (BTreeMap::new(), 0);
    for seed in seeds {
        let mut random = Random::new(seed);
        let documents = documents(&mut random, SMALL);
        let text = yaml(&documents, &mut random);
        let (analysis, world) = (analysis(&text), World::read(&text).unwrap());
        let mut auditor = Auditor::new(&world, &analysis);
        if let Some(complaint) = auditor.complaints().first() {
            let text = shrunk(&documents, |text| !complaints(text).is_empty());
            panic!("seed {seed}: {complaint}\n\n{text}");
        }
        answers += auditor.answers;
        for state in auditor.states {
            *cells.entry(state.as_str()).or_insert(0) += 1;
        }
    }
    println!("{cells:?} cells, {answers} answers");
    (cells, answers)
}

#[test]
fn every_cell_of_the_tables_says_what_the_single_answers_say() {
    let (cells, answers) = audit(0..300);
    assert!(answers >= 1_000_000 && cells.len() == 5, "{cells:?}, {answers} answers");
    assert!(cells.values().all(|count| *count >= 50), "{cells:?}");
}

/// Every pair of groups of the matrix, by one of each: what the naive evaluator says of the ports at the
/// borders.
#[test]
fn every_pair_of_the_matrix_says_what_the_single_answers_say() {
    let mut answers = 0;
    for seed in 0..150 {
        let mut random = Random::new(seed);
        let text = yaml(&documents(&mut random, SMALL), &mut random);
        let (analysis, world) = (analysis(&text), World::read(&text).unwrap());
        for plugin in Plugin::ALL.into_iter().filter(|plugin| !plugin.host_pods_are_pods) {
            let usual = netpol::Plugin::USUAL;
            let same = netpol::Plugin {
                blocks_match_pods: plugin.blocks_match_pods,
                unknown_values_admit: plugin.unknown_values_admit,
                ..usual
            };
            let matrix = Matrix::with(&analysis.cluster, same);
            for (reached, question) in questions_about(&matrix, &analysis, &world) {
                let is_allowed = world.allows(&question, plugin);
                assert_eq!(reached, is_allowed, "seed {seed}, {question:?}, {plugin:?}\n{text}");
                answers += 1;
            }
        }
    }
    assert!(answers >= 200_000, "{answers}");
}

/// What the matrix says, with the question. What is special to one pod's own node no group can say.
fn questions_about(
    matrix: &Matrix,
    analysis: &netpol::Analysis,
    world: &World,
) -> Vec<(bool, Question)> {
    let ends: Vec<Who> = matrix.groups().iter().map(|group| end(analysis, group)).collect();
    let pairs = (0..ends.len()).flat_map(|from| (0..ends.len()).map(move |to| (from, to)));
    let is_asked = |(from, to): &(usize, usize)| {
        let (a, b) = (&ends[*from], &ends[*to]);
        let are_outside = matches!((a, b), (Who::Address(_), Who::Address(_)));
        from != to && !are_outside && world.can_meet(a, b)
    };
    let mut asked = Vec::new();
    for (from, to) in pairs.filter(is_asked) {
        let reached = matrix.ports(from, to);
        for port in world.border_ports() {
            for protocol in PROTOCOLS {
                let (source, destination) = (ends[from].clone(), ends[to].clone());
                let known = netpol::ports::Protocol::from_name(protocol).unwrap();
                let question = Question { source, destination, port, protocol };
                asked.push((reached.contains(known, port), question));
            }
        }
    }
    asked.retain(|(_, question)| !world.is_own_node(question));
    asked
}

fn end(analysis: &netpol::Analysis, group: &MatrixGroup) -> Who {
    match group {
        MatrixGroup::Pods(pods) => {
            let name = &analysis.cluster.pod(pods[0]).unwrap().meta.name;
            Who::Pod(name.namespace.clone(), name.name.clone())
        }
        MatrixGroup::Addresses(set) => {
            let address = set.first().unwrap().to_string();
            Who::Address(opponent::address::Address::parse(&address).unwrap())
        }
    }
}

/// Where no other namespace has a pod, the table speaks of those to come, in a namespace of which nothing is
/// known, and no policy can know its name.
#[test]
fn a_column_without_pods_says_what_strangers_would_get() {
    let text = include_str!("naive/bystander.yaml");
    assert_eq!(complaints(text), Vec::<String>::new());
}

/// What a plugin that takes a pod on its node's network for a pod makes of both ends at once; whether
/// the answer depends on the plugin.
const HOST_NETWORK: [(&str, bool); 3] = [
    (include_str!("naive/plugins/two_sides.yaml"), false),
    (include_str!("naive/plugins/name_or_node.yaml"), false),
    (include_str!("naive/plugins/node_or_pod.yaml"), true),
];

#[test]
fn a_plugin_is_the_same_at_both_ends_of_a_connection() {
    for (text, depends_on_plugin) in HOST_NETWORK {
        let (analysis, world) = (analysis(text), World::read(text).unwrap());
        assert!(!analysis.has_errors() && !analysis.expectations.is_empty(), "{text}");
        for checked in &analysis.expectations {
            let asked = &checked.expectation;
            let verdict = netpol::evaluate(&analysis.cluster, &asked.connection).unwrap();
            assert!(checked.holds(), "{asked}");
            assert_eq!(verdict.depends(), depends_on_plugin, "{asked}");
            let question = question(&asked.connection);
            let differs =
                |plugin| world.allows(&question, plugin) != (asked.answer == Answer::Allowed);
            assert_eq!(Plugin::ALL.into_iter().any(differs), depends_on_plugin, "{asked}");
        }
    }
}

/// A connection in the words of the naive evaluator.
fn question(connection: &netpol::Connection) -> Question {
    let who = |entity: &netpol::Entity| match entity {
        netpol::Entity::Address(address) => {
            Who::Address(opponent::address::Address::parse(&address.to_string()).unwrap())
        }
        netpol::Entity::Pod(name) => Who::Pod(name.namespace.clone(), name.name.clone()),
        other => panic!("{other} is no end of a connection"),
    };
    let (source, destination) = (who(&connection.source), who(&connection.destination));
    let protocol = connection.protocol.as_str();
    Question { source, destination, port: connection.port, protocol }
}
