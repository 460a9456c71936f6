//! A `Node` document → [`Node`]: its addresses and those of its pods. Fields that nobody asks for are
//! not looked at.

use super::{
    fields::{Field, go},
    meta::Kind,
    walk::Walker,
};
use crate::{addresses::Cidr, objects::Node, validate};

impl<'n> Walker<'_> {
    /// The Node; it is in no namespace.
    pub(super) fn node(&mut self, object: &Field<'n>) -> Option<Node> {
        let meta = self.meta(object, Kind::Namespaced);
        let mut node = Node { meta, addresses: Vec::new(), pod_networks: Vec::new() };
        if let Some(spec) = self.map_of(object, "spec", go("Node", "v1.NodeSpec")) {
            node.pod_networks = self.pod_networks(&spec);
        }
        if let Some(status) = self.map_of(object, "status", go("Node", "v1.NodeStatus")) {
            let of_type = go("NodeStatus", "[]v1.NodeAddress");
            for item in self.items_of(&status, "addresses", of_type) {
                let Some(map) = self.struct_of(item, go("NodeStatus", "v1.NodeAddress")) else {
                    continue;
                };
                // host names stand beside the addresses
                let text = self.text_of(&map, "address", go("NodeAddress", "string"));
                node.addresses.extend(validate::address(text));
            }
        }
        (!self.has_errors).then_some(node)
    }

    /// `podCIDRs`, and `podCIDR`, which is the first of them.
    fn pod_networks(&mut self, spec: &Field<'n>) -> Vec<Cidr> {
        let mut texts = vec![self.text_of(spec, "podCIDR", go("NodeSpec", "string"))];
        if let Some(list) = spec.get("podCIDRs") {
            let items = self.texts(list, go("NodeSpec", "[]string"));
            texts.extend(items.iter().filter_map(|item| item.node.as_str()));
        }
        texts
            .into_iter()
            .filter_map(|text| validate::cidr(text).ok())
            .map(|read| read.cidr)
            .collect()
    }
}
