//! Laws that hold of every cluster: policies only add up, order means nothing, what is not asked
//! about does not matter, and one notation is as good as another.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]
#![expect(clippy::indexing_slicing, reason = "the alphabets are not empty")]
#![expect(clippy::panic, reason = "a law that is broken fails the test")]

#[path = "naive/mod.rs"]
#[expect(dead_code, reason = "the naive evaluator itself is not asked here")]
mod opponent;
#[path = "naive/rewriting.rs"]
mod rewriting;
#[path = "naive/sets.rs"]
mod sets;

use std::collections::BTreeMap;

use netpol::{
    Analysis, Connection, Direction, Inputs, Plugin, Source, State, Verdict, Witnesses, evaluate,
    ports::Protocol, verdict::DirectionVerdict, witness,
};
use opponent::{
    analysis,
    generator::{Size, documents},
    policies::policy,
    questions::connection,
    random::Random,
    tree::{Tree, map, text},
    world::World,
    writing::yaml,
};
use proptest::{prelude::*, test_runner::RngSeed};
use rewriting::{is, json, objects, reordered, taken_apart};

/// Clusters of a seed are the same in every run; there is nothing to remember between runs.
pub(crate) fn config() -> ProptestConfig {
    let (cases, rng_seed, failure_persistence) = (150, RngSeed::Fixed(1), None);
    ProptestConfig { cases, rng_seed, failure_persistence, ..ProptestConfig::default() }
}

/// A random cluster, and what to ask of it.
struct Case {
    random: Random,
    objects: Vec<Tree>,
    analysis: Analysis,
    connections: Vec<Connection>,
}

fn case(seed: u64) -> Case {
    let mut random = Random::new(seed);
    let objects = objects(&documents(&mut random, Size { pods: 6, policies: 5 }));
    let text = yaml(&objects, &mut random);
    let analysis = analysis(&text);
    assert!(!analysis.has_errors(), "{:?}\n{text}", analysis.diagnostics);
    let questions = World::read(&text).unwrap().questions(60, &mut random);
    let connections = questions.iter().map(connection).collect();
    Case { random, objects, analysis, connections }
}

fn verdict(analysis: &Analysis, connection: &Connection) -> Verdict {
    evaluate(&analysis.cluster, connection).unwrap()
}

/// Whether two clusters give the same answers, down to the ports of each side.
fn assert_same(a: &Analysis, b: &Analysis, connections: &[Connection], why: &str) {
    for connection in connections {
        let (a, b) = (verdict(a, connection), verdict(b, connection));
        assert_eq!(a.always, b.always, "{connection}\n{why}");
        for direction in Direction::ALL {
            for plugin in Plugin::ALL {
                let [a, b] = [&a, &b].map(|verdict| verdict.direction(direction).admitted(plugin));
                assert_eq!(a, b, "{direction} of {connection}, {plugin:?}\n{why}");
            }
        }
    }
}

