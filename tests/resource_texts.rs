//! Which rule speaks about which Resource, and at which part of it? Each row is one Resource in a policy of its own.
//!
//! The projects are built by hand, so that nothing but the rules is asked. No finding is as much of an answer as one: one
//! mistake is one finding, and what only looks odd is none.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::Finding;
use authorizer_lint::finding::Severity;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::policy::Clause;
use authorizer_lint::model::policy::Effect;
use authorizer_lint::model::policy::Polarity;
use authorizer_lint::model::policy::Policy;
use authorizer_lint::model::policy::Statement;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::response::Event;
use authorizer_lint::model::response::Response;
use authorizer_lint::model::response::Verdict;
use authorizer_lint::model::route::Guard;
use authorizer_lint::model::route::Methods;
use authorizer_lint::model::route::Route;
use authorizer_lint::model::route::RouteKey;
use authorizer_lint::model::route::Template;
use authorizer_lint::rules;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;

/// What stands before the API id in the rows that are about the rest.
const PREFIX: &str = "arn:aws:execute-api:eu-west-1:123456789012:";

/// Stands for the whole Resource as the text that a finding underlines.
const WHOLE: &str = "";

/// A policy with one Resource, and what may stand around it.
#[derive(Clone, Copy, Default)]
struct Case<'t> {
    resource: &'t str,
    version: Option<&'t str>,
    route: Option<&'t str>,
    event: Option<&'t str>,
    variable: Option<&'t str>,
}

#[test]
fn whole_resources() {
    for (resource, expected) in [
        ("*", None),
        ("arn:aws:execute-api:*:*:*", None),
        ("arn:aws:execute-api:us-1:abc:123/prod/GET/v1/users", None),
        ("arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:a1b2c3d4e5/prod/*", None),
        ("arn:aws:execute-api:eu-west-?:1234567890??:a1b2c3d4e5/prod/*", None),
        ("anr:aws:execute-api:*:*:a1b2c3d4e5/prod/GET/users", Some(("malformed-arn", "anr"))),
        ("anr:aws:execute-api:*:*:a1b2c3d4e5/prod/ANY//users", Some(("malformed-arn", "anr"))),
        ("arn:aws:lambda:eu-west-1:123456789012:function:f", Some(("malformed-arn", "lambda"))),
        ("arn:aws:execute-api:::a1b2c3d4e5/prod/GET/users", Some(("malformed-arn", WHOLE))),
        ("execute-api:/prod/GET/users", Some(("malformed-arn", "execute-api"))),
        ("/v1/users", Some(("malformed-arn", WHOLE))),
        ("arn:aws:execute-api:*", Some(("incomplete-arn", WHOLE))),
        ("arn:aws:execute-api:eu-west-1:*/prod/GET/users", Some(("incomplete-arn", "*/prod/GET/users"))),
        ("*/prod/GET/users", Some(("incomplete-arn", WHOLE))),
        (
            "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:a/prod/*",
            Some(("unsubstituted-value", "${AWS::Region}")),
        ),
        ("arn:aws:execute-api:undefined:undefined:a/prod/*", Some(("unsubstituted-value", "undefined"))),
        ("[object Object]", Some(("unsubstituted-value", WHOLE))),
        ("arn:aws:execute-api:{region}:123456789012:a/prod/*", Some(("literal-route-template", "{region}"))),
    ] {
        expect(Case { resource, ..Case::default() }, expected.as_slice());
    }
}

