//! What the page begins with: what stands in index.html for the landing text, and else what the engine answers to the address.

use std::{fmt::Write as _, rc::Rc};

use protocol::{Start, StartQuestion, decode};
use yew::{UseStateSetter, hook, use_effect_with, use_state};

use crate::{browser, engine::Failure};

/// In front of the two hexadecimal digits of a byte.
const ESCAPE: char = '~';

type Beginning = Option<Result<Rc<Start>, Failure>>;

/// What the page begins with; nothing until it is known, and until then something else stands in its place.
#[hook]
pub fn use_start() -> Beginning {
    let start = use_state(at_hand);
    let setter = start.setter();
    let is_known = start.is_some();
    use_effect_with((), move |()| {
        if is_known {
            browser::clear_the_place();
        } else {
            ask(setter);
        }
    });
    (*start).clone()
}

/// What came with the page, where the address asks for it.
fn at_hand() -> Beginning {
    if !leads_to_landing(&browser::fragment()) {
        return None;
    }
    let bytes = from_text(&browser::text_of_element("start")?)?;
    decode(&bytes).ok().map(|start| Ok(Rc::new(start)))
}

/// Whether an address asks for the landing text.
pub fn leads_to_landing(address: &str) -> bool {
    matches!(address, "" | "#" | "#/")
}

fn ask(setter: UseStateSetter<Beginning>) {
    let address = browser::fragment();
    let question = StartQuestion { address: address.clone() };
    browser::ask(question, None, move |answer| {
        // somebody may have gone on meanwhile
        if answer.is_ok() && address != browser::fragment() {
            return ask(setter);
        }
        browser::clear_the_place();
        setter.set(Some(answer.map(Rc::new)));
    });
}

/// Bytes as a text that can stand in HTML, for [`from_text`]. Most of them are letters, and stay what they are.
pub fn to_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for byte in bytes {
        match char::from(*byte) {
            '\n' => text.push('\n'),
            letter @ ' '..='}' if !matches!(letter, '<' | '&') => text.push(letter),
            other => {
                let _ = write!(text, "{ESCAPE}{:02x}", u32::from(other));
            }
        }
    }
    text
}

/// The bytes again; `None` where the text holds something else.
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if char::from(byte) == ESCAPE {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_a_text_that_holds_no_markup() {
        let bytes: Vec<u8> = (0..=255).chain(*b"a: {}\n~</script>&amp;").collect();
        let text = to_text(&bytes);
        assert!(!text.contains(['<', '&', '\r']) && text.is_ascii(), "{text}");
        assert_eq!(from_text(&text), Some(bytes));
        assert_eq!(from_text("~0"), None);
        assert_eq!(from_text("~zz"), None);
    }
}
