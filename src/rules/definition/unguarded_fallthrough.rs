//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::definition::fallthrough::Fallthrough;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::model::authorizer::ApiKind;
use crate::rules::definition::PLACES;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds open routes that take what others leave, a greedy `ANY /{proxy+}` or `$default`, beside guarded paths that declare
    /// only some methods: with `POST /admin` guarded, `GET /admin` goes to the open route. It keeps silent about `HEAD` and
    /// `OPTIONS`, about greedy routes that have only `GET`, and about a method that the path declares by itself, open or not.
    ///
    /// ## Why it matters
    /// API Gateway looks for a route by path and method together, and only then asks the authorizer of that route. A backend
    /// that stands behind both routes then answers for a guarded path without anybody having been asked.
    /// See [how HTTP APIs select a route](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation);
    /// for REST APIs the same was observed.
    ///
    /// ## What to do
    /// Put the open route behind the authorizer, or declare the guarded paths with `ANY`. If the backend of the open route
    /// serves none of these paths, nothing is wrong.
    id: "unguarded-fallthrough",
    summary: "an open route takes the methods that a guarded path does not declare",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let found = facts.apis.iter().flat_map(|api| api.fallthroughs.iter().map(|found| (api.api.kind, found)));
    found.filter_map(|(kind, found)| finding(kind, found)).collect()
}

fn finding(kind: ApiKind, found: &Fallthrough<'_>) -> Option<Finding> {
    let shortest = found.passed.iter().min_by_key(|passed| passed.request.path.len())?;
    let open = &found.open.key;
    let request = &shortest.request;
    let message = match found.passed.len().saturating_sub(1) {
        0 => {
            format!("`{request}` goes to the open `{}`, past the guarded `{}`", open.value, shortest.guarded.key.value)
        }
        1 => format!("`{request}` and requests to 1 more guarded path go to the open `{}`", open.value),
        more => format!("`{request}` and requests to {more} more guarded paths go to the open `{}`", open.value),
    };
    let mut finding = RULE.at(open.span, message, "open, and takes what guarded paths leave");
    for passed in found.passed.iter().take(PLACES) {
        finding = finding.with_related(passed.guarded.key.span, format!("`{}` passes this route by", passed.request));
    }
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html is about HTTP APIs.
    let confidence = if kind == ApiKind::Http { Confidence::High } else { Confidence::Medium };
    let help = format!("put `{}` behind the authorizer, or declare the guarded paths with `ANY`", open.value);
    Some(finding.at_most(confidence).with_help(help))
}
