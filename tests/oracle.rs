//! Does every outcome equal enumeration? Random small policies and routes, every request up to a bound, and a reading of the policy language that
//! shares no code with the linter: recursive glob matching, statement by statement, in both worlds of every condition and variable.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use std::ops::Range;
use std::thread;

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::RouteView;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::OutcomeName;
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
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::response::Response;
use authorizer_lint::model::response::Verdict;
use authorizer_lint::model::route::Guard;
use authorizer_lint::model::route::Method;
use authorizer_lint::model::route::Methods;
use authorizer_lint::model::route::Request;
use authorizer_lint::model::route::Route;
use authorizer_lint::model::route::RouteKey;
use authorizer_lint::model::route::Segment;
use authorizer_lint::model::route::Template;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;

/// Enough symbols to stand for every class that the patterns below tell apart, in the order of preference; none of them names `1`.
const SYMBOLS: [char; 6] = ['1', 'a', 'b', '/', '*', ':'];
/// Stands for an asterisk that is no wildcard.
const ASTERISK: u8 = 1;

/// `*` is any run of characters, `?` is one character.
fn naive(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], _) => text.is_empty(),
        ([b'*', rest @ ..], _) => (0..=text.len()).any(|n| naive(rest, &text[n..])),
        ([b'?', rest @ ..], [_, tail @ ..]) | ([ASTERISK, rest @ ..], [b'*', tail @ ..]) => naive(rest, tail),
        ([p, rest @ ..], [t, tail @ ..]) => p == t && naive(rest, tail),
        (_, []) => false,
    }
}

struct Case {
    project: Project,
    sources: Sources,
}

struct Generator {
    random: fastrand::Rng,
    span: Span,
}

impl Generator {
    fn pick(&mut self, list: &[&str]) -> String {
        (*self.random.choice(list).unwrap()).to_owned()
    }

    fn path_pattern(&mut self) -> String {
        let pieces = ["a", "b", "*", "?", "/", ":", "a/", "*a", "a*", "${x}", "${*}"];
        (0..self.random.usize(0..4)).map(|_| self.pick(&pieces)).collect()
    }

    fn resource(&mut self) -> String {
        match self.random.u8(0..14) {
            0 => "*".to_owned(),
            1 => "arn:aws:execute-api:eu-west-1:1:api/*".to_owned(),
            2 => format!("arn:aws:execute-api:*:*:api/s/{}", self.path_pattern()),
            3 => format!("arn:aws:execute-api:*:1:*/{}", self.path_pattern()),
            4 => format!("arn:aws:execute-api:eu-west-1:?:api/s/GET/{}", self.path_pattern()),
            _ => {
                let method = self.pick(&["GET", "POST", "*", "GET", "P*", "?ET"]);
                format!("arn:aws:execute-api:eu-west-1:1:api/s/{method}/{}", self.path_pattern())
            }
        }
    }

    fn statement(&mut self) -> Statement {
        let span = self.span;
        let clause = |polarity, patterns: Vec<String>| Clause {
            polarity,
            key: span,
            patterns: patterns.into_iter().map(|text| Spanned::new(text, span)).collect(),
        };
        let polarity = if self.random.u8(0..4) == 0 { Polarity::Others } else { Polarity::Listed };
        let resources = (0..self.random.usize(1..4)).map(|_| self.resource()).collect();
        Statement {
            span,
            effect: if self.random.u8(0..3) == 0 { Effect::Deny } else { Effect::Allow },
            actions: clause(Polarity::Listed, vec!["execute-api:Invoke".to_owned()]),
            resources: clause(polarity, resources),
            condition: (self.random.u8(0..5) == 0).then_some(span),
        }
    }

