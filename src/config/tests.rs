//! The configuration, read and refused; and its schema.

use std::env;
use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;

use super::file::File;
use super::*;
use crate::load::RoutesFormat;
use crate::rules::RULES;
use crate::source::Span;

const EVERYTHING: &str = r#"
routes = ["template.yaml", "infra/*.tf"]
routes-format = "sam"
policies = ["policies/*.json"]
resource-policy = "resource-policy.json"
api = "http"
pedantic = true
fail-on = "never"
baseline = "baseline.json"

[deployment]
partition = "aws"
region = "eu-west-1"
account = "481203957716"
api-id = "q7h2kx9d3m"
stage = "prod"

[variables]
"aws:PrincipalTag/team" = "blue"

[authorizers.token]
type = "request"
ttl = 60
identity-sources = ["method.request.header.Authorization", "context.path"]
payload = "2.0"
simple-responses = true
policies = ["tokens"]

[rules]
unmatched-resource = "off"
greedy-wildcard = "error"

[[expected-denials]]
policies = ["policies/reader-*.json"]
routes = ["DELETE /v1/{proxy+}", "ANY /admin"]
reason = "readers only read"

[[ignore]]
rule = "incomplete-arn"
file = "policies/*.json"
pointer = "/policyDocument/Statement/0"
route = "GET /v1/users"
reason = "seen to work"
until = 2027-01-31
"#;

fn read(text: &str) -> (Sources, Result<Config, Vec<ConfigError>>) {
    let mut sources = Sources::default();
    let source = sources.add(FILE_NAME, text);
    let config = parse(&sources, source);
    (sources, config)
}

fn values<T: Clone>(placed: &[Spanned<T>]) -> Vec<T> {
    placed.iter().map(|placed| placed.value.clone()).collect()
}

#[test]
fn every_key_is_read_with_its_place() {
    let (sources, config) = read(EVERYTHING);
    let config = config.unwrap();
    let at = |span: Span| sources.slice(span);
    assert_eq!(values(&config.routes), ["template.yaml", "infra/*.tf"]);
    assert_eq!(at(config.routes[1].span), "\"infra/*.tf\"");
    assert_eq!(config.routes_format.unwrap().value, RoutesFormat::Sam);
    assert_eq!(values(&config.policies), ["policies/*.json", "tokens"]);
    assert_eq!(config.resource_policy.unwrap().value, "resource-policy.json");
    assert_eq!(config.api.unwrap().value, ApiKind::Http);
    assert_eq!(config.fail_on.unwrap().value, None);
    assert!(config.pedantic.unwrap().value);
    assert_eq!(config.baseline.unwrap().value, "baseline.json");
    let Deployment { partition, region, account, api_id, stage } = config.deployment;
    let deployment = [partition, region, account, api_id, stage].map(|part| part.unwrap().value);
    assert_eq!(deployment, ["aws", "eu-west-1", "481203957716", "q7h2kx9d3m", "prod"]);
    let [(key, value)] = config.variables.as_slice() else { panic!("{:?}", config.variables) };
    assert_eq!((key.as_str(), value.value.as_str(), at(value.span)), ("aws:PrincipalTag/team", "blue", "\"blue\""));
    let settings = &config.authorizers[0].settings;
    assert_eq!(at(settings.name.span), "token");
    assert_eq!(settings.ttl.map(|ttl| (ttl.value, at(ttl.span))), Some((60, "60")));
    assert_eq!(settings.identity_sources.as_ref().unwrap().value[1].value, "context.path");
    assert_eq!(settings.payload.as_ref().unwrap().value, "2.0");
    assert_eq!(settings.simple_responses.map(|stated| (stated.value, at(stated.span))), Some((true, "true")));
    assert_eq!(settings.kind.map(|stated| at(stated.span)), Some("\"request\""));
    assert_eq!(config.levels["unmatched-resource"].value, Chosen::Off);
    assert_eq!(config.levels["greedy-wildcard"].value, Chosen::At(Severity::Error));
    let denial = &config.expected_denials[0];
    assert_eq!(at(denial.routes[1].span), "\"ANY /admin\"");
    assert_eq!(denial.reason, "readers only read");
    let ignore = &config.ignores[0];
    assert_eq!(ignore.rule.value, "incomplete-arn");
    assert_eq!(ignore.until.unwrap().to_string(), "2027-01-31");
    assert!(at(ignore.span).starts_with("[[ignore]]"), "{}", at(ignore.span));
}

