//! What the whole matrix costs: every route decided exactly, beside the crate `iam-rs` evaluating one sample request a route.
//!
//! Both sides get the same policies in the same run, in turns; what counts is the ratio of the medians. Our side compiles the routes and the policy
//! anew each time and does everything that `check` does between loading and the rules; the other side has its policy parsed beforehand.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a benchmark")]

mod inputs;

use std::time::Instant;

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::Facts;
use authorizer_lint::analysis::facts;
use authorizer_lint::finding::OutcomeName;
use iam_rs::Arn;
use iam_rs::Decision;
use iam_rs::IAMPolicy;
use iam_rs::IAMRequest;
use iam_rs::PolicyEvaluator;
use iam_rs::Principal;
use iam_rs::PrincipalId;

/// Turns of each side.
const TURNS: usize = 11;

fn main() {
    println!("Resources × routes | every route, exactly | iam-rs, one request a route | ratio");
    for resources in [1, 10, 100, 1000] {
        for routes in [10, 300] {
            compare(resources, routes);
        }
    }
    println!("\nhostile policy × 300 routes | time | undecided routes");
    for (name, resources) in inputs::hostile() {
        let (project, sources) = inputs::project(resources, 300);
        let mut undecided = 0;
        let time = median((0..3).map(|_| {
            let start = Instant::now();
            undecided = count_undecided(&facts(&project, &sources, Effort::Usual));
            start.elapsed().as_secs_f64()
        }));
        println!("{name} | {:.1} ms | {undecided}", time * 1e3);
    }
}

fn compare(resources: usize, routes: usize) {
    let texts = inputs::resources(resources);
    let evaluator = evaluator(&texts);
    let requests: Vec<IAMRequest> = (0..routes).map(request).collect();
    let (project, sources) = inputs::project(texts, routes);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let start = Instant::now();
        let facts = facts(&project, &sources, Effort::Usual);
        ours.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let decisions: Vec<Decision> =
            requests.iter().map(|request| evaluator.evaluate(request).unwrap().decision).collect();
        theirs.push(start.elapsed().as_secs_f64());
        assert_same(&facts, &decisions);
    }
    let (ours, theirs) = (median(ours.into_iter()), median(theirs.into_iter()));
    println!("{resources} × {routes} | {:.0} µs | {:.0} µs | {:.2}", ours * 1e6, theirs * 1e6, ours / theirs);
}

/// A sample request that is allowed shows that some request of its route can be.
fn assert_same(facts: &Facts<'_>, decisions: &[Decision]) {
    let routes = &facts.policies[0].views[0].scopes[0].routes;
    assert_eq!(routes.len(), decisions.len());
    for (route, decision) in routes.iter().zip(decisions) {
        let can_be = |outcome| route.outcomes.iter().any(|(known, _)| *known == outcome);
        let expected = if *decision == Decision::Allow { OutcomeName::Allow } else { OutcomeName::ImplicitDeny };
        assert!(can_be(expected), "{}", route.route.key.value);
    }
}

fn evaluator(resources: &[String]) -> PolicyEvaluator {
    let policy = serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": resources}],
    });
    PolicyEvaluator::with_policies(vec![IAMPolicy::from_json(&policy.to_string()).unwrap()])
}

fn request(n: usize) -> IAMRequest {
    let principal = Principal::Aws(PrincipalId::String("arn:aws:iam::123456789012:user/caller".to_owned()));
    let arn = Arn::parse(&format!("{}{}", inputs::PREFIX, inputs::sample(n))).unwrap();
    IAMRequest::new(principal, "execute-api:Invoke", arn)
}

fn count_undecided(facts: &Facts<'_>) -> usize {
    let views = facts.policies.iter().flat_map(|policy| &policy.views);
    let routes = views.flat_map(|view| view.scopes.iter()).flat_map(|scope| &scope.routes);
    routes.filter(|route| route.undecided).count()
}

fn median(times: impl Iterator<Item = f64>) -> f64 {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
