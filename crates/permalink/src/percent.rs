//! Undoes percent-encoding. Links need none, but some programs escape `.` and `-` all the same.

use std::borrow::Cow;

/// The text with every `%XX` replaced by its byte, or the text as it is where that would not be UTF-8.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if let (b'%', [high, low, after @ ..]) = (first, tail)
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            decoded.push(high << 4 | low);
            rest = after;
        } else {
            decoded.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn escapes_are_undone_and_all_else_stays() {
        assert_eq!(decode("/p/1%2EAwA%2eAAAAAA"), "/p/1.AwA.AAAAAA");
        assert_eq!(decode("/s/100%"), "/s/100%");
        assert_eq!(decode("/s/%zz%4"), "/s/%zz%4");
        assert_eq!(decode("%ff"), "%ff", "not UTF-8");
    }
}
