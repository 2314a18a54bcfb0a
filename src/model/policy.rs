//! Policies: the part of IAM's policy language that decides about an API request.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>

use crate::source::Span;
use crate::source::Spanned;

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The whole document.
    pub span: Span,
    /// `Version`, where it was written.
    pub version: Option<Spanned<String>>,
    /// The statements that could be read.
    pub statements: Vec<Statement>,
}

impl Policy {
    /// Whether `${…}` is a policy variable: only under Version `2012-10-17`.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    #[must_use]
    pub fn has_variables(&self) -> bool {
        self.version.as_ref().is_some_and(|version| version.value == "2012-10-17")
    }
}

/// One statement of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The whole statement.
    pub span: Span,
    /// `Allow` or `Deny`.
    pub effect: Effect,
    /// `Action` or `NotAction`.
    pub actions: Clause,
    /// `Resource` or `NotResource`.
    pub resources: Clause,
    /// Whether it applies only sometimes: where a non-empty `Condition` stands.
    pub condition: Option<Span>,
}

/// What a statement does with what it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Allow it, unless something denies it.
    Allow,
    /// Deny it, whatever allows it.
    Deny,
}

/// `Action`/`Resource`, or the `Not…` form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether it names what it means, or everything but.
    pub polarity: Polarity,
    /// The key that introduces it.
    pub key: Span,
    /// The patterns, one or many.
    pub patterns: Vec<Spanned<String>>,
}

/// Whether a clause means what it lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// `Action`, `Resource`: what is listed.
    Listed,
    /// `NotAction`, `NotResource`: everything but what is listed.
    Others,
}

impl Statement {
    /// Whether the statement speaks of invoking an API at all. Actions are matched without regard to case.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
    #[must_use]
    pub fn is_about_invoke(&self) -> bool {
        let listed = self.actions.patterns.iter().any(|pattern| grants_invoke(&pattern.value));
        listed == (self.actions.polarity == Polarity::Listed)
    }
}

/// Whether an Action pattern matches `execute-api:Invoke`.
#[must_use]
pub fn grants_invoke(pattern: &str) -> bool {
    glob_matches(&pattern.to_ascii_lowercase(), "execute-api:invoke")
}

/// Whether a pattern with `*` and `?` matches one short text, case-sensitively.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
#[must_use]
pub fn glob_matches(pattern: &str, text: &str) -> bool {
    // Two-pointer glob matching: after a mismatch only the last `*` has to grow.
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut seen, mut star) = (0, 0, None);
    while let Some(&wanted) = text.get(seen) {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(&symbol) if symbol == '?' || symbol == wanted => {
                at += 1;
                seen += 1;
            }
            _ => match star {
                Some((star_at, covered)) => {
                    star = Some((star_at, covered + 1));
                    at = star_at + 1;
                    seen = covered + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|&symbol| symbol == '*'))
}

#[cfg(test)]
mod tests {
    use super::grants_invoke;

    #[test]
    fn actions_match_without_case_and_with_wildcards() {
        for pattern in
            ["execute-api:Invoke", "EXECUTE-API:invoke", "*", "execute-api:*", "execute-api:Inv*", "e*:?nvoke"]
        {
            assert!(grants_invoke(pattern), "{pattern}");
        }
        for pattern in
            ["Invoke", "execute-api:Invoke2", "lambda:InvokeFunction", "execute-api:ManageConnections", "", "?"]
        {
            assert!(!grants_invoke(pattern), "{pattern}");
        }
    }
}
