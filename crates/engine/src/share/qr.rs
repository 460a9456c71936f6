//! A link as a QR code, as long as a phone can read it from a projector.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

use protocol::Element;

/// Codes of longer links have too small squares.
const LONGEST: usize = 1_000;
/// The quiet border that scanners ask for, in squares.
const BORDER: i32 = 4;

/// The code, folded away until somebody asks for it.
pub(super) fn qr(link: &str) -> Element {
    let code = (link.len() <= LONGEST).then(|| QrCode::encode_text(link, QrCodeEcc::Low).ok());
    let content = match code.flatten() {
        Some(code) => picture(&code),
        None => {
            Element::tag("p").text("This link is too long for a QR code that a phone can read.")
        }
    };
    Element::classed("details", "qr").put(Element::tag("summary").text("QR code")).put(content)
}

fn picture(code: &QrCode) -> Element {
    let size = code.size() + 2 * BORDER;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + BORDER, y + BORDER);
        }
    }
    let picture =
        Element::tag("svg").attr("viewBox", format!("0 0 {size} {size}")).attr("role", "img");
    let light = Element::classed("path", "light").attr("d", format!("M0 0h{size}v{size}h-{size}z"));
    let dark = Element::classed("path", "dark").attr("d", path);
    picture.attr("aria-label", "QR code of the link").put(light).put(dark)
}
