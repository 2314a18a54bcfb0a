//! "Did you mean": the known name that a word is most like.

/// The name that is most like a word, if any is like it at all.
#[must_use]
pub fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let written = folded(word);
    names
        .map(|name| (strsim::osa_distance(&written, &folded(name)), name))
        .filter(|&(distance, name)| distance <= (name.len() / 3).min(2))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// A word without what people vary: case, underscores and hyphens.
#[must_use]
pub fn folded(key: &str) -> String {
    key.chars().filter(|character| !matches!(character, '_' | '-')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_near() {
        let names = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];
        let meant = |key| nearest(key, names.into_iter());
        assert_eq!(meant("effect"), Some("Effect"));
        assert_eq!(meant("Resources"), Some("Resource"));
        assert_eq!(meant("not_resource"), Some("NotResource"));
        assert_eq!(meant("Conditon"), Some("Condition"));
        assert_eq!(meant("Comment"), None);
        assert_eq!(meant("Id"), Some("Sid"));
    }
}