    fn route(&mut self) -> RouteKey {
        let segments: Vec<Segment> = (0..self.random.usize(0..4))
            .map(|_| match self.random.u8(0..5) {
                0 | 1 => Segment::Literal("a".to_owned()),
                2 => Segment::Literal("b".to_owned()),
                _ => Segment::Parameter("x".to_owned()),
            })
            .collect();
        let mut template = Template { segments };
        if self.random.u8(0..4) == 0 {
            template.segments.push(Segment::Greedy("p".to_owned()));
        }
        let methods = match self.random.u8(0..4) {
            0 => Methods::Any,
            1 => Methods::One(Method::Post),
            _ => Methods::One(Method::Get),
        };
        if self.random.u8(0..12) == 0 { RouteKey::Default } else { RouteKey::Path { methods, template } }
    }

    fn case(&mut self) -> Case {
        let span = self.span;
        let mut keys: Vec<RouteKey> = Vec::new();
        for _ in 0..self.random.usize(1..6) {
            let key = self.route();
            let shape = |key: &RouteKey| key.to_string();
            if !keys.iter().any(|known| shape(known) == shape(&key)) {
                keys.push(key);
            }
        }
        let routes =
            keys.into_iter().map(|key| Route { key: Spanned::new(key, span), guard: Guard::Authorizer(0) }).collect();
        let version = self.random.bool().then(|| Spanned::new("2012-10-17".to_owned(), span));
        let statements = (0..self.random.usize(1..4)).map(|_| self.statement()).collect();
        let response = Response {
            span,
            verdict: Verdict::Policy(Policy { span, version, statements }),
            principal: None,
            event: None,
            defects: Vec::new(),
        };
        let settings = Settings {
            partition: Some("aws".to_owned()),
            region: Some("eu-west-1".to_owned()),
            account: Some("1".to_owned()),
            api_id: Some("api".to_owned()),
            stage: Some("s".to_owned()),
            ..Settings::default()
        };
        let apis = vec![api(span, routes)];
        let mut sources = Sources::default();
        sources.add("-", "");
        Case { project: Project { apis, responses: vec![response], settings, ..Project::default() }, sources }
    }
}

fn api(span: Span, routes: Vec<Route>) -> Api {
    let given = |text: &str| Spanned::new(text.to_owned(), span);
    let authorizer = Authorizer {
        id: "auth".to_owned(),
        name: given("auth"),
        kind: AuthorizerKind::Token,
        ttl: Setting::Written(Spanned::new(Ttl::Seconds(300), span)),
        identity_sources: Setting::Written(Spanned::new(vec![given("$request.header.Authorization")], span)),
        payload: None,
        simple_responses: Some(false),
    };
    Api {
        kind: ApiKind::Http,
        source: "routes.txt".to_owned(),
        stages: Vec::new(),
        id: None,
        cors: None,
        resource_policy: None,
        routes,
        authorizers: vec![authorizer],
    }
}

/// All paths up to the bound, the better example first.
fn paths(longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..longest {
        last = last.iter().flat_map(|path| SYMBOLS.iter().map(move |symbol| format!("{path}{symbol}"))).collect();
        all.extend(last.iter().filter(|path| path.split('/').all(|segment| !segment.is_empty())).cloned());
    }
    all
}

/// The route that takes a request, by comparing segment after segment.
fn dispatch(routes: &[Route], method: Method, path: &str) -> Option<usize> {
    let parts: Vec<&str> = if path.is_empty() { Vec::new() } else { path.split('/').collect() };
    let mut best: Option<(Vec<u8>, usize)> = None;
    for (index, route) in routes.iter().enumerate() {
        let (ranks, own) = match &route.key.value {
            RouteKey::Default => (vec![3], true),
            RouteKey::Path { methods, template } => {
                let Some(ranks) = match_template(&template.segments, &parts) else { continue };
                if !methods.contains(method) {
                    continue;
                }
                (ranks, *methods != Methods::Any)
            }
            _ => continue,
        };
        // An own method beats `ANY` on the same template: it ranks last, behind all segments.
        let rank = [ranks, vec![u8::from(!own)]].concat();
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, index));
        }
    }
    best.map(|(_, index)| index)
}

