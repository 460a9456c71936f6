//! Any address leads somewhere or is refused; where it leads can be written as an address that leads
//! to the very same; and any text survives the way through a link. The first byte chooses: making a
//! link takes a thousand times as long as opening one, so only some inputs make one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use permalink::{Direction, Fields, MAX_LINK, Route, Shared};

fuzz_target!(|bytes: &[u8]| match bytes.split_first() {
    Some((&choice @ 1..=3, rest)) => opens_again(&Route::Shared(shared(choice, rest))),
    Some((4, content)) => open(&forged(content)),
    _ => open(&String::from_utf8_lossy(bytes)),
});

fn open(address: &str) {
    match address.parse::<Route>() {
        Ok(route) => opens_again(&route),
        Err(error) => assert!(!error.to_string().is_empty() && !error.help().is_empty()),
    }
}

/// What a link is made from: the first NUL parts policies and cluster.
fn shared(choice: u8, bytes: &[u8]) -> Shared {
    let text = String::from_utf8_lossy(bytes);
    let direction = match choice {
        1 => None,
        2 => Some(Direction::Ingress),
        _ => Some(Direction::Egress),
    };
    let (policies, cluster) = text.split_once('\0').map_or((&*text, None), |(a, b)| (a, Some(b)));
    let (policies, cluster) = (policies.to_owned(), cluster.map(str::to_owned));
    Shared { policies, cluster, fields: Fields { direction, ..Fields::default() } }
}

fn opens_again(route: &Route) {
    match route.encode() {
        Ok(link) => {
            assert!(link.len() <= MAX_LINK);
            assert_eq!(link.parse::<Route>().as_ref(), Ok(route), "{link}");
        }
        Err(error) => {
            let Route::Shared(shared) = route else { panic!("{route:?}: {error}") };
            let size = shared.policies.len() + shared.cluster.as_ref().map_or(0, String::len);
            assert!(size > MAX_LINK / 2, "{error}, but the text has {size} bytes");
        }
    }
}

/// A link around any content, made by the grammar in the documentation of `permalink`: one stored
/// block of deflate, and the right check, which no fuzzer would guess.
fn forged(content: &[u8]) -> String {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX);
    let content = &content[..usize::from(length)];
    let mut block = vec![1];
    block.extend(length.to_le_bytes());
    block.extend((!length).to_le_bytes());
    block.extend(content);
    let crc = !content.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    });
    format!("#/p/1.{}.{}", base64url(&block), base64url(&crc.to_be_bytes()))
}

fn base64url(bytes: &[u8]) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bit = |place: usize| bytes.get(place / 8).map_or(0, |byte| byte >> (7 - place % 8) & 1);
    let digit = |place: usize| (place..place + 6).fold(0, |digit, place| digit << 1 | bit(place));
    let places = (0..bytes.len() * 8).step_by(6);
    places.map(|place| char::from(digits[usize::from(digit(place))])).collect()
}
