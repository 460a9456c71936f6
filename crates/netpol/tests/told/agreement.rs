//! That explanations and pictures say what the evaluator says, in whole sentences about written places.

use netpol::{
    Analysis, Connection, Plugin, Verdict, evaluate,
    explain::{self, Sentence},
    resolve::answers,
};

/// Every sentence, its details included.
pub(crate) fn all(sentences: &[Sentence]) -> Vec<&Sentence> {
    sentences
        .iter()
        .flat_map(|sentence| [vec![sentence], all(&sentence.details)].concat())
        .collect()
}

pub(crate) fn assert_sound(analysis: &Analysis, sentences: &[Sentence]) {
    for sentence in all(sentences) {
        for place in &sentence.places {
            assert!(analysis.manifest.span(place).is_some(), "{sentence:?}");
        }
        let text = &sentence.text;
        assert!(
            text.trim_end_matches(['*', '"']).ends_with(['.', ':', ')']) && !text.contains("  "),
            "{text}"
        );
        assert_eq!(text.matches('`').count() % 2, 0, "{text}");
        assert_eq!(text.matches("**").count() % 2, 0, "{text}");
    }
}

pub(crate) fn assert_explained(analysis: &Analysis, connection: &Connection) {
    let explained = explain::connection(&analysis.cluster, connection).unwrap();
    let verdicts = answers(&analysis.cluster, connection).unwrap();
    assert_eq!(explained.is_allowed, verdicts.iter().all(Verdict::is_allowed), "{connection}");
    assert!(explained.headline.contains(if explained.is_allowed {
        "**allowed**"
    } else {
        "**denied**"
    }));
    assert_eq!(explained.arrivals.len() + explained.left_out, verdicts.len());
    for arrival in &explained.arrivals {
        let verdict = evaluate(&analysis.cluster, &arrival.connection).unwrap();
        assert_eq!(arrival.is_allowed, verdict.is_allowed(), "{connection}");
        assert_eq!(arrival.open_questions, verdict.open_questions(), "{connection}");
        let word = if arrival.is_allowed { "**allowed**" } else { "**denied**" };
        assert!(
            arrival.closing.text.to_lowercase().contains(word),
            "{connection}: {}",
            arrival.closing.text
        );
        assert_sound(analysis, std::slice::from_ref(&arrival.closing));
        assert_sound(analysis, &arrival.notes);
        for side in &arrival.sides {
            let admitted = verdict.direction(side.direction).admitted(Plugin::USUAL);
            let connection = &arrival.connection;
            let is_allowed = admitted.contains(connection.protocol, connection.port);
            assert_eq!(side.is_allowed, is_allowed, "{connection}");
            assert_sound(analysis, &side.steps);
            if side.is_restricted {
                let rules = side
                    .steps
                    .iter()
                    .find(|step| step.text.starts_with("Does a rule match?"))
                    .unwrap();
                assert_eq!(rules.text.contains("**Yes.**"), is_allowed);
                assert!(!rules.details.is_empty(), "{connection}");
                assert!(rules.details.iter().any(|detail| !detail.places.is_empty()));
            }
            assert_funnel(analysis, connection, side);
        }
    }
}

/// A picture and the sentences are of one mind, for all policies and for each alone.
fn assert_funnel(analysis: &Analysis, connection: &Connection, side: &explain::Side) {
    let cluster = &analysis.cluster;
    let funnel = explain::funnel(cluster, connection, side.direction, None).unwrap();
    assert_eq!(funnel.is_allowed, side.is_allowed, "{connection}");
    let alone = cluster
        .policies()
        .map(|(id, _)| explain::funnel(cluster, connection, side.direction, Some(id)).unwrap());
    for funnel in alone.chain([funnel]) {
        let ends = funnel.gates.iter().find(|gate| gate.follows() != explain::Follows::Next);
        match ends.map(explain::Gate::follows) {
            Some(end) => {
                assert_eq!(funnel.is_allowed, end == explain::Follows::Allowed);
                assert!(funnel.lanes.is_empty());
            }
            None => assert_eq!(
                funnel.is_allowed,
                funnel.lanes.iter().any(|lane| lane.is_open),
                "{connection}"
            ),
        }
        for lane in &funnel.lanes {
            assert_eq!(
                lane.is_open,
                lane.gates.iter().all(|gate| gate.answer),
                "{connection}: {lane:?}"
            );
            assert_eq!(lane.gates.last().unwrap().yes, explain::Follows::Allowed);
        }
    }
}
