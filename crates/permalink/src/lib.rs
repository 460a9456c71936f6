//! Text ⇄ link, and nothing else: no YAML, no browser, no clock. In comes the part of an address from `#` on,
//! out comes a [`Route`]; in comes a [`Shared`] text, out comes its link.
//!
//! ```text
//! fragment = "#/"                                   the start page
//!          | "#/s/" slug                            a built-in text
//!          | "#/x/" slug                            an exercise
//!          | "#/c/" slug ".." slug                  two built-in texts side by side
//!          | "#/p/" version "." payload "." check   any text
//! version  = "1"                                    fixes everything below; what it says is never changed again
//! payload  = base64url(deflate(content))            raw deflate with dictionary/1.txt preset, no padding
//! check    = base64url(crc32(content))              six characters, so a link without them was cut off
//! content  = policies *( 0xFF key value )           UTF-8 texts; 0xFF never occurs in UTF-8, so nothing is escaped
//! key      = "C" (the cluster) | "d" (the direction: "i" or "e") | "W" (without witnesses)
//!          | "o" (the open cell) | "v" (what else is in sight) | "r" (the result) | a letter that a later playground adds
//! ```
//!
//! An unknown key in lower case is skipped: it is about the view. An unknown key in upper case refuses the link
//! ([`LinkError::UnknownField`]): without it the table would be a different one. So fields can be added without a
//! version 2. The policies come first in the content, so that the beginning of a truncated link still shows them.
//!
//! Every language's standard library can read a link: in Python,
//! `zlib.decompressobj(-15, zdict=dictionary).decompress(payload)` and `zlib.crc32`.
//!
//! What follows the six characters of the check is ignored unless it starts with a letter or a digit: chat programs
//! add `.`, `)` or `>`, and the checksum knows whether the link is whole. `%2E` and the like are decoded first.
//! The text is not secret: whoever has the link can read it, and a checksum is no signature.

mod base64url;
mod check;
mod deflate;
mod dictionary;
mod envelope;
mod error;
mod percent;
mod route;
mod shared;

pub use error::{EncodeError, Limit, LinkError};
pub use route::{Route, Slug};
pub use shared::{Direction, Fields, Shared};

/// The longest link that is made or read, in bytes from the `#` on: 32 KiB.
pub const MAX_LINK: usize = 32 * 1024;

/// The most text a link may carry, in bytes: policies, cluster and fields together, 64 KiB.
pub const MAX_TEXT: usize = 64 * 1024;
