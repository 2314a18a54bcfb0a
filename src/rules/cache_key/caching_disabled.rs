//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::if_cached::IfCached;
use crate::finding::Finding;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::rules::cache_key::Asked;
use crate::rules::cache_key::attached;
use crate::rules::coverage::RESOURCES;
use crate::rules::coverage::listed;
use crate::rules::coverage::quoted;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Notes authorizers with a TTL of 0, and what the given policies would need to be cached safely.
    ///
    /// ## Why it matters
    /// Without caching [every request](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html)
    /// waits for a call of the function, and pays for it. It is also the surest way to have each request decided by itself: where
    /// that is why caching is off, nothing has to be done.
    ///
    /// ## What to do
    /// Return policies that cover every route which the caller may use, then set a TTL of up to 3600 seconds. Where the decision
    /// depends on the route, add `context.path` and `context.httpMethod` to the identity sources of a REST API,
    /// `$context.path` and `$context.httpMethod` to those of an HTTP API.
    id: "caching-disabled",
    summary: "a TTL of 0: the function is asked on every request",
    severity: Note,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let uncached = attached(facts).filter(|Asked { api, authorizer, .. }| {
        api.kind != ApiKind::WebSocket && *authorizer.ttl.get() == Ttl::Seconds(0) && authorizer.ttl.is_stated()
    });
    uncached.map(|asked| found(facts, asked)).collect()
}

fn found(facts: &Facts<'_>, asked: Asked<'_>) -> Finding {
    let Asked { authorizer, .. } = asked;
    let at = authorizer.ttl.span().unwrap_or(authorizer.name.span);
    let by = match &authorizer.ttl {
        Setting::Given { by, .. } => format!(" (`{by}`)"),
        _ => String::new(),
    };
    let message = format!("`{}` is asked on every request: its TTL is 0{by}", authorizer.name.value);
    let mut advice = vec![policies(facts, asked)];
    if authorizer.identity_sources.get().is_empty() {
        advice.push("a cache also needs an identity source, and this authorizer has none".to_owned());
    }
    RULE.at(at, message, "nothing is cached").with_help(advice.join("\n"))
}

/// What the policies at hand would need.
fn policies(facts: &Facts<'_>, asked: Asked<'_>) -> String {
    let judged = facts.policies.iter().flat_map(|policy| &policy.if_cached);
    let own: Vec<&IfCached<'_>> = judged.filter(|judged| std::ptr::eq(judged.authorizer, asked.authorizer)).collect();
    if own.is_empty() {
        return if asked.authorizer.simple_responses == Some(true) {
            "a simple response that is cached allows or denies every request with the same key".to_owned()
        } else {
            "to be cached, a policy has to cover every route that shares it".to_owned()
        };
    }
    let only = "if the decision does not depend on the route";
    let needy: Vec<&[String]> = own.iter().filter_map(|judged| judged.needed.as_deref()).collect();
    let Some(first) = needy.first() else {
        return match own.len() {
            1 => format!("{only}, it could be cached: it allows every request that would share it"),
            count => {
                format!("{only}, all {count} policies could be cached: they allow every request that would share them")
            }
        };
    };
    let noun = if first.len() == 1 { "Resource" } else { "Resources" };
    let resources = listed(&quoted(first), RESOURCES);
    let who = match (needy.len(), own.len()) {
        (1, 1) => "the policy".to_owned(),
        (refusing, of_all) => format!("{refusing} of {of_all} policies"),
    };
    format!("if cached, {who} would refuse requests that share the response; {only}, {resources} would work as {noun}")
}
