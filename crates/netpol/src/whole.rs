//! Whether some texts hold a whole cluster: what `kubectl get namespaces,pods -A -o yaml` prints. Looks at
//! where the objects stand and whether an API server wrote them, not at what they mean.

use crate::{field::Segment, manifest::Manifest, meta::ObjectMeta};

/// The namespace that every cluster has and hardly any repository declares.
const SYSTEM: &str = "kube-system";

/// Whether the texts hold the system's namespace and pods, all of them read back from a cluster: as
/// items of a `List`, or with what only an API server writes.
pub(crate) fn is_whole_cluster(manifest: &Manifest) -> bool {
    let read_back = |meta: &ObjectMeta| is_read_back(manifest, meta).unwrap_or(false);
    let namespaces = || manifest.objects.iter().flat_map(|objects| &objects.namespaces);
    let pods = || manifest.objects.iter().flat_map(|objects| &objects.pods);
    namespaces().any(|one| one.meta.name.name == SYSTEM && read_back(&one.meta))
        && pods().any(|pod| pod.kind == "Pod" && pod.namespace() == SYSTEM && read_back(&pod.meta))
}

fn is_read_back(manifest: &Manifest, meta: &ObjectMeta) -> Option<bool> {
    let origin = meta.origin.as_ref()?;
    match origin.path.segments() {
        [] => {}
        [Segment::Key(list), ..] => return Some(list == "items"),
        [Segment::Index(_), ..] => return Some(false),
    }
    let root = manifest.document(origin)?.yaml.root.as_ref()?;
    Some(root.get("metadata")?.get("uid").is_some())
}
