//! Files as other programs name them: relative to the root of the checkout, with forward slashes; percent-encoded for those that read URIs.
//!
//! This works on text alone and asks no file system: renderers don't read, and so Windows can be tried out everywhere.

use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;

/// Whose rules the paths of a run follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// A backslash is a character like any other.
    Unix,
    /// A backslash parts folders, drives have letters, and case means nothing.
    Windows,
}

impl System {
    /// The one that this program was built for.
    pub const THIS: Self = if cfg!(windows) { Self::Windows } else { Self::Unix };
}

/// What file names are relative to, for readers who don't know where the run took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    system: System,
    here: Absolute,
    roots: Vec<Absolute>,
}

impl Base {
    /// Names are relative to the first of the roots that holds the file, else to `here`, the working directory.
    #[must_use]
    pub fn new(system: System, here: &str, roots: &[String]) -> Self {
        let nowhere = Absolute { volume: String::new(), folders: Vec::new() };
        let here = nowhere.join(system, here);
        let roots = roots.iter().map(|root| here.join(system, root)).collect();
        Self { system, here, roots }
    }

    /// The path of a source below the root; absolute where it lies elsewhere.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        self.below(name).unwrap_or_else(|| self.here.join(self.system, name).path())
    }

    /// The same as a URI: a relative reference without a scheme, or `file://`.
    #[must_use]
    pub fn uri(&self, name: &str) -> String {
        self.below(name).map_or_else(|| self.here.join(self.system, name).uri(), |path| encoded(&path))
    }

    fn below(&self, name: &str) -> Option<String> {
        if name == STDIN {
            return Some(name.to_owned());
        }
        let file = self.here.join(self.system, name);
        let roots = self.roots.iter().chain([&self.here]);
        let mut below = roots.filter_map(|root| file.below(self.system, root));
        let path = below.next()?.join("/");
        // The root itself has a name too.
        Some(if path.is_empty() { ".".to_owned() } else { path })
    }
}

/// What the text from standard input is called; it lies in no folder.
const STDIN: &str = "<stdin>";

/// All but what RFC 3986 calls unreserved, and the slashes. A colon in the first segment would be a scheme.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}

/// A path from the root of a file system, without `.` and `..`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Absolute {
    /// `C:` or `//server` on Windows, else empty.
    volume: String,
    folders: Vec<String>,
}

impl Absolute {
    /// The path of `name` as seen from here.
    fn join(&self, system: System, name: &str) -> Self {
        let name = match system {
            System::Unix => name.to_owned(),
            System::Windows => without_verbatim(&name.replace('\\', "/")),
        };
        let (mut path, rest) = match volume(system, &name) {
            Some((volume, rest)) => (Self { volume, folders: Vec::new() }, rest),
            None if name.starts_with('/') => (Self { folders: Vec::new(), ..self.clone() }, name.as_str()),
            None => (self.clone(), name.as_str()),
        };
        for folder in rest.split('/') {
            match folder {
                "" | "." => {}
                ".." => drop(path.folders.pop()),
                folder => path.folders.push(folder.to_owned()),
            }
        }
        path
    }

    /// The folders below `root` on the way to this path, if it lies there.
    fn below(&self, system: System, root: &Self) -> Option<&[String]> {
        let same = |a: &String, b: &String| match system {
            System::Unix => a == b,
            System::Windows => a.to_lowercase() == b.to_lowercase(),
        };
        let (head, tail) = self.folders.split_at_checked(root.folders.len())?;
        let is_below = same(&self.volume, &root.volume) && head.iter().zip(&root.folders).all(|(a, b)| same(a, b));
        is_below.then_some(tail)
    }

    fn path(&self) -> String {
        format!("{}/{}", self.volume, self.folders.join("/"))
    }

