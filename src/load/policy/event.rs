//! The event of a recorded pair: TOKEN, REQUEST with payload 1.0 (REST, HTTP and WebSocket) or 2.0.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html>

use crate::load::policy::element::wrong_type;
use crate::model::response::Defect;
use crate::model::response::Event;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Value;

/// Reads what an event says of its request; what it doesn't say stays empty.
pub(super) fn read(node: &Node, defects: &mut Vec<Defect>) -> Option<Event> {
    if !matches!(node.value, Value::Object(_)) {
        defects.push(wrong_type("event", "an object", node));
        return None;
    }
    let mut headers = pairs(node, "multiValueHeaders", "headers");
    for (name, _) in &mut headers {
        name.make_ascii_lowercase();
    }
    Some(Event {
        arn: arn(node),
        token: node.get("authorizationToken").and_then(Node::as_str).map(str::to_owned),
        headers,
        query: pairs(node, "multiValueQueryStringParameters", "queryStringParameters"),
        stage_variables: pairs(node, "stageVariables", "stageVariables"),
        context: context(node),
        time_ms: time(node),
    })
}

fn arn(event: &Node) -> Option<Spanned<String>> {
    let node = event.get("methodArn").or_else(|| event.get("routeArn"))?;
    Some(Spanned::new(node.as_str()?.to_owned(), node.span))
}

/// Names and values of the first of two mappings that holds any.
fn pairs(event: &Node, every_value: &str, one_value: &str) -> Vec<(String, String)> {
    let of = |key| {
        let mut pairs = Vec::new();
        for member in event.get(key).map(Node::members).unwrap_or_default() {
            let values = match &member.value.value {
                Value::Array(items) => items.as_slice(),
                _ => std::slice::from_ref(&member.value),
            };
            pairs.extend(values.iter().filter_map(scalar).map(|value| (member.key.value.clone(), value)));
        }
        pairs
    };
    let all = of(every_value);
    if all.is_empty() { of(one_value) } else { all }
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// `requestContext`, flattened; what `$context.httpMethod` and its like mean is there under these names, wherever the payload has it.
fn context(event: &Node) -> Vec<(String, String)> {
    let mut context = Vec::new();
    if let Some(node) = event.get("requestContext") {
        flatten("", node, &mut context);
    }
    let http = event.get("requestContext").and_then(|node| node.get("http"));
    for (name, node) in [
        ("httpMethod", http.and_then(|http| http.get("method"))),
        ("httpMethod", event.get("httpMethod")),
        ("identity.sourceIp", http.and_then(|http| http.get("sourceIp"))),
        ("identity.userAgent", http.and_then(|http| http.get("userAgent"))),
        ("path", http.and_then(|http| http.get("path"))),
        ("resourcePath", event.get("resource")),
        ("routeKey", event.get("routeKey")),
    ] {
        let known = context.iter().any(|(known, _)| known == name);
        if let (false, Some(value)) = (known, node.and_then(scalar)) {
            context.push((name.to_owned(), value));
        }
    }
    context
}

fn flatten(prefix: &str, node: &Node, context: &mut Vec<(String, String)>) {
    for member in node.members() {
        let name = format!("{prefix}{}", member.key.value);
        match scalar(&member.value) {
            Some(value) => context.push((name, value)),
            None => flatten(&format!("{name}."), &member.value, context),
        }
    }
}

fn time(event: &Node) -> Option<u64> {
    let context = event.get("requestContext")?;
    let node = context.get("requestTimeEpoch").or_else(|| context.get("timeEpoch"))?;
    scalar(node)?.parse().ok()
}
