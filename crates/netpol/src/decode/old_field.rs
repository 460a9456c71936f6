//! Fields that no supported API server knows any more, and older ones wrote.

/// Fields that API servers of other versions write by themselves, and that say nothing of what is meant:
/// Go's name of what holds them, their name, and the versions.
const OLD_FIELDS: &[(&str, &str, &str)] = &[
    ("v1.NetworkPolicy", "status", "1.24 to 1.27"),
    ("v1.ObjectMeta", "clusterName", "1.24 and before"),
    ("v1.ObjectMeta", "initializers", "1.7 to 1.15"),
    ("v1.ManagedFieldsEntry", "fields", "1.14 and 1.15"),
];

/// The versions that have a field which others do not know.
pub(super) fn old_field(of_type: &str, name: &str) -> Option<&'static str> {
    let found = OLD_FIELDS.iter().find(|(holder, field, _)| (*holder, *field) == (of_type, name));
    found.map(|(_, _, versions)| *versions)
}
