//! A mended text → its file, whole or not at all. Beside the file stands for a moment another one, which takes its name when
//! all of it is on the disk. Where it cannot, or where the file has several names, it is written in place, and what stood
//! there is put back if that fails.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    process,
};

use crate::{
    encoding::{decode, encode},
    text::Text,
    unread::reason,
};

/// How many names are tried for the file beside.
const MOST_NAMES: u32 = 16;

/// Writes another text into the file of a text, unless it is no longer what was read.
pub(crate) fn write_back(text: &Text, path: &Path, mended: &str) -> Result<(), String> {
    let refused = |why: &str| format!("cannot write `{}`: {why}", text.source.name());
    let gone = || refused("it is no longer what was read");
    let before = fs::read(path).map_err(|_| gone())?;
    let decoded = decode(before.clone()).ok();
    let (found, encoding) =
        decoded.filter(|(found, _)| found == text.source.text()).ok_or_else(gone)?;
    if encode(&found, encoding) != before {
        return Err(refused("it holds halves of characters, which would be lost"));
    }
    let after = encode(mended, encoding);
    replace(path, &before, &after).map_err(|error| refused(&reason(&error)))
}

fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    // who may not write into a file does not replace it either
    let mut file = OpenOptions::new().write(true).open(path)?;
    if has_one_name(path, &file)?
        && let Some(beside) = Beside::of(path, &file)?
    {
        return beside.take_over(before, after);
    }
    in_place(&mut file, before, after)
}

/// Whether the file is called this way only: a new one would part the names.
fn has_one_name(path: &Path, file: &File) -> io::Result<bool> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Ok(false);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Ok(file.metadata()?.nlink() == 1)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        Ok(true)
    }
}

/// A new file in the folder of another one, which is gone again unless it takes its place.
struct Beside<'p> {
    name: PathBuf,
    file: File,
    of: &'p Path,
}

impl<'p> Beside<'p> {
    /// With the mode and the owner of the file; `None` where there cannot be one.
    fn of(path: &'p Path, like: &File) -> io::Result<Option<Self>> {
        let file_name = path.file_name().unwrap_or_default();
        for number in 0..MOST_NAMES {
            let mut name = OsString::from(".");
            name.push(file_name);
            name.push(format!(".{}-{number}", process::id()));
            let name = path.with_file_name(name);
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&name) {
                Ok(file) => {
                    let beside = Self { name, file, of: path };
                    return Ok(beside.becomes_like(like).is_ok().then_some(beside));
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                // one may write into a file of a folder that takes no other
                Err(error) if is_refusal(&error) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    fn becomes_like(&self, like: &File) -> io::Result<()> {
        let metadata = like.metadata()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt as _, fchown};
            let own = self.file.metadata()?;
            if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
                fchown(&self.file, Some(metadata.uid()), Some(metadata.gid()))?;
            }
        }
        self.file.set_permissions(metadata.permissions())
    }

    fn take_over(mut self, before: &[u8], after: &[u8]) -> io::Result<()> {
        self.file.write_all(after)?;
        self.file.sync_all()?;
        // somebody may have written meanwhile
        if fs::read(self.of)? != before {
            return Err(io::Error::other("it is no longer what was read"));
        }
        fs::rename(&self.name, self.of)?;
        // the name is as good as written; a folder that cannot be asked to keep it is no fault
        if let Some(folder) = self.of.parent().and_then(|folder| File::open(folder).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        // after it took the other's name there is none of this one
        let _ = fs::remove_file(&self.name);
    }
}

fn is_refusal(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::InvalidFilename
    )
}

/// What is longer comes first: where there is no room for it, nothing has changed yet.
fn in_place(file: &mut File, before: &[u8], after: &[u8]) -> io::Result<()> {
    let written = put(file, before.len(), after);
    if written.is_err() {
        // the room that it took is still there
        put(file, before.len(), before)?;
    }
    written
}

/// Makes this all that the file holds.
fn put(file: &mut File, length: usize, bytes: &[u8]) -> io::Result<()> {
    let (head, tail) = bytes.split_at(length.min(bytes.len()));
    for (at, part) in [(head.len(), tail), (0, head)] {
        file.seek(SeekFrom::Start(at as u64))?;
        file.write_all(part)?;
    }
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}