#[test]
fn what_follows_the_account() {
    for (tail, expected) in [
        ("a1b2c3d4e5/prod/GET/", None),
        ("a1b2c3d4e5/prod/GET/users:batch/a:b", None),
        ("a1b2c3d4e5/$default/GET/users", None),
        ("a1b2c3d4e5/prod/$connect", None),
        ("a1b2c3d4e5//$connect", None),
        ("a1b2c3d4e5/null/GET/users", None),
        ("a1b2c3d4e5/prod/GET/nullable/None-such", None),
        ("a1b2c3d4e5/prod/DELETE/any/all/get", None),
        ("a1b2c3d4e5/*/ANY/users", None),
        ("*/prod/get/users", None),
        ("a1b2c3d4e5/prod/ANY/users", Some(("unknown-method", "ANY"))),
        ("a1b2c3d4e5/prod/all/*", Some(("unknown-method", "all"))),
        ("a1b2c3d4e5/prod/Get/users", Some(("unknown-method", "Get"))),
        ("a1b2c3d4e5/prod/GET/users/{id}", Some(("literal-route-template", "{id}"))),
        ("a1b2c3d4e5/prod/*/{proxy+}", Some(("literal-route-template", "{proxy+}"))),
        ("a1b2c3d4e5/prod/GET/users/:id/orders", Some(("literal-route-template", ":id"))),
        ("a1b2c3d4e5:prod/GET/users", Some(("malformed-arn", "a1b2c3d4e5:prod"))),
        ("*:GET:/media", Some(("malformed-arn", "*:GET:"))),
        ("*:*:GET:/media", Some(("malformed-arn", "*:*:GET:"))),
        ("*:prod/GET/users", Some(("malformed-arn", "*:prod"))),
        ("*:batchGet", None),
        ("a1b2c3d4e5/prod:GET/users", Some(("malformed-arn", "prod:GET"))),
        ("a1b2c3d4e5//GET/users", Some(("malformed-arn", WHOLE))),
        ("a1b2c3d4e5/prod/GET//", Some(("incomplete-arn", "GET//"))),
        ("a1b2c3d4e5/prod/POST//*", Some(("incomplete-arn", "//"))),
        ("a1b2c3d4e5/prod/GET/users/undefined", Some(("unsubstituted-value", "undefined"))),
        ("a1b2c3d4e5/${stage}/GET/users", Some(("unsubstituted-value", "${stage}"))),
        ("a1b2c3d4e5/null/GET/null", Some(("unsubstituted-value", "null"))),
        ("%s/prod/*", Some(("unsubstituted-value", "%s"))),
        ("a/prod/GET/${aws:SourceIp}", Some(("policy-variable-without-version", "${aws:SourceIp}"))),
    ] {
        let resource = format!("{PREFIX}{tail}");
        expect(Case { resource: &resource, ..Case::default() }, expected.as_slice());
    }
}

#[test]
fn two_mistakes_are_two_findings() {
    let resource = format!("{PREFIX}a1b2c3d4e5/prod/any/{{id}}");
    let both = [("literal-route-template", "{id}"), ("unknown-method", "any")];
    expect(Case { resource: &resource, ..Case::default() }, &both);
}

#[test]
fn routes_and_versions_around_a_resource_matter() {
    let user = format!("{PREFIX}a1b2c3d4e5/prod/GET/users/:id");
    expect(Case { resource: &user, route: Some("/users/:id"), ..Case::default() }, &[]);

    let tag = format!("{PREFIX}a1b2c3d4e5/prod/GET/${{aws:PrincipalTag/team}}");
    let tagged = Case { resource: &tag, ..Case::default() };
    let literal = [("policy-variable-without-version", "${aws:PrincipalTag/team}")];
    expect(Case { version: Some("2012-10-17"), ..tagged }, &[]);
    expect(Case { version: Some("2008-10-17"), ..tagged }, &literal);
    expect(Case { version: Some("2012-10-7"), ..tagged }, &[]);

    let tenant = format!("{PREFIX}a1b2c3d4e5/prod/GET/${{tenant}}");
    let given = Case { resource: &tenant, version: Some("2012-10-17"), variable: Some("tenant"), ..Case::default() };
    expect(given, &[]);
}

#[test]
fn length_is_counted_in_characters() {
    let longest = format!("{PREFIX}a1b2c3d4e5/prod/GET/{}", "é".repeat(512 - PREFIX.len() - 20));
    expect(Case { resource: &longest, ..Case::default() }, &[]);
    let beyond = format!("{longest}a");
    expect(Case { resource: &beyond, ..Case::default() }, &[("resource-too-long", WHOLE)]);
}