/// The states of the cells of each policy by name, and of all together.
fn states(analysis: &Analysis) -> BTreeMap<(Direction, String), [State; 3]> {
    let mut states = BTreeMap::new();
    for direction in Direction::ALL {
        let table = analysis.scoreboard(direction);
        let of =
            |cells: &netpol::Cells| [&cells.same, &cells.cross, &cells.external].map(|c| c.state);
        states.insert((direction, "together".to_owned()), of(&table.together));
        for row in &table.rows {
            let name = analysis.cluster.policy(row.policy).unwrap().meta.name.to_string();
            states.insert((direction, name), of(&row.cells));
        }
    }
    states
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_two_sets_of_policies_admit_is_what_either_admits(seed: u64) {
        let Case { mut random, objects, analysis: before, connections } = case(seed);
        let namespace = random.pick(&["a", "b", "c", "default"]);
        let more = policy(&mut random, "one-more", namespace);
        let others: Vec<_> =
            objects.iter().filter(|object| !is(object, "NetworkPolicy")).cloned().collect();
        let text = |objects: Vec<Tree>| yaml(&objects, &mut Random::new(seed));
        let alone = analysis(&text([others, vec![more.clone()]].concat()));
        let after = analysis(&text([objects, vec![more]].concat()));
        for connection in &connections {
            let verdicts = [&before, &alone, &after].map(|analysis| verdict(analysis, connection));
            for direction in Direction::ALL {
                let [before, alone, after] =
                    verdicts.each_ref().map(|verdict| verdict.direction(direction));
                let is_free = |side: &DirectionVerdict| {
                    matches!(side, DirectionVerdict::NotAPod | DirectionVerdict::NonIsolated)
                };
                for plugin in Plugin::ALL {
                    let mut expected = before.admitted(plugin);
                    if is_free(before) {
                        // the first policy of a pod takes away all that it does not admit
                        expected = alone.admitted(plugin);
                    } else if !is_free(alone) {
                        // any further one only adds
                        expected.add(&alone.admitted(plugin));
                    }
                    prop_assert_eq!(after.admitted(plugin), expected, "{}: {}", direction, connection);
                }
            }
        }
    }

    #[test]
    fn the_order_of_documents_rules_peers_ports_and_values_means_nothing(seed: u64) {
        let Case { mut random, objects, analysis: before, connections } = case(seed);
        let text = yaml(&reordered(&objects, &mut random), &mut random);
        let after = analysis(&text);
        assert_same(&before, &after, &connections, &text);
        prop_assert_eq!(states(&before), states(&after), "{}", text);
    }

    #[test]
    fn every_rule_can_stand_in_a_policy_of_its_own(seed: u64) {
        let Case { mut random, objects, analysis: before, connections } = case(seed);
        let text = yaml(&taken_apart(&objects), &mut random);
        let after = analysis(&text);
        assert_same(&before, &after, &connections, &text);
        for direction in Direction::ALL {
            let together = |states: &BTreeMap<_, [State; 3]>| states[&(direction, "together".to_owned())];
            prop_assert_eq!(together(&states(&before)), together(&states(&after)), "{}", text);
        }
    }

    #[test]
    fn one_more_pod_changes_nothing_between_the_others(seed: u64) {
        let Case { mut random, mut objects, analysis: before, connections } = case(seed);
        let labels = opponent::policies::labels(&mut random, &opponent::generator::POD_LABELS);
        let namespace = text(random.pick(&["a", "b", "c", "d"]));
        let metadata = map([("name", text("late")), ("namespace", namespace), ("labels", labels)]);
        let late = opponent::generator::object("v1", "Pod", metadata, []);
        objects.push(late);
        let text = yaml(&objects, &mut random);
        assert_same(&before, &analysis(&text), &connections, &text);
    }

    #[test]
    fn json_and_every_style_of_yaml_are_the_same_cluster(seed: u64) {
        let Case { mut random, objects, analysis: before, .. } = case(seed);
        let lines: Vec<String> = objects.iter().map(json).collect();
        for text in [lines.join("\n---\n"), yaml(&objects, &mut random), yaml(&objects, &mut random)] {
            prop_assert_eq!(&analysis(&text).cluster, &before.cluster, "{}", text);
        }
    }

    #[test]
    fn what_a_side_admits_is_what_every_single_verdict_says(seed: u64) {
        let Case { random: _, analysis, connections, .. } = case(seed);
        for connection in &connections[..6] {
            let whole = verdict(&analysis, connection);
            let sides =
                Direction::ALL.map(|direction| whole.direction(direction).admitted(Plugin::USUAL));
            for protocol in Protocol::ALL {
                for port in (1..=100).chain(8079..=8081).chain(65_533..=65_535) {
                    let single = Connection { port, protocol, ..connection.clone() };
                    let single = verdict(&analysis, &single);
                    let admits = sides.iter().all(|side| side.contains(protocol, port));
                    let expected = !whole.is_over && (whole.always.is_some_and(|always| always.holds_with(Plugin::USUAL)) || admits);
                    prop_assert_eq!(single.is_allowed(), expected, "{}", single.connection);
                    prop_assert_eq!(&single.egress, &whole.egress);
                    prop_assert_eq!(&single.ingress, &whole.ingress);
                }
            }
        }
    }

    #[test]
    fn witnesses_change_nothing_between_the_pods_that_are_there(seed: u64) {
        let Case { mut random, objects, analysis: before, connections } = case(seed);
        let text = yaml(&objects, &mut random);
        let source = |text: String| vec![Source::new("random.yaml", text)];
        let inputs = Inputs { text: source(text.clone()), ..Inputs::default() };
        let filled = Analysis::of(Inputs { witnesses: Witnesses::Add, ..inputs });
        let is_new = |pod: &netpol::objects::Pod| before.cluster.find_pod(&pod.meta.name).is_none();
        prop_assert!(filled.added.pods.iter().all(is_new), "{}", text);
        assert_same(&before, &filled, &connections, &text);
        // and no more when they are kept
        let kept = format!("{text}\n---\n{}", witness::to_yaml(&filled.added));
        let again = analysis(&kept);
        prop_assert!(!again.has_errors(), "{:?}\n{}", again.diagnostics, kept);
        assert_same(&before, &again, &connections, &kept);
    }
}
