//! See [`RULE`].

use crate::analysis::Facts;
use crate::analysis::definition::preflight::Preflight;
use crate::analysis::definition::preflight::Taken;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::project::Api;
use crate::model::route::RouteKey;
use crate::rules::definition::PLACES;
use crate::rules::rule;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds `OPTIONS` routes behind a Lambda authorizer. Where an API is configured for cross-origin requests, it also finds,
    /// as a note, guarded `ANY` and `$default` routes that take preflights because no open `OPTIONS` route does.
    ///
    /// ## Why it matters
    /// A browser asks with `OPTIONS` whether a page may send its request, and sends no credentials along. The authorizer
    /// refuses, so the page reports a CORS error and the request is never sent.
    /// See [preflights of REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html) and
    /// [of HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
    ///
    /// ## What to do
    /// Leave `OPTIONS` open: it reveals nothing. In SAM, `AddDefaultAuthorizerToCorsPreflight: false` does it. Beside a guarded
    /// `ANY` or `$default` route of an HTTP API, add an open `OPTIONS /{proxy+}`.
    id: "guarded-preflight",
    summary: "an authorizer refuses the preflights of browsers",
    severity: Warning,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for api in &facts.apis {
        // One authorizer that guards `OPTIONS` everywhere is one cause.
        let mut groups: Vec<Vec<&Preflight<'_>>> = Vec::new();
        for preflight in &api.preflights {
            let is_alike = |group: &Vec<&Preflight<'_>>| {
                let first = group.first();
                first.is_some_and(|first| first.authorizer == preflight.authorizer && first.taken == preflight.taken)
            };
            match groups.iter_mut().find(|group| is_alike(group)) {
                Some(group) => group.push(preflight),
                None => groups.push(vec![preflight]),
            }
        }
        found.extend(groups.iter().filter_map(|group| finding(api.api, group)));
    }
    found
}

fn finding(api: &Api, group: &[&Preflight<'_>]) -> Option<Finding> {
    let first = group.first()?;
    let name = &first.authorizer.name.value;
    let requests = preflights(group);
    let verb = if group.len() == 1 { "needs" } else { "need" };
    let message = match first.missing {
        Some(source) => format!("{requests} {verb} the authorizer `{name}`, and no preflight has `{source}`"),
        None => format!("{requests} {verb} the authorizer `{name}`, and no preflight has credentials"),
    };
    let mut finding =
        RULE.at(first.route.key.span, message, "takes preflights, and is guarded").with_help(help(api, first));
    let mut places: Vec<Span> = vec![first.route.key.span];
    for other in group.iter().map(|preflight| preflight.route.key.span) {
        if places.len() < PLACES && !places.contains(&other) {
            places.push(other);
            finding = finding.with_related(other, "so is this one");
        }
    }
    if let Some(cors) = api.cors.filter(|cors| !places.contains(cors)) {
        finding = finding.with_related(cors, "cross-origin requests are switched on here");
    }
    if first.taken == Taken::WithAllMethods {
        finding = finding.no_worse_than(Severity::Note);
    }
    Some(finding.at_most(confidence(first)))
}

/// AWS describes `$default`; that `ANY` does the same was observed. A function that is asked without credentials may yet say yes.
fn confidence(preflight: &Preflight<'_>) -> Confidence {
    let is_described = preflight.taken == Taken::ByItself || preflight.route.key.value == RouteKey::Default;
    if is_described && preflight.missing.is_some() { Confidence::High } else { Confidence::Medium }
}

fn help(api: &Api, preflight: &Preflight<'_>) -> String {
    match preflight.taken {
        // SAM puts these routes where `Cors` stands.
        Taken::ByItself if api.cors == Some(preflight.route.key.span) => {
            "set `AddDefaultAuthorizerToCorsPreflight: false` under `Auth`: it is true by default".to_owned()
        }
        Taken::ByItself => "leave `OPTIONS` open: it reveals nothing".to_owned(),
        Taken::WithAllMethods => match &preflight.route.key.value {
            RouteKey::Path { template, .. } => format!("add an open route `OPTIONS {template}`"),
            _ => "add an open route `OPTIONS /{proxy+}`".to_owned(),
        },
    }
}

/// "`OPTIONS /a`", or "`OPTIONS /a` and 3 more preflights".
fn preflights(group: &[&Preflight<'_>]) -> String {
    let first = group.first().map(|preflight| preflight.request.to_string()).unwrap_or_default();
    match group.len().saturating_sub(1) {
        0 => format!("`{first}`"),
        1 => format!("`{first}` and 1 more preflight"),
        more => format!("`{first}` and {more} more preflights"),
    }
}
