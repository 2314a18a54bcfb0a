//! Where is a policy checked? Rows of a response, options, and the deployments that come of them.
#![expect(clippy::indexing_slicing, reason = "a test may panic")]

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;
use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::project::Settings;
use authorizer_lint::rules;
use authorizer_lint::rules::Levels;
use authorizer_lint::source::Sources;
use serde_json::Value;
use serde_json::json;

const API: &str = "arn:aws:execute-api:eu-west-1:481203957716:q7h2kx9d3m/";

/// What came of one response.
struct Checked {
    /// API and stage of each deployment.
    places: Vec<String>,
    /// How many outcomes each route has in the first of them.
    outcomes: Vec<usize>,
    /// The ids of the rules that spoke.
    rules: Vec<&'static str>,
}

#[test]
fn a_test_stage_stands_for_another_where_there_is_one() {
    let recorded = |stage: &str, resources: &[&str]| {
        let event = json!({"type": "TOKEN", "authorizationToken": "t", "methodArn": format!("{API}{stage}/GET/a")});
        json!({"event": event, "response": policy(resources)})
    };
    for (response, stage, expected) in [
        (recorded("test-invoke-stage", &["*"]), None, "test-invoke-stage"),
        (recorded("test-invoke-stage", &["dev*/GET/a"]), None, "test-invoke-stage"),
        (recorded("test-invoke-stage", &["null/GET/a"]), None, "test-invoke-stage"),
        (recorded("test-invoke-stage", &["prod/GET/a"]), None, "prod"),
        (recorded("test-invoke-stage", &["*"]), Some("prod"), "prod"),
        (recorded("live", &["prod/GET/a"]), None, "live"),
        (recorded("live", &["*"]), Some("prod"), "live"),
        (policy(&["test-invoke-stage/GET/a"]), None, "test-invoke-stage"),
        (policy(&["test-invoke-stage/GET/a", "prod/GET/a"]), None, "prod"),
        (policy(&["dev*/GET/a"]), None, "dev"),
    ] {
        let checked = checked(&response, stage);
        assert_eq!(checked.places, [format!("q7h2kx9d3m/{expected}")], "{response}");
    }
}

#[test]
fn only_arns_of_this_service_say_where_it_is() {
    for (resource, expected) in [
        ("arn:aws:lambda:us-east-1:481203957716:other/dev/GET/a", "q7h2kx9d3m/prod"),
        ("anr:aws:execute-api:us-east-1:481203957716:other/dev/GET/a", "q7h2kx9d3m/prod"),
        ("arn:aws:execute-api:us-east-1/x:481203957716:other/dev/GET/a", "q7h2kx9d3m/prod"),
        ("${stage}/GET/a", "q7h2kx9d3m/prod"),
        ("arn:aws:execute-api:eu-west-1:481203957716:q7h2kx9d3m/dev/GET/a", "q7h2kx9d3m/prod q7h2kx9d3m/dev"),
    ] {
        let checked = checked(&policy(&["prod/GET/a", resource]), None);
        assert_eq!(checked.places.join(" "), expected, "{resource}");
    }
    let unknown = checked(&policy(&["${stage}/GET/a"]), None);
    assert_eq!(unknown.places, ["q7h2kx9d3m/stage"]);
}

#[test]
fn more_deployments_than_are_looked_at_are_not_decided() {
    let stages = |count: usize| (0..count).map(|at| format!("s{at}/*")).collect::<Vec<_>>();
    for (count, expected) in [(1, 1), (31, 31), (32, 32), (33, 32), (40, 32)] {
        let resources = stages(count);
        let checked = checked(&policy(&resources.iter().map(String::as_str).collect::<Vec<_>>()), None);
        assert_eq!(checked.places.len(), expected, "{count} stages");
        assert_eq!(checked.rules.contains(&"undecided-route"), count > 32, "{count} stages: {:?}", checked.rules);
    }
}

