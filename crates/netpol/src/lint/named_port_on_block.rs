//! `named-port-on-block`: a port by its name, on the way to addresses.

use super::{Finding, linter::Linter};
use crate::{
    diagnostic::Code,
    policy::{Direction, Peer, PolicyPortNumber},
};

pub(super) fn lint(linter: &Linter<'_>, found: &mut Vec<Finding>) {
    for rule in linter.policies().flat_map(|policy| policy.rules_of(Direction::Egress)) {
        let peers = &rule.rule.peers;
        let is_block = |peer: &Peer| matches!(peer, Peer::IpBlock(_));
        if peers.is_empty() || !peers.iter().all(is_block) {
            continue;
        }
        for (at, item) in rule.rule.ports.iter().enumerate() {
            let PolicyPortNumber::Named(name) = &item.port else { continue };
            let message = format!(
                "`{name}` is the name of a container's port, and addresses have none: this item opens no port"
            );
            let field = rule.ports().index(at).key("port");
            let finding = linter.finding(Code::NamedPortOnBlock, &field, message);
            found.extend(finding.map(|finding| finding.help("write the number")));
        }
    }
}
