//! Ctrl-C while a file is being written: what is unfinished is removed, then the program ends.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::Once;
use std::sync::PoisonError;

use super::Ending;
use super::exit_code;

/// The file that is not finished. Whoever holds the lock decides whether it stays.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

static LISTENING: Once = Once::new();

/// While it lives, an interrupt removes the file.
pub(super) struct Pending;

impl Pending {
    /// Announces a file that doesn't exist yet.
    pub(super) fn new(path: &Path) -> Self {
        // A run that writes no file ends as any program does. Who has told the system to ignore interrupts keeps his way.
        LISTENING.call_once(|| drop(ctrlc::try_set_handler(end)));
        *unfinished() = Some(path.to_owned());
        Self
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        *unfinished() = None;
    }
}

fn end() {
    // Held to the end, so that no other file is begun.
    let unfinished = unfinished();
    if let Some(path) = unfinished.as_ref() {
        let _ = fs::remove_file(path);
    }
    process::exit(i32::from(exit_code(Ending::Interrupted)));
}

fn unfinished() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}