#[test]
fn more_combinations_than_are_tried_are_not_decided() {
    // Every region, API and stage in a Deny, and an Allow for one of the combinations.
    for (count, expected) in [(16, false), (17, true)] {
        let names = (0..count).map(|at| format!("arn:aws:execute-api:r{at}:481203957716:a{at}/s{at}/GET/a"));
        let mut policy = policy(&["arn:aws:execute-api:r0:481203957716:a0/s0/*"]);
        let deny = json!({"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": names.collect::<Vec<_>>()});
        policy["Statement"].as_array_mut().unwrap().push(deny);
        let checked = checked(&policy, None);
        assert_eq!(checked.places, ["a0/s0"]);
        assert_eq!(checked.rules.contains(&"undecided-route"), expected, "{count}: {:?}", checked.rules);
    }
}

#[test]
fn what_a_deny_names_elsewhere_is_looked_for_there() {
    let unmatched = |tails: &[String]| {
        let mut policy = policy(&["prod/*"]);
        let resources: Vec<String> = tails.iter().map(|tail| format!("{API}{tail}")).collect();
        let deny = json!({"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": resources});
        policy["Statement"].as_array_mut().unwrap().push(deny);
        let checked = checked(&policy, None);
        assert_eq!(checked.places, ["q7h2kx9d3m/prod"]);
        checked.rules.iter().filter(|rule| **rule == "unmatched-resource").count()
    };
    let of_stages = |count: usize, path: &str| (0..count).map(|at| format!("s{at}/GET/{path}")).collect::<Vec<_>>();
    assert_eq!(unmatched(&of_stages(3, "a")), 0);
    assert_eq!(unmatched(&of_stages(3, "zzz")), 3);
    assert_eq!(unmatched(&[of_stages(3, "a"), of_stages(3, "zzz")].concat()), 3);
    // Of more stages than are looked at nothing is said.
    for (stages, expected) in [(8, 8), (9, 8), (12, 8)] {
        assert_eq!(unmatched(&of_stages(stages, "zzz")), expected, "{stages} stages");
    }
}

#[test]
fn no_request_is_longer_than_an_arn_may_be() {
    let before = format!("{API}prod/GET/").len();
    for (length, expected) in [(1500, 1), (1599, 1), (1600, 1), (1601, 0), (1700, 0)] {
        let path = "a".repeat(length - before);
        let checked = checked_for(&format!("GET /{path}\nGET /a\n"), &policy(&["prod/*"]), None);
        assert_eq!(checked.outcomes, [expected, 1], "{length} bytes");
    }
}

fn policy(resources: &[&str]) -> Value {
    let whole =
        |text: &&str| if text.contains(':') || *text == "*" { (*text).to_owned() } else { format!("{API}{text}") };
    let resources: Vec<String> = resources.iter().map(whole).collect();
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": resources}
    ]})
}

fn checked(response: &Value, stage: Option<&str>) -> Checked {
    checked_for("GET /a\n", response, stage)
}

fn checked_for(routes: &str, response: &Value, stage: Option<&str>) -> Checked {
    let mut sources = Sources::default();
    let routes = sources.add("routes.txt", routes);
    let policies = vec![PolicyInput { source: sources.add("policy.json", response.to_string()), met: Met::Named }];
    let settings = Settings { stage: stage.map(str::to_owned), ..Settings::default() };
    let project = load::project(&sources, &Inputs { policies, routes: vec![routes], ..Inputs::default() }, settings);
    let facts = facts(&project, &sources, Effort::Usual);
    let places = facts.policies[0].views.iter().map(|view| &view.deployment);
    let places = places.map(|place| format!("{}/{}", place.api.value, place.stage.value)).collect();
    let routes = facts.policies[0].views[0].scopes.iter().flat_map(|scope| &scope.routes);
    let outcomes = routes.map(|route| route.outcomes.len()).collect();
    let rules = rules::run(&facts, &Levels::default()).iter().map(|finding| finding.rule).collect();
    Checked { places, outcomes, rules }
}
