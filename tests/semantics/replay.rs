//! A second reading of routes and policies, small enough to be seen to be right: every example of a row is replayed through it.

use authorizer_lint::analysis::Facts;
use authorizer_lint::finding::OutcomeName;
use authorizer_lint::model::deployment::Deployment;
use authorizer_lint::model::route::Request;
use serde_json::Value;

use crate::row::Row;
use crate::written;

/// Holds every example of every route against what happens to it here.
pub(crate) fn check(row: &Row, facts: &Facts<'_>, responses: &[Value]) {
    // The short form of a resource policy is the ARN of the API.
    let written_out = row.resource_policy.replace("execute-api:/", written::API);
    let api = (!row.resource_policy.is_empty()).then(|| written::responses(&written_out).remove(0));
    for (policy, response) in facts.policies.iter().zip(responses) {
        for view in &policy.views {
            for route in view.scopes.iter().flat_map(|scope| &scope.routes) {
                for (outcome, request) in &route.outcomes {
                    let key = route.route.key.value.to_string();
                    let says = row.says;
                    assert_eq!(dispatch(row.routes, request), Some(key), "{says}: {request} is dispatched elsewhere");
                    let documents = [Some(response), api.as_ref()];
                    let possible = possible(&documents, row.args, &view.deployment, request);
                    assert!(possible.contains(outcome), "{says}: {request} meets {possible:?}, not {outcome:?}");
                }
            }
        }
    }
}

/// The route that takes a request, as the list writes it.
fn dispatch(routes: &str, request: &Request) -> Option<String> {
    let method = request.method.map_or("", |method| method.name());
    let mut best: Option<((Vec<u8>, bool), String)> = None;
    for line in routes.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', '@'])) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (rank, key) = match words[0] {
            "$connect" if request.path == "$connect" => ((vec![], false), "$connect".to_owned()),
            "$default" if !method.is_empty() => ((vec![3], true), "$default".to_owned()),
            own if own == method || own == "ANY" => match specificity(words[1], &request.path) {
                Some(rank) => ((rank, own == "ANY"), format!("{own} {}", words[1])),
                None => continue,
            },
            _ => continue,
        };
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, key));
        }
    }
    best.map(|(_, key)| key)
}

/// How specific a template is segment by segment, if it matches a path: the less the better.
fn specificity(template: &str, path: &str) -> Option<Vec<u8>> {
    let parts: Vec<&str> = path.split('/').collect();
    let segments: Vec<&str> = template.trim_start_matches('/').split('/').collect();
    let mut rank = Vec::new();
    for (at, segment) in segments.iter().enumerate() {
        let part = *parts.get(at)?;
        if segment.ends_with("+}") {
            rank.push(2);
            return (!part.is_empty()).then_some(rank);
        }
        let is_parameter = segment.starts_with('{');
        if (is_parameter && part.is_empty()) || (!is_parameter && *segment != part) {
            return None;
        }
        rank.push(u8::from(is_parameter));
    }
    (segments.len() == parts.len()).then_some(rank)
}

/// Everything that can happen to a request under the statements of some documents.
fn possible(documents: &[Option<&Value>], args: &str, deployment: &Deployment, request: &Request) -> Vec<OutcomeName> {
    let text = format!("{deployment}{}", request.arn_tail());
    let mut sides = [[false; 2]; 2];
    for document in documents.iter().flatten() {
        let response = document.get("response").unwrap_or(document);
        if let Some(verdict) = response.get("isAuthorized") {
            sides[usize::from(verdict == false)] = [true; 2];
            continue;
        }
        let policy = response.get("policyDocument").unwrap_or(response);
        let version = policy["Version"].as_str().unwrap_or_default();
        for statement in list(&policy["Statement"]) {
            if statement["Effect"] != "Allow" && statement["Effect"] != "Deny" {
                continue;
            }
            let [widest, narrowest] = applies(statement, version, args, deployment, &text);
            let side = &mut sides[usize::from(statement["Effect"] == "Deny")];
            *side = [side[0] | widest, side[1] | narrowest];
        }
    }
    let [[allow, surely_allow], [deny, surely_deny]] = sides;
    let all = [
        (OutcomeName::Allow, allow && !surely_deny),
        (OutcomeName::ExplicitDeny, deny),
        (OutcomeName::ImplicitDeny, !surely_allow && !surely_deny),
    ];
    all.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect()
}

