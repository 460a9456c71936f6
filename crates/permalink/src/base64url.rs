//! Bytes ⇄ the 64 characters that no browser, mail or chat program has to escape (RFC 4648, section 5, no padding).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Whether base64url may contain this character.
pub(crate) fn is_digit(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-' || character == '_'
}

/// The bytes as text. Four characters hold three bytes; the last group may be shorter.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte))
            << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            let digit = (bits >> (18 - 6 * place)) & 63;
            text.extend(ALPHABET.get(digit as usize).map(|&digit| char::from(digit)));
        }
    }
    text
}

/// The bytes of a text that is base64url as a whole, and written the one way that [`encode`] writes it.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let bytes = decode_beginning(text);
    (encode(&bytes) == text).then_some(bytes)
}

/// The whole bytes that the text holds up to its end or its first foreign character.
pub(crate) fn decode_beginning(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.bytes().map_while(digit).collect();
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.chunks(4) {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        let [_, whole @ ..] = bits.to_be_bytes();
        bytes.extend(whole.iter().take(group.len() * 6 / 8));
    }
    bytes
}

fn digit(character: u8) -> Option<u32> {
    let digit = match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(u32::from(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_rfc_hold_without_padding() {
        for (bytes, text) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn only_one_spelling_of_the_same_bytes_is_read() {
        assert_eq!(decode("Zh"), None, "bits left over");
        assert_eq!(decode("Z"), None, "half a byte");
        assert_eq!(decode("Zg=="), None, "padding");
        assert_eq!(decode("Zm+v"), None, "the other alphabet");
    }
}
