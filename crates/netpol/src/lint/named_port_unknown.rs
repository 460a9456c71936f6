//! `named-port-unknown`: a port by a name that no container of the pods in question declares.

use std::collections::BTreeSet;

use super::{
    Finding,
    linter::{Linter, WrittenRule, names},
};
use crate::{
    classes::Class,
    diagnostic::Code,
    policy::{PolicyPort, PolicyPortNumber},
    ports::Protocol,
    steps,
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for policy in linter.policies() {
        for rule in policy.rules() {
            let is_named = |item: &PolicyPort| matches!(item.port, PolicyPortNumber::Named(_));
            if rule.rule.ports.iter().any(is_named) {
                let pods = linter.destinations(policy, rule);
                if pods.is_empty() {
                    continue;
                }
                let declared = Declared::of(&pods);
                let ports = rule.rule.ports.iter().enumerate();
                found.extend(
                    ports.filter_map(|(at, item)| of_port(linter, rule, at, item, &declared)),
                );
            }
        }
    }
}

/// The ports with names that some pods declare, looked at once for all that a rule asks for.
struct Declared<'p> {
    ports: BTreeSet<(Protocol, &'p str)>,
    /// The names of each protocol, for a sentence; nothing where there are none.
    shown: [(Protocol, String); 3],
}

impl<'p> Declared<'p> {
    fn of(pods: &[&'p Class<'_>]) -> Self {
        let mut ports = BTreeSet::new();
        for port in pods.iter().flat_map(|class| &class.representative.ports) {
            steps::take(1);
            ports.extend(port.name.as_deref().map(|name| (port.protocol, name)));
        }
        let shown = Protocol::ALL.map(|protocol| {
            let its = ports.iter().filter(|(own, _)| *own == protocol);
            (protocol, names(its.map(|(_, name)| *name)))
        });
        Self { ports, shown }
    }

    fn has(&self, protocol: Protocol, name: &str) -> bool {
        steps::take(1);
        self.ports.contains(&(protocol, name))
    }
}

fn of_port(
    linter: &Linter<'_>,
    rule: WrittenRule<'_>,
    at: usize,
    item: &PolicyPort,
    declared: &Declared<'_>,
) -> Option<Finding> {
    let PolicyPortNumber::Named(name) = &item.port else { return None };
    let protocol = item.protocol;
    if declared.has(protocol, name) {
        return None;
    }
    let message =
        format!("no container here declares a {protocol} port `{name}`: this item opens no port");
    let other = Protocol::ALL.into_iter().find(|other| declared.has(*other, name));
    let help = match (other, declared.shown.iter().find(|(own, _)| *own == protocol)) {
        (Some(other), _) => format!("it is a port of {other}: write `protocol: {other}`"),
        (None, Some((_, known))) if !known.is_empty() => {
            format!("write a name that they declare: {known}")
        }
        (None, _) => "write the number, or name the port in the pods' containers".to_owned(),
    };
    let field = rule.ports().index(at).key("port");
    Some(linter.finding(Code::NamedPortUnknown, &field, message)?.help(help))
}

#[cfg(test)]
mod tests {
    use super::super::lints;
    use crate::{Analysis, Inputs, Source, Witnesses, steps};

    #[test]
    fn the_ports_of_pods_are_looked_at_once_for_all_names_of_a_rule() {
        let declared = |at| format!("{{name: a{at}, containerPort: {}}}", 1 + at);
        let declared: Vec<String> = (0..300).map(declared).collect();
        let asked: Vec<String> = (0..300).map(|at| format!("{{port: b{at}}}")).collect();
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: x}}\nspec: {{containers: [{{ports: [{}]}}]}}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a, namespace: x}}\nspec: {{podSelector: {{}}, ingress: [{{ports: [{}]}}]}}\n",
            declared.join(", "),
            asked.join(", ")
        );
        let text = vec![Source::new("text", text)];
        let analysis =
            Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() });
        let (found, steps) = steps::of(|| lints(&analysis).len());
        assert!(found >= 300, "{found}");
        assert!(steps < 8 * 300, "{steps}");
    }
}
