//! Cached responses that refuse requests which share them: the reason that this linter exists.

pub(in crate::rules) mod disagreeing_policies;
pub(in crate::rules) mod method_arn_echo;
pub(in crate::rules) mod partly_allowed_route;
pub(in crate::rules) mod route_specific_deny;
pub(in crate::rules) mod uncovered_routes;

use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::analysis::coverage::Shortfall;
use crate::finding::Finding;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Ttl;
use crate::rules::coverage::disagreeing_policies::worth_saying;

/// How many places of refused routes a finding names.
const PLACES: usize = 10;

/// How many routes a sentence lists.
const LISTED: usize = 4;

/// How many Resources a sentence lists: they are meant to be copied, so all of them unless that is a flood.
pub(in crate::rules) const RESOURCES: usize = 20;

/// The shortfalls that are left to say: those of responses that take part in a sure disagreement are part of it.
fn shortfalls<'f, 'p>(facts: &'f Facts<'p>) -> impl Iterator<Item = &'f Shortfall<'p>> {
    policies(facts).map(|(_, shortfall)| shortfall)
}

/// The same, with the policies that they are of.
fn policies<'f, 'p>(facts: &'f Facts<'p>) -> impl Iterator<Item = (&'f PolicyFacts<'p>, &'f Shortfall<'p>)> {
    let disagrees = |response| {
        facts.disagreements.iter().filter(|disagreement| disagreement.doubt.is_none()).any(|disagreement| {
            std::ptr::eq(disagreement.allowing, response) || std::ptr::eq(disagreement.refusing, response)
        })
    };
    let left = facts.policies.iter().filter(move |policy| !disagrees(policy.response));
    left.filter_map(|policy| Some((policy, policy.shortfall.as_ref()?)))
}

/// How many findings about coverage there are on the responses of an authorizer.
pub(in crate::rules) fn count(facts: &Facts<'_>, authorizer: &Authorizer) -> usize {
    let shortfalls = shortfalls(facts).filter(|shortfall| std::ptr::eq(shortfall.authorizer, authorizer));
    let disagreements = worth_saying(facts).filter(|found| std::ptr::eq(found.authorizer, authorizer));
    shortfalls.count() + disagreements.count()
}

/// "allows 1 of 5 routes".
fn share(shortfall: &Shortfall<'_>) -> String {
    let evidence = &shortfall.evidence;
    let routes = if evidence.routes_in_scope == 1 { "route" } else { "routes" };
    let whole = format!("allows {} of {} {routes}", evidence.routes_allowed, evidence.routes_in_scope);
    if evidence.routes_partly == 0 { whole } else { format!("{whole}, and {} in part", evidence.routes_partly) }
}

/// What every finding about coverage carries: the requests, the routes that they are for, how sure it is, and what to do.
fn complete(finding: Finding, shortfall: &Shortfall<'_>) -> Finding {
    let mut finding = finding.with_evidence(shortfall.evidence.clone()).at_most(shortfall.confidence);
    finding = finding.no_worse_than(shortfall.severity);
    for refused in shortfall.evidence.refused.iter().take(PLACES) {
        finding = finding
            .with_related(refused.declared, format!("`{}` gets 403 while the policy is cached", refused.request));
    }
    let advice = advice(shortfall);
    finding.with_help(advice)
}

/// A Resource that would work and what it gives away; how to split the key instead; what is not known.
fn advice(shortfall: &Shortfall<'_>) -> String {
    let mut advice = vec![resources(shortfall), split(shortfall)];
    if !shortfall.others.is_empty() {
        advice.push(format!(
            "the response can also be that of {}, and falls short there too; `--authorizer` says whose it is",
            listed(&shortfall.others, LISTED)
        ));
    }
    if shortfall.repeats > 0 {
        let responses = if shortfall.repeats == 1 { "response" } else { "responses" };
        advice.push(format!("{} more {responses} of this file have the same policy", shortfall.repeats));
    }
    if shortfall.evidence.ttl.is_none() {
        advice.push(why_a_note(shortfall.authorizer).to_owned());
    }
    advice.join("\n")
}

/// Why nobody knows how long a response is cached, or whether it is.
fn why_a_note(authorizer: &Authorizer) -> &'static str {
    match (authorizer.ttl.get(), authorizer.ttl.is_stated()) {
        (Ttl::Unusable(_), _) => "a note only, because the TTL is no number of seconds",
        (_, true) => "deployment decides the TTL; `--ttl` says what is deployed",
        (_, false) => {
            "the TTL is not stated, and AWS documents no default for this kind of API; `--ttl` says what is deployed"
        }
    }
}

fn resources(shortfall: &Shortfall<'_>) -> String {
    let suggestion = &shortfall.suggestion;
    let (noun, grants) = match suggestion.resources.len() {
        1 => ("Resource", "it also grants"),
        _ => ("Resources", "they also grant"),
    };
    let mut text = format!(
        "only if the decision did not depend on the route, {} would work as {noun}; {grants} {}",
        listed(&quoted(&suggestion.resources), RESOURCES),
        listed(&quoted(&suggestion.grants), LISTED)
    );
    if !suggestion.reaches.is_empty() {
        text += ", and can't help reaching ";
        text += &listed(&quoted(&suggestion.reaches), LISTED);
    }
    text
}

/// How the cache key can tell requests apart.
fn split(shortfall: &Shortfall<'_>) -> String {
    match (shortfall.api.kind, shortfall.authorizer.kind) {
        (ApiKind::Http, _) => "otherwise, add `$context.path` and `$context.httpMethod` to the identity sources, so that each \
                               path and method has its own cached response"
            .to_owned(),
        (_, AuthorizerKind::Token) => "otherwise, make it a REQUEST authorizer with `context.path` and `context.httpMethod` \
                                       among the identity sources: the key of a TOKEN authorizer is one header"
            .to_owned(),
        _ => "otherwise, add `context.path` and `context.httpMethod` to the identity sources, so that each path and method \
              has its own cached response"
            .to_owned(),
    }
}

pub(in crate::rules) fn quoted(items: &[String]) -> Vec<String> {
    items.iter().map(|item| format!("`{item}`")).collect()
}

/// "a, b and 3 more".
pub(in crate::rules) fn listed(items: &[String], most: usize) -> String {
    let shown = items.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(most) {
        0 if items.is_empty() => "nothing".to_owned(),
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_what_fits_and_counts_the_rest() {
        let items = ["a", "b", "c"].map(str::to_owned);
        for (count, most, expected) in [(0, 2, "nothing"), (1, 2, "a"), (2, 2, "a, b"), (3, 2, "a, b and 1 more")] {
            assert_eq!(listed(items.get(..count).unwrap_or_default(), most), expected);
        }
    }
}
