//! Policies and routes of given sizes.

use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::authorizer::Authorizer;
use authorizer_lint::model::authorizer::AuthorizerKind;
use authorizer_lint::model::authorizer::Setting;
use authorizer_lint::model::authorizer::Ttl;
use authorizer_lint::model::policy::Clause;
use authorizer_lint::model::policy::Effect;
use authorizer_lint::model::policy::Polarity;
use authorizer_lint::model::policy::Policy;
use authorizer_lint::model::policy::Statement;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::response::Response;
use authorizer_lint::model::response::Verdict;
use authorizer_lint::model::route::Guard;
use authorizer_lint::model::route::Method;
use authorizer_lint::model::route::Methods;
use authorizer_lint::model::route::Route;
use authorizer_lint::model::route::RouteKey;
use authorizer_lint::model::route::Template;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;

/// What every ARN begins with.
pub(crate) const PREFIX: &str = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/";

const METHODS: [Method; 5] = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
const NOUNS: [&str; 12] = [
    "users", "orders", "invoices", "products", "carts", "payments", "reports", "teams", "projects", "files", "events",
    "tokens",
];

/// Method and path template of the n-th route of an API as people write them: collections, members, and what belongs to members.
pub(crate) fn route(n: usize) -> (Method, String) {
    let noun = NOUNS[n % NOUNS.len()];
    let version = 1 + n / (NOUNS.len() * 15);
    let other = NOUNS[(n * 7 + 3) % NOUNS.len()];
    let path = match n / NOUNS.len() % 3 {
        0 => format!("/v{version}/{noun}"),
        1 => format!("/v{version}/{noun}/{{id}}"),
        _ => format!("/v{version}/{noun}/{{id}}/{other}"),
    };
    (METHODS[n / (NOUNS.len() * 3) % METHODS.len()], path)
}

/// A request that the route takes, as the tail of an ARN.
pub(crate) fn sample(n: usize) -> String {
    let (method, path) = route(n);
    format!("{}{}", method.name(), path.replace("{id}", "42"))
}

/// Resources of an allow-list: every route once, parameters as `*`, then single members, as tenants and grants add up; in no order.
pub(crate) fn resources(count: usize) -> Vec<String> {
    let mut resources: Vec<String> = (0..count)
        .map(|n| {
            let (method, path) = route(n % 540);
            let parameter = if n < 540 { "*".to_owned() } else { n.to_string() };
            format!("{PREFIX}{}{}", method.name(), path.replace("{id}", &parameter))
        })
        .collect();
    fastrand::Rng::with_seed(1).shuffle(&mut resources);
    resources
}

/// A project with one policy that allows the resources and an API with so many routes.
pub(crate) fn project(resources: Vec<String>, routes: usize) -> (Project, Sources) {
    let mut sources = Sources::default();
    let span = Span { source: sources.add("-", ""), start: 0, end: 0 };
    let routes = (0..routes)
        .map(|n| {
            let (method, path) = route(n);
            let key = RouteKey::Path { methods: Methods::One(method), template: Template::parse(&path).unwrap() };
            Route { key: Spanned::new(key, span), guard: Guard::Authorizer(0) }
        })
        .collect();
    let given = |text: &str| Spanned::new(text.to_owned(), span);
    let clause = |patterns: Vec<String>| Clause {
        polarity: Polarity::Listed,
        key: span,
        patterns: patterns.into_iter().map(|text| Spanned::new(text, span)).collect(),
    };
    let statement = Statement {
        span,
        effect: Effect::Allow,
        actions: clause(vec!["execute-api:Invoke".to_owned()]),
        resources: clause(resources),
        condition: None,
    };
    let policy = Policy { span, version: Some(given("2012-10-17")), statements: vec![statement] };
    let authorizer = Authorizer {
        id: "auth".to_owned(),
        name: given("auth"),
        kind: AuthorizerKind::Token,
        ttl: Setting::Written(Spanned::new(Ttl::Seconds(300), span)),
        identity_sources: Setting::Written(Spanned::new(vec![given("method.request.header.Authorization")], span)),
        payload: None,
        simple_responses: Some(false),
    };
    let api = Api {
        kind: ApiKind::Rest,
        source: "routes.txt".to_owned(),
        stages: Vec::new(),
        id: None,
        cors: None,
        resource_policy: None,
        routes,
        authorizers: vec![authorizer],
    };
    let response =
        Response { span, verdict: Verdict::Policy(policy), principal: None, event: None, defects: Vec::new() };
    (Project { apis: vec![api], responses: vec![response], ..Project::default() }, sources)
}

/// Policies made to be hard, by name.
pub(crate) fn hostile() -> Vec<(&'static str, Vec<String>)> {
    let letters: Vec<char> = ('a'..='z').chain('A'..='X').collect();
    vec![
        ("`*a` twenty times, the same in fifty Resources", vec![format!("{PREFIX}{}", "*a".repeat(20)); 50]),
        (
            "`*a` twenty times, another letter in each of fifty Resources",
            letters.iter().map(|letter| format!("{PREFIX}{}", format!("*{letter}").repeat(20))).collect(),
        ),
        (
            "`*` twenty times between letters, fifty Resources",
            (0..50).map(|n| format!("{PREFIX}*{}", format!("{n}*").repeat(20))).collect(),
        ),
        (
            "a thousand Resources with three stars each",
            (0..1000).map(|n| format!("{PREFIX}*/u{n}*o{}*x{}", n * 7 % 1000, n * 13 % 1000)).collect(),
        ),
        (
            "a thousand Resources with stars for region and account as well",
            (0..1000).map(|n| format!("arn:aws:execute-api:*:*:a1b2c3d4e5/prod/*/v{n}*")).collect(),
        ),
        ("`?*` four thousand times", vec![format!("{PREFIX}{}", "?*".repeat(4000))]),
        ("`?*` four hundred times", vec![format!("{PREFIX}{}", "?*".repeat(400))]),
        (
            "made against this very search: all that is not short, by the symbol before twenty others",
            against_the_search(),
        ),
    ]
}

/// Everything is allowed, and nobody can tell without following every symbol of the last twenty.
fn against_the_search() -> Vec<String> {
    let symbols = ('0'..='9').chain('a'..='z').chain('A'..='Z').chain("-._~!$&'()+,;=:@%/".chars());
    let long = symbols.map(|symbol| format!("{PREFIX}*{symbol}{}", "?".repeat(20)));
    let short = (0..25).map(|length| format!("{PREFIX}{}", "?".repeat(length)));
    long.chain(short).collect()
}