#[test]
fn what_is_wrong_says_where_and_what_it_might_mean() {
    for (text, place, message) in [
        ("polices = []", "polices", "there is no key `polices`; did you mean `policies`?"),
        ("[deployment]\nstages = \"x\"", "stages", "there is no key `stages`; did you mean `stage`?"),
        ("colour = 1", "colour", "there is no key `colour`"),
        ("[rules]\nuncoverd-routes = \"off\"", "uncoverd-routes", "did you mean `uncovered-routes`?"),
        ("[rules]\nuncovered-routes = \"eror\"", "\"eror\"", "there is no value `eror`; did you mean `error`?"),
        ("fail-on = \"warnings\"", "\"warnings\"", "did you mean `warning`?"),
        ("routes = \"a.txt\"", "\"a.txt\"", "invalid type: string \"a.txt\", expected a list"),
        ("[ignore]\nrule = \"x\"", "[ignore]", "expected a list: `[[…]]` begins an entry of one"),
        ("[authorizers.a]\nttl = \"60\"", "\"60\"", "expected a whole number"),
        ("[authorizers.a]\npayload = 2.0", "2.0", "expected a string"),
        (
            "[[ignore]]\nrule = \"incomplete-arn\"\nreason = \"y\"\nuntil = \"2027-01-31\"",
            "\"2027-01-31\"",
            "without quotes",
        ),
        ("[[expected-denials]]\nreason = \"y\"\nroutes = []", "[]", "`routes` has to say something"),
        ("routes = [", "", "array"),
        ("[authorizers.a]\nttl = 3601", "3601", "from 0 to 3600"),
        ("[authorizers.a]\nttl = -1", "-1", "from 0 to 3600"),
        ("[authorizers.a]\npolicies = [\"a**b\"]", "\"a**b\"", "this is no path pattern"),
        ("[[ignore]]\nrule = \"incomplete-arn\"", "", "missing field `reason`"),
        ("[[ignore]]\nrule = \"incomplete-arn\"\nreason = \" \"", "\" \"", "`reason` has to say something"),
        ("[[ignore]]\nrule = \"x\"\nreason = \"y\"", "\"x\"", "there is no rule `x`"),
        ("[[ignore]]\nrule = \"incomplete-arn\"\nreason = \"y\"\npointer = \"a\"", "\"a\"", "starts with `/`"),
        ("[[ignore]]\nrule = \"incomplete-arn\"\nreason = \"y\"\nuntil = 10:00:00", "10:00:00", "expected a date"),
        ("[[expected-denials]]\nreason = \"y\"\nroutes = [\"GET\"]", "\"GET\"", "expected `METHOD /path`"),
        ("[[expected-denials]]\nreason = \"y\"\nroutes = [\"get /a\"]", "\"get /a\"", "the method is `ANY` or one of"),
        ("[[expected-denials]]\nreason = \"y\"\nroutes = [\"GET a\"]", "\"GET a\"", "a path starts with `/`"),
        ("routes-format = \"swagger\"", "\"swagger\"", "there is no such format; there are"),
    ] {
        let (sources, config) = read(text);
        let error = &config.unwrap_err()[0];
        let said = error.problem.to_string();
        assert!(said.contains(message), "{text}: {said}");
        assert!(place.is_empty() || sources.slice(error.span) == place, "{text}: {}", sources.slice(error.span));
    }
}

#[test]
fn all_mistakes_in_values_are_found_at_once() {
    let (_, config) = read("[authorizers.a]\nttl = 9999\n[rules]\nnothing-like-it = \"off\"\n");
    assert_eq!(config.unwrap_err().len(), 2);
}

#[test]
fn expected_denials_and_authorizers_speak_of_the_files_at_hand() {
    let (mut sources, config) = read(EVERYTHING);
    let config = config.unwrap();
    let reader = sources.add("policies/reader-1.json", "");
    let other = sources.add("tokens/other.json", "");
    let about = |files: &[SourceId]| config.intent(&sources, files, Extent::Whole).expected_denials[0].policies.clone();
    assert_eq!(about(&[reader, other]), Policies::Of(vec![reader]));
    assert_eq!(about(&[other]), Policies::Of(Vec::new()));
    assert_eq!(config.authorizers(&sources, &[reader, other])[0].policies, [other]);
}

#[test]
fn the_page_shows_every_key_and_none_that_there_is_not() {
    let page = include_str!("../../docs/configuration.md");
    let blocks = page.split("```toml\n").skip(1).map(|block| block.split("```").next().unwrap());
    let mut written = serde_json::Map::new();
    for block in blocks {
        let (_, config) = read(block);
        assert!(config.is_ok(), "{block}{:?}", config.err());
        let table: toml::Table = toml::from_str(block).unwrap();
        written.extend(table.keys().map(|key| (key.clone(), Value::Null)));
    }
    let schema = serde_json::to_value(schemars::schema_for!(File)).unwrap();
    let known: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    let shown: Vec<&String> = known.iter().copied().filter(|key| written.contains_key(*key)).collect();
    assert_eq!(shown, known);
}

/// `UPDATE_DOCS=1 cargo test --lib config` writes it anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its own repository")]
fn the_schema_is_current() {
    let mut schema = serde_json::to_value(schemars::schema_for!(File)).unwrap();
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    schema["properties"]["rules"]["propertyNames"] = json!({ "enum": ids });
    schema["$defs"]["Ignore"]["properties"]["rule"]["enum"] = json!(ids);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/config.schema.json");
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "schemas/config.schema.json is not current: UPDATE_DOCS=1 cargo test --lib config");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let everything: Value = toml::from_str(&EVERYTHING.replace("2027-01-31", "\"2027-01-31\"")).unwrap();
    let everything: Value = serde_json::from_str(&everything.to_string()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&everything).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
    for wrong in
        ["polices = []", "[rules]\nx = \"off\"", "[authorizers.a]\nttl = 3601", "[[ignore]]\nrule = \"incomplete-arn\""]
    {
        let value: Value = toml::from_str(wrong).unwrap();
        assert!(!validator.is_valid(&value), "{wrong}");
    }
}