fn match_template(segments: &[Segment], parts: &[&str]) -> Option<Vec<u8>> {
    match (segments, parts) {
        ([], []) => Some(Vec::new()),
        ([Segment::Greedy(_)], [_, ..]) => Some(vec![2]),
        ([Segment::Literal(text), rest @ ..], [part, tail @ ..]) if text == part => {
            Some([vec![0], match_template(rest, tail)?].concat())
        }
        ([Segment::Parameter(_), rest @ ..], [_, tail @ ..]) => Some([vec![1], match_template(rest, tail)?].concat()),
        _ => None,
    }
}

/// Whether an ARN is matched by a Resource in one world: with variables standing for anything, or for nothing.
fn matches(pattern: &str, arn: &str, variables: bool, wide: bool) -> bool {
    let mut pattern = pattern.to_owned();
    if variables {
        if pattern.contains("${x}") && !wide {
            return false;
        }
        pattern = pattern.replace("${x}", "*").replace("${*}", &char::from(ASTERISK).to_string());
    }
    let mut parts: Vec<String> = pattern.splitn(6, ':').map(str::to_owned).collect();
    parts.resize(6, "*".to_owned());
    // In the first five parts `?` stops at colons, and the account part here is one character: try the ARN's own parts, or let trailing stars run.
    let whole = parts.join(":");
    if parts[..5].iter().any(|part| part.contains('?')) {
        let own: Vec<&str> = arn.splitn(6, ':').collect();
        return parts.iter().zip(own).all(|(part, own)| naive(part.as_bytes(), own.as_bytes()));
    }
    naive(whole.as_bytes(), arn.as_bytes())
}

/// (allowed at widest, allowed at narrowest, denied at widest, denied at narrowest).
fn sides(policy: &Policy, arn: &str) -> [bool; 4] {
    let variables = policy.version.is_some();
    let mut sides = [false; 4];
    for statement in &policy.statements {
        let some = |wide| statement.resources.patterns.iter().any(|text| matches(&text.value, arn, variables, wide));
        let (wide, narrow) = match statement.resources.polarity {
            Polarity::Listed => (some(true), some(false)),
            Polarity::Others => (!some(false), !some(true)),
        };
        let at = if statement.effect == Effect::Allow { 0 } else { 2 };
        sides[at] |= wide;
        sides[at + 1] |= narrow && statement.condition.is_none();
    }
    sides
}

fn can_be(sides: [bool; 4], outcome: OutcomeName) -> bool {
    let [allow_wide, allow_narrow, deny_wide, deny_narrow] = sides;
    match outcome {
        OutcomeName::ExplicitDeny => deny_wide,
        OutcomeName::Allow => allow_wide && !deny_narrow,
        OutcomeName::ImplicitDeny => !allow_narrow && !deny_narrow,
    }
}

fn is_conditional([allow_wide, allow_narrow, deny_wide, deny_narrow]: [bool; 4]) -> bool {
    let refused = !allow_wide && !deny_wide;
    let allowed = allow_narrow && !deny_wide;
    !(refused || allowed || deny_narrow)
}

fn arn(request: &Request) -> String {
    format!("arn:aws:execute-api:eu-west-1:1:api/s/{}", request.arn_tail())
}

/// What enumeration finds for one route.
#[derive(Default)]
struct Seen {
    reached: bool,
    conditional: bool,
    best: Vec<(OutcomeName, Request)>,
}

const OUTCOMES: [OutcomeName; 3] = [OutcomeName::Allow, OutcomeName::ExplicitDeny, OutcomeName::ImplicitDeny];

