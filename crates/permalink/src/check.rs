//! The checksum of a link. Most damaged payloads still inflate, to *other policies*; this is what refuses them.
//!
//! CRC-32 over the content, not over the payload: so it also notices a wrong dictionary or a faulty decoder, and stays
//! the same when the compressor gets better. 32 bits let one damaged link in four billion through for six characters;
//! 24 bits would save two of them and let through 256 times as many. It is no signature: anybody can make a link to
//! any text.

use crate::base64url;

/// How many characters the check of a link has.
pub(crate) const LENGTH: usize = 6;

/// The check of the content, as it is written into the link.
pub(crate) fn of(content: &[u8]) -> String {
    base64url::encode(&crc32(content).to_be_bytes())
}

/// CRC-32 as in zlib, PNG and Ethernet. Bit by bit: 64 KiB take less than a millisecond, and a table would weigh more
/// in the page than it saves.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            crc >> 1 ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_crc_that_everybody_computes() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn a_check_always_has_six_characters() {
        assert_eq!(of(b"").len(), LENGTH);
        assert_eq!(of(b"123456789"), "y_Q5Jg");
    }
}