/// Whether a statement matches a request, at its widest and at its narrowest.
fn applies(statement: &Value, version: &str, args: &str, deployment: &Deployment, request: &str) -> [bool; 2] {
    let texts = |key| list(&statement[key]).iter().filter_map(|text| text.as_str()).collect::<Vec<_>>();
    let invokes = |key| texts(key).iter().any(|text| glob(&any(&text.to_lowercase()), b"execute-api:invoke"));
    let is_ours = if statement.get("NotAction").is_some() { !invokes("NotAction") } else { invokes("Action") };
    if !is_ours {
        return [false; 2];
    }
    let is_plain = statement["Condition"].as_object().is_none_or(serde_json::Map::is_empty);
    let matches = |text: &str, unknown: bool| {
        let text = ["ESTestInvoke-stage", "test-invoke-stage", "null"].iter().fold(text.to_owned(), |text, stage| {
            text.replacen(&format!("/{stage}/"), &format!("/{}/", deployment.stage.value), 1)
        });
        tokens(&text, version, args, unknown).is_some_and(|tokens| glob(&tokens, request.as_bytes()))
    };
    let some = |key, unknown| texts(key).iter().any(|text| matches(text, unknown));
    if statement.get("NotResource").is_some() {
        return [!some("NotResource", false), is_plain && !some("NotResource", true)];
    }
    [some("Resource", true), is_plain && some("Resource", false)]
}

fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// One step of a pattern: a byte, one byte, any run; the flag says whether it may be, or hold, a colon.
#[derive(Clone, Copy)]
enum Token {
    Byte(u8),
    One(bool),
    Run(bool),
}

/// A pattern where nothing stops a wildcard.
fn any(text: &str) -> Vec<Token> {
    let token = |byte| match byte {
        b'*' => Token::Run(true),
        b'?' => Token::One(true),
        byte => Token::Byte(byte),
    };
    text.bytes().map(token).collect()
}

/// A Resource; nothing where a variable has no value and is to match nothing.
fn tokens(text: &str, version: &str, args: &str, unknown: bool) -> Option<Vec<Token>> {
    let mut parts: Vec<&str> = text.splitn(6, ':').collect();
    parts.resize(6, "*");
    let mut tokens = Vec::new();
    for part in &parts[..5] {
        let inner = part.trim_end_matches('*');
        tokens.extend(any(inner).into_iter().map(|token| match token {
            Token::One(_) => Token::One(false),
            Token::Run(_) => Token::Run(false),
            byte @ Token::Byte(_) => byte,
        }));
        if inner != *part {
            tokens.push(Token::Run(true));
        }
        tokens.push(Token::Byte(b':'));
    }
    let mut rest = parts[5];
    while let Some((before, from)) = rest.split_once("${").filter(|_| version == "2012-10-17") {
        let (name, after) = from.split_once('}').unwrap();
        tokens.extend(any(before));
        let given = args.split_whitespace().find_map(|word| word.strip_prefix(&format!("{name}=")));
        match given {
            _ if ["*", "?", "$"].contains(&name) => tokens.push(Token::Byte(name.as_bytes()[0])),
            Some(value) => tokens.extend(value.bytes().map(Token::Byte)),
            None if unknown => tokens.push(Token::Run(true)),
            None => return None,
        }
        rest = after;
    }
    tokens.extend(any(rest));
    Some(tokens)
}

fn glob(pattern: &[Token], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], _) => text.is_empty(),
        ([Token::Run(colon), rest @ ..], _) => {
            let most =
                if *colon { text.len() } else { text.iter().position(|&byte| byte == b':').unwrap_or(text.len()) };
            (0..=most).any(|n| glob(rest, &text[n..]))
        }
        (_, []) => false,
        ([Token::One(colon), rest @ ..], [first, tail @ ..]) => (*colon || *first != b':') && glob(rest, tail),
        ([Token::Byte(byte), rest @ ..], [first, tail @ ..]) => byte == first && glob(rest, tail),
    }
}
