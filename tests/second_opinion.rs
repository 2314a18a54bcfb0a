//! Do larger cases agree with a theory of regular expressions? AWS's own, by derivatives: it shares no idea with the search of `language`.
//!
//! Enumeration reaches a few characters; here paths have several segments and policies have many patterns. For every route and outcome, both are
//! asked whether a request exists. The other side may give up within its bound; that is counted, and must stay rare.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod sample;

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::OutcomeName;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::load::project;
use authorizer_lint::model::project::Settings;
use authorizer_lint::source::Sources;
use aws_smt_strings::regular_expressions::ReManager;
use aws_smt_strings::regular_expressions::RegLan;
use aws_smt_strings::smt_strings::SmtString;

const BOUND: usize = 3_000;
const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@%";

/// Expressions for one case.
struct Theory {
    manager: ReManager,
    segment: RegLan,
    text: RegLan,
    any: RegLan,
}

impl Theory {
    fn new() -> Self {
        let mut manager = ReManager::new();
        let symbols: Vec<RegLan> = SYMBOLS.chars().map(|symbol| manager.char(u32::from(symbol))).collect();
        let symbol = manager.union_list(symbols);
        let segment = manager.plus(symbol);
        let any = manager.all_chars();
        let text = manager.star(any);
        Self { manager, segment, text, any }
    }

    fn literal(&mut self, text: &str) -> RegLan {
        self.manager.str(&SmtString::from(text))
    }

    fn glob(&mut self, pattern: &str) -> RegLan {
        let parts: Vec<RegLan> = pattern
            .chars()
            .map(|symbol| match symbol {
                '*' => self.text,
                '?' => self.any,
                _ => self.manager.char(u32::from(symbol)),
            })
            .collect();
        self.manager.concat_list(parts)
    }

    fn union_of_globs(&mut self, patterns: &[String]) -> RegLan {
        let globs: Vec<RegLan> = patterns.iter().map(|pattern| self.glob(pattern)).collect();
        self.manager.union_list(globs)
    }

    /// The paths of a template.
    fn template(&mut self, template: &str) -> RegLan {
        let mut parts = Vec::new();
        for (index, segment) in template.trim_start_matches('/').split('/').enumerate() {
            if index > 0 {
                parts.push(self.literal("/"));
            }
            if segment.ends_with("+}") {
                let slash = self.literal("/");
                let more = self.manager.concat(slash, self.segment);
                parts.push(self.segment);
                parts.push(self.manager.star(more));
            } else if segment.starts_with('{') {
                parts.push(self.segment);
            } else {
                parts.push(self.literal(segment));
            }
        }
        self.manager.concat_list(parts)
    }
}

struct Case {
    routes: Vec<(String, String)>,
    allows: Vec<String>,
    denies: Vec<String>,
    /// What a Deny spares.
    spared: Vec<String>,
}

fn case(random: &mut fastrand::Rng) -> Case {
    let mut routes: Vec<(String, String)> = Vec::new();
    for _ in 0..random.usize(3..10) {
        let (method, template) = (sample::method(random), sample::template(random));
        if !routes.iter().any(|(_, known)| sample::shape(known) == sample::shape(&template)) {
            routes.push((method, template));
        }
    }
    let mut patterns = |most: usize| (0..random.usize(0..=most)).map(|_| sample::pattern(random)).collect::<Vec<_>>();
    let (allows, denies, spared) = (patterns(9), patterns(3), patterns(2));
    Case { routes, allows, denies, spared }
}

impl Case {
    fn policy(&self) -> String {
        let arns = |tails: &[String]| -> Vec<String> {
            tails.iter().map(|tail| format!("arn:aws:execute-api:eu-west-1:123456789012:{tail}")).collect()
        };
        let statement = |effect: &str, key: &str, tails: &[String]| serde_json::json!({"Effect": effect, "Action": "execute-api:Invoke", key: arns(tails)});
        let mut statements = Vec::new();
        for (effect, key, tails) in [
            ("Allow", "Resource", &self.allows),
            ("Deny", "Resource", &self.denies),
            ("Deny", "NotResource", &self.spared),
        ] {
            if !tails.is_empty() {
                statements.push(statement(effect, key, tails));
            }
        }
        serde_json::json!({"Version": "2012-10-17", "Statement": statements}).to_string()
    }
}

