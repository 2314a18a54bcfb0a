//! Where the configuration is, and where files are from its folder.

use std::env;
use std::path::Component;
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
    // A folder of this name, or a link to nothing, is an error to tell and no reason to go on without what a team has decided.
    let depth = ancestors.position(|folder| folder.join(FILE_NAME).symlink_metadata().is_ok())?;
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

    /// Where a file is from the root, with forward slashes, however it was named. A file that is a link keeps its own name.
    pub(crate) fn key(&self, name: &str) -> String {
        let (place, rest) = self.split(name);
        [place, rest].concat()
    }

    /// A pattern of the configuration, in terms of such keys.
    pub(crate) fn pattern(&self, written: &str) -> String {
        let (place, rest) = self.split(&self.path(written));
        [glob::Pattern::escape(&place), rest].concat()
    }

    /// The folder that a path or pattern starts with, from the root, and what follows it as it is.
    fn split(&self, name: &str) -> (String, String) {
        let known = Path::new(name).ancestors().filter(|place| !place.as_os_str().is_empty());
        let mut known = known.filter_map(|place| Some((place, self.reach(place)?)));
        let Some((place, from_root)) = known.next() else { return (String::new(), name.to_owned()) };
        let rest = name.get(place.as_os_str().len()..).unwrap_or_default().trim_start_matches('/');
        match (from_root.as_str(), rest) {
            ("", rest) => (String::new(), rest.to_owned()),
            (_, "") => (from_root, String::new()),
            (_, rest) => (from_root, format!("/{rest}")),
        }
    }

    /// Where something that exists is from the root; on another drive it has no such place.
    fn reach(&self, place: &Path) -> Option<String> {
        let name = place.file_name().filter(|_| !place.is_dir());
        let folder = if name.is_some() { place.parent()? } else { place };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        place.symlink_metadata().ok()?;
        let folder = folder.canonicalize().ok()?;
        let shared = self.canonical.components().zip(folder.components()).take_while(|(ours, its)| ours == its).count();
        if shared == 0 {
            return None;
        }
        let up = self.canonical.components().skip(shared).map(|_| Component::ParentDir);
        let place: PathBuf = up.chain(folder.components().skip(shared)).collect();
        Some(super::search::shown(&name.map_or_else(|| place.clone(), |name| place.join(name))))
    }
}
