//! Responses as rows write them: a short form of the JSON that is loaded.
//!
//! `Allow`, `Deny`, then perhaps `not` for `NotResource` and `if` for a condition, then Resources; what doesn't begin with
//! `arn:` and has no `*` alone stands behind the ARN of the API. `event` and a tail of an ARN, then `key=value` settings, make it
//! a recorded pair. `---` stands between two responses. Text that begins with a brace is JSON already.

use serde_json::Value;
use serde_json::json;

/// What stands before the stage where a row doesn't say otherwise.
pub(crate) const API: &str = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/";

/// The responses of a row.
pub(crate) fn responses(text: &str) -> Vec<Value> {
    text.split("---").map(response).collect()
}

/// An ARN in full.
pub(crate) fn arn(word: &str) -> String {
    let is_whole = word == "*" || word.contains("execute-api") || word.starts_with("arn:");
    if is_whole { word.to_owned() } else { format!("{API}{word}") }
}

fn response(text: &str) -> Value {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).unwrap();
    }
    let mut version = "2012-10-17";
    let mut statements = Vec::new();
    let mut event = None;
    let mut principal = "user";
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (first, rest) = line.split_once(' ').unwrap();
        match first {
            "Version" => version = rest,
            "event" => event = Some(recorded(rest, &mut principal)),
            effect => statements.push(statement(effect, rest)),
        }
    }
    let policy = json!({"Version": version, "Statement": statements});
    match event {
        None => policy,
        Some(event) => json!({"event": event, "response": {"principalId": principal, "policyDocument": policy}}),
    }
}

fn statement(effect: &str, rest: &str) -> Value {
    let mut key = "Resource";
    let mut condition = json!({});
    let mut resources = Vec::new();
    for word in rest.split_whitespace() {
        match word {
            "not" => key = "NotResource",
            "if" => condition = json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
            word => resources.push(arn(word)),
        }
    }
    json!({"Effect": effect, "Action": "execute-api:Invoke", key: resources, "Condition": condition})
}

/// An event with both a token and the header that a REQUEST authorizer is given.
fn recorded<'t>(text: &'t str, principal: &mut &'t str) -> Value {
    let mut words = text.split_whitespace();
    let mut event = json!({"methodArn": arn(words.next().unwrap()), "requestContext": {}});
    for (key, value) in words.map(|word| word.split_once('=').unwrap()) {
        match key {
            "as" => *principal = value,
            "token" => {
                event["authorizationToken"] = json!(value);
                event["headers"] = json!({"Authorization": value});
                event["multiValueHeaders"] = json!({"Authorization": value.split(',').collect::<Vec<_>>()});
            }
            "time" => event["requestContext"]["requestTimeEpoch"] = json!(value.parse::<u64>().unwrap()),
            key => event["requestContext"][key] = json!(value),
        }
    }
    event
}
