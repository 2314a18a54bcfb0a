//! Where reports must not go: two of them into one file, or one in the place of a file that was read.

use std::path::Path;
use std::path::PathBuf;

use anyhow::bail;
use authorizer_lint::source::Sources;

use crate::cli::Target;

/// Files that a run has read: all but `skipped`, which are sorted. A report of an earlier run, met in a folder and skipped, may be replaced.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inputs<'i> {
    pub(super) sources: &'i Sources,
    pub(super) skipped: &'i [String],
}

/// Compares files, not their names: `a.json` and `./a.json` are one.
///
/// # Errors
/// Where a report would be lost, or an input.
pub(super) fn keep_apart<F>(targets: &[Target<F>], inputs: Inputs<'_>) -> anyhow::Result<()> {
    let mut taken: Vec<PathBuf> = Vec::new();
    for file in targets.iter().filter_map(|target| target.file.as_deref()) {
        let place = whereabouts(file);
        // `/dev/null` and pipes lose nothing that they had.
        if place.metadata().is_ok_and(|found| !found.is_file()) {
            continue;
        }
        if taken.contains(&place) {
            bail!("`{}` holds one report, and two were to be written into it", file.display());
        }
        if inputs.hold(&place) {
            bail!("`{}` was read, and a report would replace it", file.display());
        }
        taken.push(place);
    }
    Ok(())
}

/// The file that is there, or the place where it will be.
fn whereabouts(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let will_be = || Some(folder.canonicalize().ok()?.join(file.file_name()?));
    file.canonicalize().ok().or_else(will_be).unwrap_or_else(|| file.to_owned())
}

impl Inputs<'_> {
    fn hold(self, place: &Path) -> bool {
        if !place.exists() {
            return false;
        }
        let was_read = |name: &&String| self.skipped.binary_search(name).is_err();
        let mut read = self.sources.iter().map(|(_, source)| &source.name).filter(was_read);
        read.any(|name| Path::new(name).canonicalize().is_ok_and(|input| input == place))
    }
}
