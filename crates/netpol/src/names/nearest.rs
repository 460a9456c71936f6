//! The pods whose names are most like one that is not there.

use super::{MOST_OFFERED, stems_of};
use crate::{cluster::Cluster, connection::Entity, objects::Pod, steps};

/// How many slips of the keyboard a name may be away.
const MOST_SLIPS: usize = 3;
/// How far apart the first and the last slip are: what is farther is no slip of that name.
const LONGEST_SLIP: usize = 32;

/// The pods whose names are most like one that is not there, in full.
pub(crate) fn nearest(cluster: &Cluster, entity: &Entity) -> Vec<String> {
    let (asked, is_full) = match entity {
        Entity::Pod(name) => (name.to_string(), true),
        Entity::Named(name) => (name.clone(), false),
        Entity::Address(_) | Entity::Service(_) | Entity::Node => return Vec::new(),
    };
    let whole = |pod: &Pod, name: &str| {
        if is_full { format!("{}/{name}", pod.namespace()) } else { name.to_owned() }
    };
    let stems = stems_of(&asked);
    let mut nearest: Vec<(usize, String)> = Vec::new();
    for pod in cluster.pods() {
        let names = [pod.name()].into_iter().chain(stems_of(pod.name()));
        let names = names.map(|name| whole(pod, name));
        let distances = names.filter_map(|name| {
            // the workload that starts pods of such names
            let starts_it = pod.kind != "Pod" && stems.contains(&name.as_str());
            if starts_it { Some(0) } else { distance(&asked, &name) }
        });
        let Some(distance) = distances.min() else { continue };
        match nearest.first() {
            Some((best, _)) if distance > *best => continue,
            Some((best, _)) if distance < *best => nearest.clear(),
            _ => {}
        }
        if nearest.len() < MOST_OFFERED {
            nearest.push((distance, pod.meta.name.to_string()));
        }
    }
    nearest.into_iter().map(|(_, name)| name).collect()
}

/// How far a name is from the one that was asked for: by slips, or it goes on where that one ends.
fn distance(asked: &str, name: &str) -> Option<usize> {
    if asked.len() >= 3 && name.len() > asked.len() && name.starts_with(asked) {
        return Some(1);
    }
    if name.len().abs_diff(asked.len()) > MOST_SLIPS {
        return None;
    }
    // long names mostly have all in common but a few letters
    let (asked_slip, slip) = unlike(asked, name);
    if slip.len().max(asked_slip.len()) > LONGEST_SLIP {
        return None;
    }
    steps::take(asked_slip.len() * slip.len());
    let slips = strsim::osa_distance(asked_slip, slip);
    (slips <= MOST_SLIPS && slips < asked.len()).then_some(slips)
}

/// Two words without how both begin and how both end.
fn unlike<'w>(one: &'w str, other: &'w str) -> (&'w str, &'w str) {
    let same = |(a, b): &(char, char)| a == b;
    let head: usize =
        one.chars().zip(other.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let rest = |word: &'w str| word.get(head..).unwrap_or_default();
    let (one, other) = (rest(one), rest(other));
    let ends = one.chars().rev().zip(other.chars().rev());
    let tail: usize = ends.take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let start = |word: &'w str| word.get(..word.len() - tail).unwrap_or_default();
    (start(one), start(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Objects, meta::Labels, meta::NamespacedName, meta::ObjectMeta};

    fn cluster(pods: usize, stem: &str) -> Cluster {
        let pod = |at| {
            let name = NamespacedName::new("x", format!("{stem}{at:04}"));
            Pod::new(ObjectMeta { name, labels: Labels::new(), origin: None }, "Pod")
        };
        Cluster::build(Objects { pods: (0..pods).map(pod).collect(), ..Objects::default() }).0
    }

    #[test]
    fn a_long_name_costs_no_more_than_what_it_has_of_its_own() {
        let stem = "a".repeat(240);
        let cluster = cluster(1_000, &stem);
        let asked = Entity::Pod(NamespacedName::new("x", format!("{stem}0007z")));
        let (found, steps) = steps::of(|| nearest(&cluster, &asked));
        assert_eq!(found, [format!("x/{stem}0007")]);
        assert!(steps <= 1_000 * 5 * 6, "{steps}");
        // a slip at either end: what lies between is long
        let asked = Entity::Pod(NamespacedName::new("x", format!("b{}0007z", "a".repeat(239))));
        let (found, steps) = steps::of(|| nearest(&cluster, &asked));
        assert!(found.is_empty() && steps == 0, "{found:?} {steps}");
    }

    #[test]
    fn slips_count_as_they_do_in_whole_words() {
        for (asked, name) in [
            ("web", "wbe"),
            ("shop/web", "shop/wbe"),
            ("aab", "aba"),
            ("abab", "ab"),
            ("é-web", "e-web"),
            ("payments", "payment"),
            ("redis-0", "redis-master-0"),
        ] {
            let (one, other) = unlike(asked, name);
            assert_eq!(strsim::osa_distance(one, other), strsim::osa_distance(asked, name));
        }
    }
}
