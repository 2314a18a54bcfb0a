//! Words of a configuration that there aren't, and what they might mean.
//!
//! `serde` says of an unknown key, or an unknown word for a value, which ones it would have taken; only its message says so. Keeping the list of
//! keys a second time, beside the types that read them, was the alternative.

use std::sync::LazyLock;

use regex::Regex;

use crate::config::error::ConfigProblem;
use crate::near::nearest;

/// What the parser's message says, in the words of TOML and not of the types that read it.
pub(super) fn parser_problem(message: &str) -> ConfigProblem {
    if message.ends_with("expected a TOML datetime") {
        return ConfigProblem::Date;
    }
    unknown(message).unwrap_or_else(|| {
        let said = [
            ("\n", ", "),
            ("expected i64", "expected a whole number"),
            ("expected a sequence", "expected a list"),
            ("map, expected a list", "a table, expected a list: `[[…]]` begins an entry of one"),
            ("wanted string or table", "expected a string"),
        ]
        .iter()
        .fold(message.to_owned(), |said, (theirs, ours)| said.replace(theirs, ours));
        ConfigProblem::Toml(said)
    })
}

/// Reads the message of an error; nothing where it speaks of something else than an unknown word.
fn unknown(message: &str) -> Option<ConfigProblem> {
    #[expect(clippy::expect_used, reason = "the expression is a constant, and tested")]
    static MESSAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^unknown (field|variant) `([^`]*)`, expected (?:one of )?(.*)").expect("the expression is sound")
    });
    let found = MESSAGE.captures(message)?;
    let [what, word, known] = [1, 2, 3].map(|group| found.get(group).map_or("", |part| part.as_str()));
    // Every second piece is between backticks.
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    // With few words to choose from, all of them are the better hint.
    let meant = nearest(word, known.iter().copied()).map(str::to_owned);
    Some(ConfigProblem::Unknown { what: if what == "field" { "key" } else { "value" }, word: word.to_owned(), meant })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_messages_of_serde_are_understood() {
        let meant = |message| match unknown(message) {
            Some(ConfigProblem::Unknown { what, word, meant }) => (what, word, meant.unwrap_or_default()),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            meant("unknown field `polices`, expected one of `routes`, `policies`"),
            ("key", "polices".to_owned(), "policies".to_owned())
        );
        assert_eq!(
            meant("unknown variant `eror`, expected `error` or `off`"),
            ("value", "eror".to_owned(), "error".to_owned())
        );
        assert_eq!(unknown("invalid type: integer `1`, expected a string"), None);
    }
}
