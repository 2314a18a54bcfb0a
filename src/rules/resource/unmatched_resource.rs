//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::analysis::resource::mismatch::Mismatch;
use crate::analysis::resource::mismatch::mismatch;
use crate::analysis::resource::reach::Reach;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::authorizer::ApiKind;
use crate::rules::rule;

rule! {
    /// ## What it does
    /// Finds Resources that match no request of any route, and says what is in the way: another stage or API, the case, a
    /// slash at the end, a method, a slip of the pen.
    ///
    /// ## Why it matters
    /// A Resource that matches nothing grants nothing and denies nothing. Where it is all that a policy allows, every
    /// request is refused.
    /// See [the format of these ARNs](https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html).
    ///
    /// ## What to do
    /// Write the path of an existing route, with `*` in the place of parameters. If the Resource is for another stage or
    /// API on purpose, nothing is wrong.
    id: "unmatched-resource",
    summary: "a Resource matches no request of any route",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    if facts.project.unknown.iter().any(|unknown| unknown.what.contains("route") || unknown.what.contains("path")) {
        return Vec::new();
    }
    facts.policies.iter().flat_map(unmatched).collect()
}

fn unmatched(policy: &PolicyFacts<'_>) -> Vec<Finding> {
    // The one Resource of a WebSocket API is that of `$connect`; responses made for other APIs are not held against it.
    let Some(first) = policy.views.first().filter(|view| view.api.kind != ApiKind::WebSocket) else {
        return Vec::new();
    };
    let grants =
        policy.views.iter().flat_map(|view| &view.reaches).any(|reach| reach.is_grant() && !reach.guarded.is_empty());
    let is_reached = |index: usize| {
        let of_views = policy.views.iter().filter_map(|view| view.reaches.get(index));
        of_views.into_iter().any(Reach::is_somewhere)
    };
    let mut found = Vec::new();
    for (index, reach) in first.reaches.iter().enumerate() {
        let Some(text) = text(reach) else { continue };
        if is_reached(index) || text.ends_with("/$connect") {
            continue;
        }
        let has_twin = text.strip_suffix('/').is_some_and(|twin| {
            first.reaches.iter().enumerate().any(|(other, reach)| text_is(reach, twin) && is_reached(other))
        });
        let reason = mismatch(first.api, &first.deployment, text);
        // In its own deployment it matches: worth a note where another one is stated.
        let is_at_home = policy.at_home.contains(&index) && !matches!(reason, Mismatch::Elsewhere { .. });
        if !has_twin && !is_at_home {
            found.push(finding(&reason, reach, !grants && reach.is_grant()));
        }
    }
    found
}

fn text<'p>(reach: &Reach<'p>) -> Option<&'p str> {
    reach.statement.resources.patterns.get(reach.index).map(|text| text.value.as_str())
}

fn text_is(reach: &Reach<'_>, wanted: &str) -> bool {
    text(reach) == Some(wanted)
}

fn finding(reason: &Mismatch, reach: &Reach<'_>, is_fatal: bool) -> Finding {
    let (why, help) = explain(reason);
    let message = format!("this Resource matches no request of any route: {why}");
    let finding = RULE.at(reach.span, message, "matches nothing").with_help(help).yielding_to(vec![reach.span]);
    let finding = if is_fatal { finding } else { finding.no_worse_than(Severity::Warning) };
    match reason {
        Mismatch::Elsewhere { .. } => finding.no_worse_than(Severity::Note),
        // Whether the ARN keeps a slash at the end is not documented; that case matters is inferred.
        Mismatch::TrailingSlash | Mismatch::Case(_) => finding.at_most(Confidence::Low),
        Mismatch::Method(_) | Mismatch::Near(_) | Mismatch::Nothing => finding,
    }
}

fn explain(reason: &Mismatch) -> (String, String) {
    match reason {
        Mismatch::Elsewhere { component, stated } => (
            format!("its {component} is not `{stated}`"),
            format!("if it is meant for this API, write `{stated}` as its {component}"),
        ),
        Mismatch::TrailingSlash => {
            ("a slash ends its path".to_owned(), "leave the slash at the end out, or list both forms".to_owned())
        }
        Mismatch::Case(meant) => {
            (format!("the route is `/{meant}`, in another case"), format!("write the path as `{meant}`"))
        }
        Mismatch::Method(method) => {
            (format!("the path has a route for `{method}` only"), format!("write `{method}` or `*` as its method"))
        }
        Mismatch::Near(meant) => {
            (format!("no route has this path, but `/{meant}` exists"), format!("did you mean `{meant}`?"))
        }
        Mismatch::Nothing => (
            "no route has such a path".to_owned(),
            "write the path of a route, with `*` in the place of its parameters, or remove the Resource".to_owned(),
        ),
    }
}
