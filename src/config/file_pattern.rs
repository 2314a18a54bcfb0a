//! Patterns of files, as the configuration has them.

use crate::source::Spanned;

/// Files: a path, a folder with all that is in it, or a glob pattern. All start from the folder of the configuration.
#[derive(Clone, Debug)]
pub struct FilePattern {
    /// As written.
    pub text: Spanned<String>,
    compiled: glob::Pattern,
}

/// `*` stays within a folder, as in a shell; `**` doesn't.
const LIKE_A_SHELL: glob::MatchOptions =
    glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

impl FilePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Where a bracket is not closed, or `**` is not a whole part of a path; in words.
    pub fn new(text: Spanned<String>) -> Result<Self, String> {
        let written = text.value.strip_prefix("./").unwrap_or(&text.value);
        let compiled = glob::Pattern::new(written.trim_end_matches('/')).map_err(|error| error.msg.to_owned())?;
        Ok(Self { text, compiled })
    }

    /// Says what the pattern is in terms of the paths that [`Self::matches`] is given: one may be written in many ways.
    pub(super) fn locate(&mut self, from_root: &dyn Fn(&str) -> String) {
        if let Ok(compiled) = glob::Pattern::new(from_root(&self.text.value).trim_end_matches('/')) {
            self.compiled = compiled;
        }
    }

    /// Whether a file is meant; its path starts from the folder of the configuration, and has forward slashes.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        // A file may have the name of a pattern: `[id].json`.
        let is_meant = |path: &str| self.compiled.as_str() == path || self.compiled.matches_with(path, LIKE_A_SHELL);
        is_meant(path) || folders.into_iter().any(is_meant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::source::Span;

    fn pattern(text: &str) -> Result<FilePattern, String> {
        let source = Sources::default().add("authorizer-lint.toml", text);
        FilePattern::new(Spanned::new(text.to_owned(), Span { source, start: 0, end: 0 }))
    }

    #[test]
    fn folders_hold_their_files_and_stars_stay_within_a_folder() {
        for (text, path, matches) in [
            ("policies/*.json", "policies/a.json", true),
            ("policies/*.json", "policies/b/a.json", false),
            ("policies/**/*.json", "policies/b/a.json", true),
            ("policies", "policies/b/a.json", true),
            ("./policies/", "policies/a.json", true),
            ("policies", "policies-old/a.json", false),
            ("a/[id].json", "a/[id].json", true),
            ("*", "deep/down/a.json", true),
            ("a?.json", "ab.json", true),
            ("A.json", "a.json", false),
        ] {
            assert_eq!(pattern(text).unwrap().matches(path), matches, "{text} and {path}");
        }
        assert!(pattern("a**.json").is_err());
    }
}