#[test]
fn a_theory_of_regular_expressions_agrees() {
    let cases = std::env::var_os("AUTHORIZER_LINT_CASES")
        .map_or(60, |count| count.to_str().unwrap().parse::<usize>().unwrap() / 100);
    let mut random = fastrand::Rng::with_seed(8);
    let (mut asked, mut gave_up) = (0, 0);
    for number in 0..cases {
        let (more, undecided) = check(&case(&mut random), number);
        asked += more;
        gave_up += undecided;
    }
    assert!(asked > cases * 6 && gave_up * 10 < asked, "{gave_up} of {asked} questions were not decided by the theory");
}

/// How many questions were asked, and how many of them the theory left open.
fn check(case: &Case, number: usize) -> (usize, usize) {
    let mut sources = Sources::default();
    let lines: Vec<String> = case.routes.iter().map(|(method, path)| format!("{method} {path}")).collect();
    let routes = sources.add("routes.txt", lines.join("\n"));
    let policy = sources.add("policy.json", case.policy());
    let inputs = Inputs {
        policies: vec![PolicyInput { source: policy, met: Met::Named }],
        routes: vec![routes],
        ..Inputs::default()
    };
    let settings = Settings { api_id: Some("api".to_owned()), stage: Some("s".to_owned()), ..Settings::default() };
    let project = project(&sources, &inputs, settings);
    let facts = facts(&project, &sources, Effort::Usual);
    let Some(view) = facts.policies.first().and_then(|policy| policy.views.first()) else { return (0, 0) };
    let mut theory = Theory::new();
    let allowed = theory.union_of_globs(&case.allows);
    let listed = theory.union_of_globs(&case.denies);
    let denied = if case.spared.is_empty() {
        listed
    } else {
        let spared = theory.union_of_globs(&case.spared);
        let others = theory.manager.complement(spared);
        theory.manager.union(listed, others)
    };
    let either = theory.manager.union(allowed, denied);
    let (mut asked, mut gave_up) = (0, 0);
    for ((method, template), found) in case.routes.iter().zip(&view.scopes[0].routes) {
        let language = route_language(&mut theory, case, method, template);
        let questions = [
            (OutcomeName::Allow, theory.manager.diff(allowed, denied)),
            (OutcomeName::ExplicitDeny, denied),
            (OutcomeName::ImplicitDeny, theory.manager.complement(either)),
        ];
        for (outcome, set) in questions {
            asked += 1;
            let both = theory.manager.inter(language, set);
            let Some(empty) = theory.manager.is_empty_re_bounded(both, BOUND) else {
                gave_up += 1;
                continue;
            };
            let ours = found.outcomes.iter().any(|(known, _)| *known == outcome);
            assert_eq!(
                ours,
                !empty,
                "case {number}: {method} {template} {outcome:?}\n{}\n{:?}",
                case.policy(),
                case.routes
            );
        }
    }
    (asked, gave_up)
}

/// The tails of the ARNs that are dispatched to a route.
fn route_language(theory: &mut Theory, case: &Case, method: &str, template: &str) -> RegLan {
    let mut paths = theory.template(template);
    let mut all = Vec::new();
    for name in sample::METHODS.iter().filter(|name| method == "ANY" || method == **name) {
        let rivals: Vec<&String> = case
            .routes
            .iter()
            .filter(|(other, _)| other == "ANY" || other == name)
            .map(|(_, rival)| rival)
            .filter(|rival| sample::wins(rival, template))
            .collect();
        for rival in rivals {
            let taken = theory.template(rival);
            paths = theory.manager.diff(paths, taken);
        }
        let beginning = theory.literal(&format!("api/s/{name}/"));
        all.push(theory.manager.concat(beginning, paths));
        paths = theory.template(template);
    }
    theory.manager.union_list(all)
}
