//! A text of the command line, and what the file is called that it stands in: on some systems that need not be text.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use netpol::Source;

/// A text, and the file that it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) source: Source,
    /// The file, which need not have a name that is text; `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Whether nobody named it, and a link in a directory led there.
    pub(crate) is_linked: bool,
}

impl Text {
    /// Whether another one stands in the same place.
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

/// The texts alone.
pub(crate) fn sources(texts: &[Text]) -> Vec<Source> {
    texts.iter().map(|text| text.source.clone()).collect()
}

/// The files alone, in the order of the texts.
pub(crate) fn paths<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Vec<Option<PathBuf>> {
    texts.into_iter().map(|text| text.path.clone()).collect()
}

/// A path as it is shown: what of it is no text is spelt out byte by byte, so that two files are not called the same.
pub(crate) fn shown(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(name, "\\x{byte:02x}");
        }
    }
    name
}