#[test]
fn a_wildcard_of_the_caller_is_told_from_one_of_the_author() {
    for (asked, granted, part) in [
        ("GET/tenants/*", "GET/tenants/*", Some("tenants/*")),
        ("GET/tenants/*", "*/tenants/*/orders", Some("tenants/*/orders")),
        ("GET/tenants/4?", "GET/tenants/4?", Some("tenants/4?")),
        ("GET/*", "*/*", None),
        ("GET/tenants/42", "GET/tenants/*", None),
        ("GET/tenants/*", "GET/tenants/${*}", None),
    ] {
        let asked = format!("{PREFIX}a1b2c3d4e5/prod/{asked}");
        let granted = format!("{PREFIX}a1b2c3d4e5/prod/{granted}");
        let case = Case { resource: &granted, event: Some(&asked), version: Some("2012-10-17"), ..Case::default() };
        expect(case, part.map(|part| ("wildcard-from-request", part)).as_slice());
    }
}

#[test]
fn colon_parameters_are_warnings() {
    let severity = |tail: &str| {
        let resource = format!("{PREFIX}a1b2c3d4e5/prod/GET/{tail}");
        let quoted = format!("\"{resource}\"");
        let (_, findings) = findings_of(Case { resource: &resource, ..Case::default() }, &quoted);
        findings.first().map(|finding| finding.severity)
    };
    assert_eq!(severity("{id}"), Some(Severity::Error));
    assert_eq!(severity(":id"), Some(Severity::Warning));
}

#[test]
fn where_the_file_escapes_the_whole_resource_is_the_place() {
    let resource = format!("{PREFIX}a1b2c3d4e5/prod/ANY/users");
    let quoted = format!("\"{}\"", resource.replace('/', "\\/"));
    let (sources, findings) = findings_of(Case { resource: &resource, ..Case::default() }, &quoted);
    let underlined = findings.iter().map(|finding| sources.slice(finding.primary.span));
    assert_eq!(underlined.collect::<Vec<_>>(), [quoted]);
}

/// Fails unless just these rules speak, each about its part of the Resource.
fn expect(case: Case<'_>, expected: &[(&str, &str)]) {
    let quoted = format!("\"{}\"", case.resource);
    let (sources, findings) = findings_of(case, &quoted);
    let mut found: Vec<(&str, &str)> = findings
        .iter()
        .map(|finding| (finding.rule, sources.slice(finding.primary.span)))
        .map(|(rule, part)| (rule, if part == quoted || part == case.resource { WHOLE } else { part }))
        .collect();
    found.sort_unstable();
    assert_eq!(found, expected, "{}", case.resource);
    for finding in findings {
        assert!(!finding.message.ends_with('.') && !finding.help.is_empty(), "{finding:?}");
    }
}

/// What the rules say when `quoted` is the text of the file.
fn findings_of(case: Case<'_>, quoted: &str) -> (Sources, Vec<Finding>) {
    let mut sources = Sources::default();
    let source = sources.add("policy.json", quoted);
    let end = u32::try_from(quoted.len()).unwrap();
    let project = project(case, Span { source, start: 0, end });
    let facts = facts(&project, &sources, Effort::Usual);
    let findings = rules::run(&facts, &rules::Levels::default());
    (sources, findings)
}

fn project(case: Case<'_>, span: Span) -> Project {
    let text = |text: &str| Spanned::new(text.to_owned(), span);
    let clause = |pattern| Clause { polarity: Polarity::Listed, key: span, patterns: vec![pattern] };
    let statement = Statement {
        span,
        effect: Effect::Allow,
        actions: clause(text("execute-api:Invoke")),
        resources: clause(text(case.resource)),
        condition: None,
    };
    let response = Response {
        span,
        verdict: Verdict::Policy(Policy { span, version: case.version.map(text), statements: vec![statement] }),
        principal: None,
        event: case.event.map(|arn| Event { arn: Some(text(arn)), ..Event::default() }),
        defects: Vec::new(),
    };
    let mut project = Project { responses: vec![response], ..Project::default() };
    project.settings.variables.extend(case.variable.map(|key| (key.to_owned(), "42".to_owned())));
    project.apis.extend(case.route.map(|path| api(path, span)));
    project
}

fn api(path: &str, span: Span) -> Api {
    let key = RouteKey::Path { methods: Methods::Any, template: Template::parse(path).unwrap() };
    Api {
        kind: ApiKind::Rest,
        source: "routes.txt".to_owned(),
        stages: Vec::new(),
        id: None,
        cors: None,
        resource_policy: None,
        routes: vec![Route { key: Spanned::new(key, span), guard: Guard::Open }],
        authorizers: Vec::new(),
    }
}
