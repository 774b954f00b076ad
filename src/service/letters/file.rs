//! Files that are written once, whole, and read by their owner only.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use super::LettersError;

/// A new file that only its owner can read.
///
/// # Errors
/// A file that exists, or a folder that does not.
pub fn new_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Puts `bytes` into a new file, on the disk for good, or leaves none: half a file of codes would be
/// taken for a whole.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), LettersError> {
    let failed = |error| LettersError::File(path.display().to_string(), error);
    let mut file = new_private_file(path).map_err(failed)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.or_else(|error| fs::remove_file(path).and(Err(error))).map_err(failed)
}

/// Removes files whose codes do not count, and gives the reason on.
pub(super) fn discard(paths: &[&Path], reason: LettersError) -> LettersError {
    for path in paths {
        if let Err(error) = fs::remove_file(path) {
            return LettersError::File(path.display().to_string(), error);
        }
    }
    reason
}
