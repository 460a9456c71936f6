//! The policies and their table as the HTML that stands in an article, and that embed/1/netpol.js brings to life.

use netpol::{Analysis, Source, secret::holds_secret};
use render::{Passage, Table};

/// The figure; none where the texts hold what must not be published.
pub(super) fn figure(analysis: &Analysis, table: &Table, link: Option<&str>) -> Option<String> {
    let text = |at: usize| analysis.manifest.sources.get(at).map(Source::text);
    let cluster = text(1).filter(|cluster| analysis.uses_fallback && *cluster != lessons::CLUSTER);
    let policies = text(0).unwrap_or_default();
    if holds_secret(policies) || cluster.is_some_and(holds_secret) {
        return None;
    }
    Some(Passage { policies, cluster, table, link }.html())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derived::analyse;

    const OWN: &str = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";

    fn figure_of(policies: &str, cluster: &str, link: Option<&str>) -> Option<String> {
        let analysis = analyse(policies, cluster, true);
        figure(&analysis, &Table::of(&analysis, netpol::Direction::Ingress), link)
    }

    #[test]
    fn a_figure_has_its_table_its_link_and_a_cluster_only_where_it_is_its_own() {
        let eight = lessons::scenario("eight").unwrap().policies;
        let link = "https://example.org/#/s/eight";
        let told = figure_of(eight, lessons::CLUSTER, Some(link)).unwrap();
        assert!(
            told.contains(&format!("<a href=\"{link}\">")) && told.contains("<table"),
            "{told}"
        );
        assert!(!told.contains("data-cluster"), "{told}");
        let told = figure_of(eight, OWN, None).unwrap();
        assert!(told.contains("<pre hidden data-cluster><code>apiVersion: v1\nkind: Namespace"));
        assert!(!told.contains("<a "), "{told}");
        let told = figure_of(&format!("{OWN}---\n{eight}"), OWN, None).unwrap();
        assert!(!told.contains("data-cluster"), "the text is the whole cluster: {told}");
    }

    #[test]
    fn a_secret_is_never_put_into_a_figure() {
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aGk=}\n";
        assert_eq!(figure_of(secret, "", None), None);
        assert_eq!(figure_of("", secret, None), None);
    }
}
