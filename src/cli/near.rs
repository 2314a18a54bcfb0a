//! "Did you mean": the known name that somebody who typed another one may have wanted.

/// The name that is most like a word, if any is like it at all.
pub(crate) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = folded(word);
    let likeness = |name: &str| {
        let name = folded(name);
        if wanted.len() >= SHORTEST_PART && name.contains(&wanted) {
            return 1.0;
        }
        strsim::normalized_damerau_levenshtein(&wanted, &name)
    };
    let scored = names.into_iter().map(|name| (likeness(name), name));
    let best = scored.max_by(|(one, _), (two, _)| one.total_cmp(two));
    best.filter(|(likeness, _)| *likeness > LIKE_ENOUGH).map(|(_, name)| name)
}

/// Below this, a suggestion is more puzzling than none.
const LIKE_ENOUGH: f64 = 0.6;

/// Fewer letters than this stand in too many names.
const SHORTEST_PART: usize = 3;

/// A word without what people vary.
fn folded(word: &str) -> String {
    word.to_lowercase().replace([' ', '_'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_slips_are_near_and_nothing_else_is() {
        let names = ["method-arn-echo", "uncovered-routes", "json"];
        let near = |word| nearest(word, names);
        assert_eq!(near("arn_echo"), Some("method-arn-echo"));
        assert_eq!(near("uncoverd routes"), Some("uncovered-routes"));
        assert_eq!(near("JSON"), Some("json"));
        assert_eq!(near("jsno"), Some("json"));
        assert_eq!(near("xml"), None);
        assert_eq!(near(""), None);
    }
}
