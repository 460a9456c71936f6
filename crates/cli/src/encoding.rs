//! Bytes of a file ⇄ text. UTF-8, or UTF-16 where a byte order mark says so, as Windows PowerShell's `>` writes it and kubectl reads it.

use std::string::FromUtf8Error;

/// How a text stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16 { is_big_endian: bool },
}

/// The text of a file, without the mark of UTF-16. Halves of characters are shown as such and are none.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), FromUtf8Error> {
    let (is_big_endian, rest) = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => (false, rest),
        [0xFE, 0xFF, rest @ ..] => (true, rest),
        _ => return String::from_utf8(bytes).map(|text| (text, Encoding::Utf8)),
    };
    let (units, incomplete) = rest.as_chunks::<2>();
    let unit = if is_big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
    let characters = char::decode_utf16(units.iter().map(|pair| unit(*pair)));
    let mut text: String =
        characters.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    text.extend(incomplete.first().map(|_| char::REPLACEMENT_CHARACTER));
    Ok((text, Encoding::Utf16 { is_big_endian }))
}

/// The bytes of a text, as they stood in its file if that held no halves of characters.
pub(crate) fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let Encoding::Utf16 { is_big_endian } = encoding else { return text.as_bytes().to_vec() };
    let bytes = if is_big_endian { u16::to_be_bytes } else { u16::to_le_bytes };
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_in_the_encoding_it_was_read_in() {
        for (bytes, is_big_endian) in [
            (&b"\xFF\xFEa\0\x3D\xD8\x00\xDE\n\0"[..], false),
            (&b"\xFE\xFF\0a\xD8\x3D\xDE\x00\0\n"[..], true),
        ] {
            let (text, encoding) = decode(bytes.to_vec()).unwrap();
            assert_eq!((text.as_str(), encoding), ("a😀\n", Encoding::Utf16 { is_big_endian }));
            assert_eq!(encode(&text, encoding), bytes);
        }
        let (text, encoding) = decode("\u{feff}a😀".as_bytes().to_vec()).unwrap();
        assert_eq!((text.as_str(), encoding), ("\u{feff}a😀", Encoding::Utf8));
        assert_eq!(encode(&text, encoding), text.as_bytes());
    }

    #[test]
    fn halves_of_characters_are_shown() {
        let (text, _) = decode(b"\xFF\xFEa\0\x3D\xD8b\0\n".to_vec()).unwrap();
        assert_eq!(text, "a\u{fffd}b\u{fffd}");
        assert!(decode(b"a\xFF".to_vec()).is_err());
    }
}