/// Tries every request. Paths come in the order of preference, methods too: the first of the shortest path is the best.
fn enumerate(routes: &[Route], policy: &Policy, paths: &[String]) -> Vec<Seen> {
    let mut seen: Vec<Seen> = routes.iter().map(|_| Seen::default()).collect();
    for path in paths {
        for method in Method::ALL {
            let Some(index) = dispatch(routes, method, path) else { continue };
            let route = &mut seen[index];
            route.reached = true;
            let request = Request { method: Some(method), path: path.clone() };
            let sides = sides(policy, &arn(&request));
            route.conditional |= is_conditional(sides);
            for outcome in OUTCOMES.into_iter().filter(|&outcome| can_be(sides, outcome)) {
                match route.best.iter_mut().find(|(known, _)| *known == outcome) {
                    Some((_, best)) if (path.len(), method) >= (best.path.len(), best.method.unwrap()) => {}
                    Some((_, best)) => *best = request.clone(),
                    None => route.best.push((outcome, request.clone())),
                }
            }
        }
    }
    seen
}

fn check(case: &Case, paths: &[String], longest: usize, number: usize) -> usize {
    let Verdict::Policy(policy) = &case.project.responses[0].verdict else { panic!("a policy was made") };
    let facts = facts(&case.project, &case.sources, Effort::Usual);
    let routes = &case.project.apis[0].routes;
    let views: &[RouteView<'_>] = &facts.policies[0].views[0].scopes[0].routes;
    let mut compared = 0;
    for ((index, route), seen) in (0..).zip(routes).zip(enumerate(routes, policy, paths)) {
        let told = |text: &str| format!("case {number}, {}: {text}\n{policy:#?}\n{routes:#?}", route.key.value);
        let Some(view) = views.iter().find(|view| std::ptr::eq(view.route, route)) else {
            assert!(!seen.reached, "{}", told("no request was found"));
            continue;
        };
        assert!(!view.undecided, "{}", told("undecided"));
        for (outcome, request) in &view.outcomes {
            let method = request.method.unwrap();
            assert_eq!(dispatch(routes, method, &request.path), Some(index), "{}", told("example of another route"));
            assert!(
                can_be(sides(policy, &arn(request)), *outcome),
                "{}",
                told(&format!("{request} is not {outcome:?}"))
            );
            match seen.best.iter().find(|(known, _)| known == outcome) {
                Some((_, best)) => assert_eq!(request, best, "{}", told("a better example")),
                None => assert!(request.path.len() > longest, "{}", told(&format!("{request} was not enumerated"))),
            }
        }
        for (outcome, request) in &seen.best {
            assert!(view.outcomes.iter().any(|(known, _)| known == outcome), "{}", told(&format!("missed {request}")));
        }
        assert!(view.conditional || !seen.conditional, "{}", told("missed that it is conditional"));
        compared += view.outcomes.len();
    }
    compared
}

#[test]
fn outcomes_equal_enumeration() {
    let cases: usize =
        std::env::var_os("AUTHORIZER_LINT_CASES").map_or(300, |count| count.to_str().unwrap().parse().unwrap());
    let half = cases / 2;
    let compared: usize = thread::scope(|scope| {
        let halves = [(2012, 0..half), (2013, half..cases)];
        let running = halves.map(|(seed, numbers)| scope.spawn(move || compare(seed, numbers)));
        running.map(|half| half.join().unwrap()).into_iter().sum()
    });
    assert!(compared > 2 * cases, "only {compared} outcomes compared");
}

/// Some of the cases, all from one seed; longer paths now and then.
fn compare(seed: u64, numbers: Range<usize>) -> usize {
    let mut sources = Sources::default();
    let span = Span { source: sources.add("-", ""), start: 0, end: 0 };
    let mut generator = Generator { random: fastrand::Rng::with_seed(seed), span };
    let (short, long) = (paths(3), paths(4));
    let compared = numbers.map(|number| match number % 20 {
        0 => check(&generator.case(), &long, 4, number),
        _ => check(&generator.case(), &short, 3, number),
    });
    compared.sum()
}
