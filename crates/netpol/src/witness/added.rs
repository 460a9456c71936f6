//! Those who are assumed, by their labels: thousands of policies ask each whether somebody is there already.

use std::collections::BTreeMap;

use crate::{
    objects::Pod,
    selector::{LabelSelector, Operator},
    steps,
};

/// Places of assumed pods, by namespace, and by namespace and label.
#[derive(Default)]
pub(super) struct Added(BTreeMap<String, Vec<usize>>);

impl Added {
    /// Puts in the pod at a place.
    pub(super) fn add(&mut self, at: usize, pod: &Pod) {
        let namespace = pod.namespace();
        let labels = pod.labels().iter().map(|(key, value)| place(namespace, key, value));
        for place in labels.chain([namespace.to_owned()]) {
            self.0.entry(place).or_default().push(at);
        }
    }

    /// Those of a namespace.
    pub(super) fn of(&self, namespace: &str) -> &[usize] {
        self.0.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// Those of a namespace among whom are all that a selector finds.
    pub(super) fn candidates(&self, namespace: &str, selector: &LabelSelector) -> Vec<usize> {
        let mut requirements = selector.requirements.iter();
        let named = requirements.find(|requirement| requirement.operator == Operator::In);
        let found: Vec<usize> = match named {
            None => self.of(namespace).to_vec(),
            Some(named) => {
                let places = named.values.iter().map(|value| place(namespace, &named.key, value));
                places.filter_map(|place| self.0.get(&place)).flatten().copied().collect()
            }
        };
        steps::take(found.len());
        found
    }
}

/// Neither names of namespaces nor labels hold line breaks.
fn place(namespace: &str, key: &str, value: &str) -> String {
    format!("{namespace}\n{key}\n{value}")
}

#[cfg(test)]
mod tests {
    use crate::{Analysis, Inputs, Source, steps};

    #[test]
    fn a_policy_asks_only_those_who_have_a_label_that_it_asks_for() {
        let policy = |at| {
            format!(
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p{at}, namespace: shop}}\nspec: {{podSelector: {{matchLabels: {{a: v{at}}}}}}}\n---\n"
            )
        };
        let policies: String = (0..500).map(policy).collect();
        let text = vec![Source::new("text", policies)];
        let (analysis, steps) = steps::of(|| Analysis::of(Inputs { text, ..Inputs::default() }));
        assert_eq!(analysis.added.pods.len(), 501);
        assert!(steps < 2 * 500, "{steps}");
    }
}
