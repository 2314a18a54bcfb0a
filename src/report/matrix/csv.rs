//! The matrix for spreadsheets: one record for each outcome that can occur, quoted as RFC 4180 has it.

use std::io;
use std::io::Write;

use crate::analysis::Facts;
use crate::analysis::RouteView;
use crate::analysis::ScopeView;
use crate::analysis::View;

/// Writes the matrix. A route with no outcome at all has one record with an empty one.
///
/// # Errors
/// What `out` reports.
pub fn write(facts: &Facts<'_>, out: &mut dyn Write) -> io::Result<()> {
    record(HEADER, out)?;
    for policy in &facts.policies {
        let span = policy.response.span;
        let file = &facts.sources.get(span.source).name;
        let pointer = facts.project.pointer(span);
        for view in &policy.views {
            for (scope, route) in cells(view) {
                records(&[file, &pointer], view, scope, route, out)?;
            }
        }
    }
    Ok(())
}

const HEADER: &[&str] = &[
    "file",
    "pointer",
    "authorizer",
    "deployment",
    "scope",
    "shared",
    "answers",
    "method",
    "path",
    "outcome",
    "request",
    "conditional",
    "undecided",
];

fn cells<'v, 'p>(view: &'v View<'p>) -> impl Iterator<Item = (&'v ScopeView<'p>, &'v RouteView<'p>)> {
    let with_scope = |scope: &'v ScopeView<'p>| scope.routes.iter().map(move |route| (scope, route));
    view.scopes.iter().flat_map(with_scope)
}

fn records(
    policy: &[&str; 2],
    view: &View<'_>,
    scope: &ScopeView<'_>,
    route: &RouteView<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let [file, pointer] = policy;
    let key = &route.route.key.value;
    let (deployment, path) = (view.deployment.to_string(), key.path());
    let mut outcomes: Vec<(&str, String)> = Vec::new();
    for (outcome, request) in &route.outcomes {
        outcomes.push((outcome.name(), request.to_string()));
    }
    if outcomes.is_empty() {
        outcomes.push(("", String::new()));
    }
    for (outcome, request) in &outcomes {
        let fields: [&str; 13] = [
            file,
            pointer,
            &view.authorizer.name.value,
            &deployment,
            &scope.key,
            yes_or_no(scope.shared),
            yes_or_no(scope.answers),
            route.method.unwrap_or_default(),
            &path,
            outcome,
            request,
            yes_or_no(route.conditional),
            yes_or_no(route.undecided),
        ];
        record(&fields, out)?;
    }
    Ok(())
}

const fn yes_or_no(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn record(fields: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let quoted: Vec<String> = fields.iter().map(|field| quote(field)).collect();
    write!(out, "{}\r\n", quoted.join(","))
}

fn quote(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_only_where_they_must_be() {
        let mut out = Vec::new();
        record(&["a b", "c,d", "e\"f", "", "g\nh"], &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a b,\"c,d\",\"e\"\"f\",,\"g\nh\"\r\n");
    }
}