    fn uri(&self) -> String {
        let path = encoded(&self.folders.join("/"));
        match self.volume.strip_prefix("//") {
            Some(server) => format!("file://{}/{path}", encoded(server)),
            None if self.volume.is_empty() => format!("file:///{path}"),
            None => format!("file:///{}/{path}", self.volume),
        }
    }
}

/// `C:` or `//server`, and what follows.
fn volume(system: System, name: &str) -> Option<(String, &str)> {
    if system == System::Unix {
        return None;
    }
    if let Some(rest) = name.strip_prefix("//") {
        let (server, rest) = rest.split_once('/').unwrap_or((rest, ""));
        return Some((format!("//{server}"), rest));
    }
    let (drive, rest) = name.split_once(':')?;
    let is_drive = drive.len() == 1 && drive.starts_with(|symbol: char| symbol.is_ascii_alphabetic());
    is_drive.then(|| (format!("{}:", drive.to_ascii_uppercase()), rest))
}

/// Windows writes `\\?\` before a path that it has made canonical.
fn without_verbatim(name: &str) -> String {
    match name.strip_prefix("//?/") {
        Some(rest) => rest.strip_prefix("UNC/").map_or_else(|| rest.to_owned(), |share| format!("//{share}")),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unix() -> Base {
        Base::new(System::Unix, "/repo/api", &["/repo".to_owned()])
    }

    fn windows() -> Base {
        Base::new(System::Windows, r"\\?\C:\repo\api", &[r"c:\Repo".to_owned()])
    }

    #[test]
    fn names_become_relative_to_the_root() {
        for (name, path, uri) in [
            ("policy.json", "api/policy.json", "api/policy.json"),
            ("./a//../policy.json", "api/policy.json", "api/policy.json"),
            ("../routes.txt", "routes.txt", "routes.txt"),
            ("/repo/routes.txt", "routes.txt", "routes.txt"),
            ("/repo2/routes.txt", "/repo2/routes.txt", "file:///repo2/routes.txt"),
            ("../../x y", "/x y", "file:///x%20y"),
            ("a b/50%#1?.json", "api/a b/50%#1?.json", "api/a%20b/50%25%231%3F.json"),
            ("größe.json", "api/größe.json", "api/gr%C3%B6%C3%9Fe.json"),
            ("back\\slash.json", "api/back\\slash.json", "api/back%5Cslash.json"),
            ("<stdin>", "<stdin>", "%3Cstdin%3E"),
            ("policies/*.json", "api/policies/*.json", "api/policies/%2A.json"),
            ("..", ".", "."),
        ] {
            assert_eq!((unix().path(name), unix().uri(name)), (path.to_owned(), uri.to_owned()), "{name}");
        }
    }

    #[test]
    fn a_colon_is_no_scheme() {
        let base = Base::new(System::Unix, "/repo", &[]);
        assert_eq!((base.path("C:x.json"), base.uri("C:x.json")), ("C:x.json".to_owned(), "C%3Ax.json".to_owned()));
    }

    #[test]
    fn windows_has_drives_and_two_kinds_of_slashes() {
        for (name, path, uri) in [
            (r"a b\policy.json", "api/a b/policy.json", "api/a%20b/policy.json"),
            (r"..\50%.json", "50%.json", "50%25.json"),
            (r"C:\REPO\x.json", "x.json", "x.json"),
            (r"\repo\x.json", "x.json", "x.json"),
            (r"d:\repo\x.json", "D:/repo/x.json", "file:///D:/repo/x.json"),
            (r"\\host\share\x y.json", "//host/share/x y.json", "file://host/share/x%20y.json"),
            (r"\\?\UNC\host\share\x.json", "//host/share/x.json", "file://host/share/x.json"),
        ] {
            assert_eq!((windows().path(name), windows().uri(name)), (path.to_owned(), uri.to_owned()), "{name}");
        }
    }

    #[test]
    fn without_any_folder_names_stay_as_they_are() {
        let base = Base::new(System::Unix, "", &[]);
        assert_eq!(base.path("a/b.json"), "a/b.json");
    }
}
