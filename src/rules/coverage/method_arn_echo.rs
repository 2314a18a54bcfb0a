//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::judge::Echo;
use crate::analysis::judge::Proof;
use crate::analysis::judge::Shape;
use crate::finding::Finding;
use crate::rules::coverage::complete;
use crate::rules::coverage::share;
use crate::rules::coverage::shortfalls;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds responses that allow exactly one concrete request although the cached response answers for more: what comes of
    /// writing the event's `methodArn` (or `routeArn`) into `Resource`. A lone ARN of a test stage, and a Deny whose
    /// `NotResource` spares one request, are the same mistake.
    ///
    /// ## Why it matters
    /// API Gateway caches the policy, not the verdict, and evaluates it for every request with the same identity source
    /// values. The first endpoint works; the second is answered with 403 "User is not authorized to access this resource"
    /// until the entry expires.
    /// See [how caching asks for policies that fit every method](https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html)
    /// and [AWS on this very error](https://repost.aws/knowledge-center/api-gateway-lambda-authorization-errors).
    ///
    /// ## What to do
    /// If the decision does not depend on the route, allow every route of the cache scope, with a wildcard. If it does, make
    /// the cache key depend on the route as well: add `context.path` and `context.httpMethod` to the identity sources.
    id: "method-arn-echo",
    summary: "the policy allows one concrete request, and is cached for others",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for shortfall in shortfalls(facts) {
        let Shape::Echo(echo) = &shortfall.shape else { continue };
        let message = format!("{}; once cached, the policy {}", subject(echo), share(shortfall));
        found.push(complete(RULE.at(shortfall.at, message, label(echo)), shortfall));
    }
    found
}

fn subject(echo: &Echo) -> String {
    match (echo.proof, &echo.allowed) {
        (Proof::Event, _) => "the Resource repeats the ARN of the recorded event".to_owned(),
        (Proof::TestStage, _) => "the Resource is the ARN of one test invocation".to_owned(),
        (Proof::SparedByDeny, Some(request)) => format!("the Deny spares one request only, `{request}`"),
        (_, Some(request)) => format!("the Resource is the ARN of one request, `{request}`"),
        (_, None) => "the Resource is the ARN of one request".to_owned(),
    }
}

const fn label(echo: &Echo) -> &'static str {
    match echo.proof {
        Proof::Event => "equals the event's ARN",
        Proof::TestStage => "a stage that only tests use",
        Proof::OnlyRequest | Proof::SparedByDeny => "names one request",
    }
}
