//! Rows, and how they are judged.

use std::fmt::Write as _;

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::Facts;
use authorizer_lint::analysis::View;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::Finding;
use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::intent::ExpectedDenial;
use authorizer_lint::model::intent::Extent;
use authorizer_lint::model::intent::Policies;
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::route::Method;
use authorizer_lint::model::route::Methods;
use authorizer_lint::model::route::RouteKey;
use authorizer_lint::model::route::Template;
use authorizer_lint::rules;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;

use crate::replay;
use crate::written;

/// One sentence of the definition, and a case in which it decides.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// The section, and the sentence in a few words.
    pub(crate) says: &'static str,
    /// A route list.
    pub(crate) routes: &'static str,
    /// Responses, as `written` reads them.
    pub(crate) policy: &'static str,
    /// Options as on the command line.
    pub(crate) args: &'static str,
    /// The API's own policy, as `written` reads it; its statements are for everyone.
    pub(crate) resource_policy: &'static str,
    /// Requests that are denied on purpose.
    pub(crate) expected_denials: &'static [&'static str],
    /// What each route meets, a line each, beside headings where there are several scopes or deployments; empty if it isn't asked.
    pub(crate) shows: &'static str,
    /// Each finding of a rule that runs unasked, a line each.
    pub(crate) finds: &'static str,
}

impl Row {
    /// A row that says nothing.
    pub(crate) const NEW: Self = Self {
        says: "",
        routes: "",
        policy: "",
        args: "",
        resource_policy: "",
        expected_denials: &[],
        shows: "",
        finds: "",
    };
}

/// Judges every row, and says of each wrong one what came instead.
pub(crate) fn check(rows: &[Row]) {
    let mut wrong = String::new();
    for row in rows {
        let (shown, found) = outcome(row);
        for (what, expected, actual) in [("shows", row.shows, shown), ("finds", row.finds, found)] {
            let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            if expected != actual && (what == "finds" || !expected.is_empty()) {
                writeln!(wrong, "{}\n  {what}:\n    {}", row.says, actual.join("\n    ")).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn outcome(row: &Row) -> (Vec<String>, Vec<String>) {
    let responses = written::responses(row.policy);
    let mut sources = Sources::default();
    let mut inputs = Inputs { routes: vec![sources.add("routes.txt", row.routes)], ..Inputs::default() };
    for response in &responses {
        let source = sources.add("policy.json", serde_json::to_string_pretty(response).unwrap());
        inputs.policies.push(PolicyInput { source, met: Met::Named });
    }
    if !row.resource_policy.is_empty() {
        let policy = &written::responses(row.resource_policy)[0];
        let text = policy.to_string().replace("\"Effect\"", "\"Principal\":\"*\",\"Effect\"");
        inputs.resource_policy = Some(sources.add("resource-policy.json", text));
    }
    let mut project = load::project(&sources, &inputs, settings(row.args));
    assert!(project.unreadable.is_empty(), "{}: {:?}", row.says, project.unreadable);
    project.intent.expected_denials = vec![expected(row.expected_denials, &mut sources)];
    project.intent.extent = Extent::Whole;
    let facts = facts(&project, &sources, Effort::Usual);
    replay::check(row, &facts, &responses);
    let pedantic = |finding: &Finding| rules::find(finding.rule).unwrap().level == rules::Level::Pedantic;
    let findings = rules::run(&facts, &rules::Levels::default());
    (shown(&facts), findings.iter().filter(|finding| !pedantic(finding)).map(said).collect())
}

fn expected(routes: &[&str], sources: &mut Sources) -> ExpectedDenial {
    let source = sources.add("expected", routes.join("\n"));
    let mut start = 0;
    let mut place = |text: &str| {
        let end = start + u32::try_from(text.len()).unwrap();
        let span = Span { source, start, end };
        start = end + 1;
        span
    };
    let routes = routes.iter().map(|text| Spanned::new(key(text), place(text))).collect();
    ExpectedDenial { policies: Policies::All, routes, reason: String::new() }
}

fn settings(args: &str) -> Settings {
    let mut settings = Settings::default();
    let mut words = args.split_whitespace();
    while let (Some(option), Some(value)) = (words.next(), words.next()) {
        let text = Some(value.to_owned());
        match option {
            "--authorizer" => settings.authorizer = text,
            "--ttl" => settings.ttl = value.parse().ok(),
            "--stage" => settings.stage = text,
            "--api-id" => settings.api_id = text,
            "--region" => settings.region = text,
            "--identity-source" => settings.identity_sources.push(value.to_owned()),
            "--variable" => {
                let (key, value) = value.split_once('=').unwrap();
                settings.variables.push((key.to_owned(), value.to_owned()));
            }
            "--api" => {
                let kinds = [ApiKind::Rest, ApiKind::Http, ApiKind::WebSocket];
                settings.api = kinds.into_iter().find(|kind| kind.name() == value);
            }
            _ => panic!("{option}"),
        }
    }
    settings
}

fn key(text: &str) -> RouteKey {
    let (method, path) = text.split_once(' ').unwrap();
    let methods = Method::parse(method).map_or(Methods::Any, Methods::One);
    RouteKey::Path { methods, template: Template::parse(path).unwrap() }
}

fn shown(facts: &Facts<'_>) -> Vec<String> {
    let several = facts.policies.iter().map(|policy| policy.views.len()).sum::<usize>() > 1;
    let mut lines = Vec::new();
    for view in facts.policies.iter().flat_map(|policy| &policy.views) {
        if several {
            let (api, stage) = (&view.deployment.api.value, &view.deployment.stage.value);
            lines.push(format!("= {} {api}/{stage}", view.authorizer.name.value));
        }
        show_view(view, &mut lines);
    }
    lines
}

fn show_view(view: &View<'_>, lines: &mut Vec<String>) {
    for scope in view.scopes.iter() {
        if view.scopes.len() > 1 {
            lines.push(format!("[{}]{}", scope.key, if scope.answers { "" } else { " not its own" }));
        } else if !scope.shared {
            lines.push("[nothing shared]".to_owned());
        }
        for route in &scope.routes {
            let outcomes = route.outcomes.iter().map(|(name, request)| format!("{} {request}", name.name()));
            let marks = [(route.conditional, "conditional"), (route.undecided, "undecided")];
            let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark.to_owned());
            let said: Vec<String> = outcomes.chain(marks).collect();
            let said = if said.is_empty() { "never reached".to_owned() } else { said.join(", ") };
            let method = route.method.map(|method| format!("{method} ")).unwrap_or_default();
            lines.push(format!("{method}{}: {said}", route.route.key.value.path()));
        }
    }
}

fn said(finding: &Finding) -> String {
    let mut line = format!("{} {} {}", finding.rule, finding.severity.name(), finding.confidence.name());
    if let Some(evidence) = &finding.evidence {
        write!(line, " {}/{}", evidence.routes_allowed, evidence.routes_in_scope).unwrap();
        if evidence.routes_partly > 0 {
            write!(line, " and {} partly", evidence.routes_partly).unwrap();
        }
        let refused: Vec<String> = evidence.refused.iter().map(|refused| refused.request.to_string()).collect();
        write!(line, ": {}", refused.join(", ")).unwrap();
    }
    line
}
