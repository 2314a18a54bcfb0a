//! The matrix for spreadsheets: one record for each policy and route, quoted as RFC 4180 has it. With a key that tells methods apart, an `ANY` route
//! has one for each scope that it is part of.

use std::borrow::Cow;
use std::io;
use std::io::Write;

use crate::analysis::Facts;
use crate::analysis::RouteView;
use crate::analysis::ScopeView;
use crate::analysis::View;
use crate::finding::OutcomeName;
use crate::model::deployment::Deployment;
use crate::model::deployment::Origin;

/// Writes the matrix. An outcome that can't occur has an empty field in place of a request that shows it.
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
                record(&fields([file, &pointer], view, scope, route).each_ref().map(AsRef::as_ref), out)?;
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
    "status",
    "allow",
    "explicit-deny",
    "implicit-deny",
    "forgotten",
    "conditional",
    "undecided",
];

fn cells<'v, 'p>(view: &'v View<'p>) -> impl Iterator<Item = (&'v ScopeView<'p>, &'v RouteView<'p>)> {
    let with_scope = |scope: &'v ScopeView<'p>| scope.routes.iter().map(move |route| (scope, route));
    view.scopes.iter().flat_map(with_scope)
}

fn fields<'f>(
    [file, pointer]: [&'f str; 2],
    view: &'f View<'_>,
    scope: &'f ScopeView<'_>,
    route: &'f RouteView<'_>,
) -> [Cow<'f, str>; 16] {
    let example = |outcome: OutcomeName| {
        let found = route.outcomes.iter().find(|(known, _)| *known == outcome);
        Cow::Owned(found.map(|(_, request)| request.to_string()).unwrap_or_default())
    };
    [
        file.into(),
        pointer.into(),
        view.authorizer.name.value.as_str().into(),
        deployment(view).into(),
        scope.key.as_str().into(),
        yes_or_no(scope.shared).into(),
        yes_or_no(scope.answers).into(),
        route.method.unwrap_or_default().into(),
        route.route.key.value.path().into(),
        route.status.name().into(),
        example(OutcomeName::Allow),
        example(OutcomeName::ExplicitDeny),
        example(OutcomeName::ImplicitDeny),
        route.forgotten.as_ref().map(ToString::to_string).unwrap_or_default().into(),
        yes_or_no(route.conditional).into(),
        yes_or_no(route.undecided).into(),
    ]
}

/// The beginning of its ARNs, with a `*` for each component that neither a definition nor the policy names.
fn deployment(view: &View<'_>) -> String {
    let mut deployment = view.deployment.clone();
    let Deployment { partition, region, account, api, stage } = &mut deployment;
    for component in [partition, region, account, api, stage] {
        if component.origin == Origin::Fresh {
            "*".clone_into(&mut component.value);
        }
    }
    deployment.to_string()
}

const fn yes_or_no(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn record(fields: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let quoted: Vec<Cow<'_, str>> = fields.iter().map(|field| quoted(field)).collect();
    write!(out, "{}\r\n", quoted.join(","))
}

/// A field as a spreadsheet takes it for text: names of files and authorizers come from elsewhere, and one that begins like a formula would be
/// run. <https://owasp.org/www-community/attacks/CSV_Injection>
fn quoted(field: &str) -> Cow<'_, str> {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula || field.contains([',', '"', '\n', '\r']) {
        let apostrophe = if is_formula { "'" } else { "" };
        Cow::Owned(format!("\"{apostrophe}{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(fields: &[&str]) -> String {
        let mut out = Vec::new();
        record(fields, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn fields_are_quoted_only_where_they_must_be() {
        assert_eq!(written(&["a b", "c,d", "e\"f", "", "g\nh"]), "a b,\"c,d\",\"e\"\"f\",,\"g\nh\"\r\n");
    }

    #[test]
    fn no_field_is_a_formula() {
        assert_eq!(written(&["=1+1", "@x", "a=b"]), "\"'=1+1\",\"'@x\",a=b\r\n");
    }
}
