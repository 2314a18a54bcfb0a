//! Where the configuration is, and where files are from its folder.

use std::env;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::config::FILE_NAME;

/// The configuration of the folder that the run is in: its own, or that of the nearest folder above it in the same repository. Outside of a
/// repository only the folder itself counts: what lies in a folder that others can write to is not ours.
pub(crate) fn find() -> Option<String> {
    let here = env::current_dir().ok()?;
    let folders = match here.ancestors().position(|folder| folder.join(".git").exists()) {
        Some(depth) => depth + 1,
        None => 1,
    };
    let mut ancestors = here.ancestors().take(folders);
    let depth = ancestors.position(|folder| folder.join(FILE_NAME).is_file())?;
    Some(format!("{}{FILE_NAME}", "../".repeat(depth)))
}

/// The root of a project: the folder of its configuration, or the one that the run is in.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    folder: PathBuf,
    canonical: PathBuf,
}

impl Root {
    pub(crate) fn new(configuration: Option<&str>) -> Self {
        let folder = configuration.and_then(|file| Path::new(file).parent()).unwrap_or_else(|| Path::new(""));
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Self { canonical: here.canonicalize().unwrap_or_default(), folder: folder.to_owned() }
    }

    /// A path or pattern of the configuration, as a user would write it here.
    pub(crate) fn path(&self, written: &str) -> String {
        super::search::shown(&self.folder.join(written))
    }

    /// Where a file is from the root, with forward slashes; what is outside keeps the name that it has.
    pub(crate) fn key(&self, name: &str) -> String {
        let path = Path::new(name).canonicalize();
        let inside = path.as_ref().ok().and_then(|path| path.strip_prefix(&self.canonical).ok());
        inside.map_or_else(|| name.to_owned(), super::search::shown)
    }
}
