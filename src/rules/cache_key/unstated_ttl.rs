//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::scope::is_cached;
use crate::finding::Finding;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Ttl;
use crate::rules::cache_key::Asked;
use crate::rules::cache_key::attached;
use crate::rules::coverage;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds HTTP APIs whose authorizer has no TTL, where it matters: where responses of it would refuse requests if they were
    /// cached, or simple responses would decide for several routes. It says how many findings hold in that case.
    ///
    /// ## Why it matters
    /// For REST APIs the TTL is 300 seconds where nobody states it. For HTTP APIs AWS says how to
    /// [turn caching on](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.caching),
    /// and nothing about what holds without it; the console fills in 300. So findings about caching are only notes here.
    ///
    /// ## What to do
    /// State the TTL, 0 if nothing is to be cached. `aws apigatewayv2 get-authorizers` shows what is deployed; `--ttl` tells the
    /// linter.
    id: "unstated-ttl",
    summary: "whether an HTTP API caches is not stated, and it matters",
    severity: Note,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    attached(facts).filter_map(|asked| found(facts, asked)).collect()
}

fn found(facts: &Facts<'_>, asked: Asked<'_>) -> Option<Finding> {
    let Asked { api, authorizer, .. } = asked;
    let is_open = *authorizer.ttl.get() == Ttl::Unknown && !authorizer.ttl.is_stated();
    if api.kind != ApiKind::Http || !is_open || !is_cached(api.kind, authorizer) {
        return None;
    }
    let mut consequences = Vec::new();
    match coverage::count(facts, authorizer) {
        0 => {}
        1 => consequences.push("1 finding about coverage holds, a note as it is".to_owned()),
        count => consequences.push(format!("{count} findings about coverage hold, notes as it is")),
    }
    if let Some(routes) = asked.routes_with_one_verdict() {
        consequences.push(format!("one simple response allows or denies {routes} routes at once"));
    }
    if consequences.is_empty() {
        return None;
    }
    let message =
        format!("no TTL is stated for `{}`, and AWS documents no default for HTTP APIs", authorizer.name.value);
    let help = format!(
        "if responses are cached, {}\nstate the TTL, 0 for no caching; `--ttl` says what is deployed",
        consequences.join(", and ")
    );
    Some(RULE.at(authorizer.name.span, message, "cached or not?").with_help(help))
}
