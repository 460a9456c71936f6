//! Values ⇄ bytes, as the page and its engine hand them to each other. The only file that knows how.

use std::{error::Error, fmt};

use serde::{Serialize, de::DeserializeOwned};

/// Bytes that are not what was meant: page and engine are of two builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the page and its engine do not understand each other: they are of two builds")
    }
}

impl Error for Unreadable {}

/// A value as bytes.
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    let bytes = postcard::to_allocvec(value);
    debug_assert!(bytes.is_ok(), "every value of this crate has a length that is known");
    bytes.unwrap_or_default()
}

/// A value from its bytes.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    postcard::from_bytes(bytes).map_err(|_| Unreadable)
}
