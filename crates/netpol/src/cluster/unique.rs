//! Names unique: of two objects of one name the last one counts, and pods that share a name get others.

use std::collections::BTreeMap;

use super::Remark;
use crate::{meta::ObjectMeta, objects::Pod};

/// Keeps the last of the objects of one kind and name, at the place where the last one stands.
pub(super) fn last_wins<T>(
    mut objects: Vec<T>,
    meta: impl Fn(&T) -> (&'static str, &ObjectMeta),
    remarks: &mut Vec<Remark>,
) -> Vec<T> {
    let metas: Vec<_> = objects.iter().map(meta).collect();
    let mut is_last = last_of_each_name(&metas, remarks).into_iter();
    objects.retain(|_| is_last.next().unwrap_or(true));
    objects
}

fn last_of_each_name(
    metas: &[(&'static str, &ObjectMeta)],
    remarks: &mut Vec<Remark>,
) -> Vec<bool> {
    let key = |kind: &str, meta: &ObjectMeta| format!("{kind} {}", meta.name);
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    for (at, (kind, meta)) in metas.iter().enumerate() {
        last.insert(key(kind, meta), at);
    }
    let mut is_last = Vec::with_capacity(metas.len());
    for (at, (kind, meta)) in metas.iter().enumerate() {
        let ObjectMeta { name, origin, .. } = meta;
        // `generateName` makes a new object each time
        let is_generated = name.name.ends_with('*');
        let is_replaced = !is_generated && last.get(&key(kind, meta)) != Some(&at);
        if is_replaced {
            remarks.push(Remark::Replaced { kind, name: name.clone(), origin: origin.clone() });
        }
        is_last.push(!is_replaced);
    }
    is_last
}

/// Gives pods whose name another one has names of their own: workloads of different kinds, and what
/// `generateName` starts. In a real cluster those names are made up, and never meet.
pub(super) fn tell_apart(pods: &mut [Pod], remarks: &mut Vec<Remark>) {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut homonyms: Vec<(usize, usize)> = Vec::new();
    // a Pod bears its own name
    for is_pod in [true, false] {
        for (at, pod) in pods.iter().enumerate() {
            if (pod.kind == "Pod") == is_pod {
                let first = *names.entry(pod.meta.name.to_string()).or_insert(at);
                if first != at {
                    homonyms.push((at, first));
                }
            }
        }
    }
    // the number that was given last, by the name without it
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for (at, first) in homonyms {
        let other = pods.get(first).map_or("", |pod| pod.kind);
        debug_assert!(at < pods.len(), "a pod that is not there shares a name");
        let Some(pod) = pods.get_mut(at) else { continue };
        let name = pod.meta.name.clone();
        let is_generated = name.name.ends_with('*');
        let base = if is_generated {
            name.name.clone()
        } else {
            format!("{}-{}", name.name, pod.kind.to_ascii_lowercase())
        };
        pod.meta.name.name.clone_from(&base);
        let number = numbers.entry(pod.meta.name.to_string()).or_insert(usize::from(is_generated));
        loop {
            *number += 1;
            if *number > 1 {
                pod.meta.name.name = format!("{base}-{number}");
            }
            if *names.entry(pod.meta.name.to_string()).or_insert(at) == at {
                break;
            }
        }
        if !is_generated {
            let (kind, pod, origin) = (pod.kind, pod.name().to_owned(), pod.meta.origin.clone());
            remarks.push(Remark::Renamed { kind, name, other, pod, origin });
        }
    }
}
