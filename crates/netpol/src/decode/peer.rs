//! Entries of `from` and `to`: selectors, or a block of addresses.

use super::{
    complaint::quoted,
    fields::{Field, go},
    help::PEER,
    meant,
    walk::Walker,
};
use crate::{
    addresses::Cidr,
    diagnostic::{Code, Severity},
    policy::{IpBlock, Peer},
    validate::{self, CidrWarning, ReadCidr},
    yaml::Node,
};

impl<'n> Walker<'_> {
    /// The peer; `None` where it is refused.
    pub(super) fn peer(&mut self, item: Field<'n>, rule: &'static str) -> Option<Peer> {
        let must = "must specify a peer";
        if item.node.is_null() {
            self.required(&item.path, item.node.span, must).help = Some(PEER.to_owned());
            return None;
        }
        let known = ["podSelector", "namespaceSelector", "ipBlock"];
        let map = self.strict_map(item, go(rule, "v1.NetworkPolicyPeer"), &known)?;
        let mut selector =
            |name| map.get(name).map(|field| self.selector(field, "NetworkPolicyPeer"));
        let pods = selector("podSelector");
        let namespaces = selector("namespaceSelector");
        let block = map.get("ipBlock");
        match (block, pods, namespaces) {
            // the peer is there, in a field of another name
            (None, None, None) if self.has_unknown_field_in(&map) => None,
            (None, None, None) => {
                self.required(&map.path, map.node.span, must).help = Some(nobody(&map));
                None
            }
            (None, pods, namespaces) => Some(Peer::Pods { namespaces, pods }),
            (Some(block), None, None) => self.ip_block(block).map(Peer::IpBlock),
            (Some(block), ..) => {
                self.ip_block(block);
                let message = "Forbidden: may not specify both ipBlock and another peer".to_owned();
                self.report(Code::Forbidden, &map.path, map.node.span, message).help =
                    Some("for either of them make two items: start the second with `- `; that both hold cannot be said".to_owned());
                None
            }
        }
    }

    fn ip_block(&mut self, field: Field<'n>) -> Option<IpBlock> {
        let owner = "IPBlock";
        let map =
            self.strict_map(field, go("NetworkPolicyPeer", "v1.IPBlock"), &["cidr", "except"])?;
        let cidr_field = map.get("cidr").filter(|field| field.node.as_str() != Some(""));
        let except = map
            .get("except")
            .map_or_else(Vec::new, |field| self.texts(field, go(owner, "[]string")));
        let Some(cidr_field) = cidr_field else {
            self.required(&map.path.key("cidr"), map.node.span, "").help =
                Some("name the block: `cidr: 10.0.0.0/8`".to_owned());
            return None;
        };
        self.text(&cidr_field, go(owner, "string"))?;
        let cidr = self.cidr(&cidr_field)?;
        let mut blocks = Vec::new();
        for item in &except {
            let Some(except) = self.cidr(item) else { continue };
            if !cidr.cidr.contains(except.cidr.address()) || cidr.bits >= except.bits {
                let shown = quoted(item.node.as_str().unwrap_or(""));
                let complaint = "must be a strict subset of `cidr`".to_owned();
                let advice = "an exception is a smaller part of its own `cidr`".into();
                self.invalid_with(item, &shown, &[complaint], Some(advice));
            }
            blocks.push(except.cidr);
        }
        Some(IpBlock { cidr: cidr.cidr, except: blocks })
    }

    fn cidr(&mut self, field: &Field<'n>) -> Option<ReadCidr> {
        let text = field.node.as_str().unwrap_or("");
        match validate::cidr(text) {
            Ok(read) => {
                if let Some(warning) = &read.warning {
                    self.not_canonical(field, text, read.cidr, warning);
                }
                Some(read)
            }
            Err(complaint) => {
                let advice = meant::cidr(text);
                self.invalid_with(field, &quoted(text), &[complaint.to_owned()], advice);
                None
            }
        }
    }

    /// Refused by some releases, and taken by others with a warning. Clusters store such blocks from before they were
    /// refused, so the policy counts.
    fn not_canonical(&mut self, field: &Field<'n>, text: &str, cidr: Cidr, warning: &CidrWarning) {
        let single = warning.single.map(|single| format!(", or `{single}` for the one address"));
        let help = format!("write `{cidr}`{}", single.unwrap_or_default());
        let is_refused = self.release.has_strict_cidrs();
        let (message, severity, help) = match warning.refusal {
            Some(refusal) if is_refused => {
                let message = format!("Invalid value: {}: {refusal}", quoted(text));
                let help = format!(
                    "{help}; Kubernetes 1.35 and older take it as `{cidr}`, with a warning, and so it counts here"
                );
                (message, Severity::Error, help)
            }
            Some(refusal) => {
                let message =
                    format!("{}; Kubernetes 1.36 and later refuse it: {refusal}", warning.text);
                (message, Severity::Warning, help)
            }
            None => (warning.text.clone(), Severity::Warning, help),
        };
        let diagnostic = self.report(Code::CidrNotCanonical, &field.path, field.node.span, message);
        diagnostic.severity = severity;
        diagnostic.help = Some(help);
    }
}

/// What to write for a peer that names nobody: the narrowest that its own keys say.
fn nobody(peer: &Field<'_>) -> String {
    let is_null = |key: &&str| peer.node.get(key).is_some_and(Node::is_null);
    match ["podSelector", "namespaceSelector", "ipBlock"].into_iter().find(is_null) {
        Some("podSelector") => {
            "write the labels under `podSelector`, or `podSelector: {}` for every pod of the policy's own namespace".to_owned()
        }
        Some("namespaceSelector") => {
            "write the labels under `namespaceSelector`, or `namespaceSelector: {}` for every pod of the cluster".to_owned()
        }
        Some(_) => "name the block: `ipBlock: {cidr: …}`".to_owned(),
        None => PEER.to_owned(),
    }
}
