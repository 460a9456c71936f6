//! The text that both ends know already, so that a link needs to carry only what differs from it.
//!
//! Three parts, the most probable last (deflate writes near places with fewer bits): the built-in cluster, so that one
//! edited label costs a few characters and not three thousand bytes; the eight policies of the start page; then
//! policies and manifests as people write them, in each usual indentation, order of keys and form of list.
//!
//! **Frozen.** A version's dictionary is part of every link ever made with it. To improve it, add `dictionary/2.txt`
//! and a version 2 that decodes beside version 1. The built-in texts may change; this copy must not follow them.

/// What version 1 knows beforehand.
pub(crate) const VERSION_1: &[u8] = include_bytes!("../dictionary/1.txt");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::crc32;

    #[test]
    fn the_dictionary_of_version_1_never_changes() {
        assert_eq!(
            (VERSION_1.len(), crc32(VERSION_1)),
            (11_634, 3_213_683_193),
            "links that are out in the world need the old one"
        );
    }
}
