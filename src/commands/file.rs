//! Files that are either whole or untouched.

use std::fs;
use std::io;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

use super::interrupt::Pending;

/// Writes a file that isn't there yet; one that is, is left as it is.
pub(super) fn create(path: &Path, text: &[u8]) -> io::Result<()> {
    // The name is taken first, so that nobody else can come between.
    fs::File::create_new(path)?;
    let written = replace(path, text);
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Writes beside the file and renames, so that nobody ever reads half of it. What is no file (`/dev/null`, a pipe) is written to.
pub(super) fn replace(path: &Path, report: &[u8]) -> io::Result<()> {
    // `/dev/stdout` may stand for a file, which is its reader's to keep or to replace.
    let is_stream = ["/dev/stdout", "/dev/stderr"].iter().any(|stream| path == Path::new(stream));
    if is_stream || path.starts_with("/dev/fd") {
        return fs::OpenOptions::new().append(true).open(path)?.write_all(report);
    }
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        return fs::write(&path, report);
    }
    let unfinished = beside(&path)?;
    let pending = Pending::new(&unfinished);
    let written = write_new(&unfinished, report).and_then(|()| fs::rename(&unfinished, &path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&unfinished);
    }
    drop(pending);
    written
}

fn write_new(path: &Path, report: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(report)?;
    file.sync_all()
}

fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let name = format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id());
    Ok(path.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test looks at its own folder")]
    fn files_are_replaced_and_nothing_is_left_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        replace(&path, b"old and longer").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(fs::metadata(&path).unwrap().len(), 3);
        assert!(replace(&folder.path().join("missing/report.json"), b"x").is_err());
        assert!(replace(folder.path(), b"x").is_err());
    }
}
