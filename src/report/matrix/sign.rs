//! How a status is written in a cell and in a legend: the letters are the same on a terminal and in a browser.

use crate::analysis::status::Status;

/// What people see of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// One character, so that nobody depends on colour.
    pub(super) letter: char,
    /// A word or two.
    pub(super) word: &'static str,
    /// What it means, to follow the word.
    pub(super) meaning: &'static str,
}

pub(super) const fn sign(status: Status) -> Sign {
    let (letter, word, meaning) = match status {
        Status::Forgotten => ('F', "forgotten", "refused while the response is kept, and not on purpose"),
        Status::Partly => ('P', "partly", "some requests of the route are allowed, others forgotten"),
        Status::Undecided => ('?', "undecided", "took more work than the budget allows"),
        Status::Conditional => ('C', "conditional", "depends on a condition or a policy variable"),
        Status::OnPurpose => {
            ('R', "refused on purpose", "by a Deny, by the NotResource of an Allow, or as an expected denial")
        }
        Status::Exceptions => ('E', "allowed with exceptions", "all but what is refused on purpose"),
        Status::Allowed => ('A', "allowed", "every request of the route"),
        Status::NotShared => {
            ('N', "not shared", "refused, but no such request gets a response that was kept for another")
        }
        Status::NoAnswer => {
            ('.', "no answer here", "requests of this route have another key than those that it answers")
        }
        Status::NeverReached => ('-', "never reached", "no request gets to the route"),
    };
    Sign { letter, word, meaning }
}

/// What a cell without a letter means.
pub(super) const BLANK: &str = "not behind the authorizer of the response";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_signs_are_alike() {
        let mut letters: Vec<char> = Status::ALL.iter().map(|&status| sign(status).letter).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), Status::ALL.len());
    }
}
