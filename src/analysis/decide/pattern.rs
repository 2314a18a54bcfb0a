//! What a Resource matches, as a pattern of whole ARNs.
//!
//! The first five parts are matched part by part: `?` and a `*` inside a part stop at a colon, a `*` that ends its part may run past it. In the
//! sixth part nothing stops a wildcard.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>

use std::borrow::Cow;

use crate::language::Pattern;
use crate::language::Step;
use crate::model::arn::ArnPattern;
use crate::model::arn::TEST_STAGES;
use crate::model::deployment::Deployment;

/// What the patterns of a policy depend on besides their text.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'r> {
    /// Whether `${…}` is a policy variable.
    pub variables: Variables<'r>,
    /// Where requests go: it gives test stages their meaning. Without one, texts are read as they stand.
    pub deployment: Option<&'r Deployment>,
    /// Whose policy it is.
    pub owner: Owner,
}

/// Whose policy a Resource stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// An authorizer's response: `execute-api:/…` is no ARN.
    Authorizer,
    /// The API itself: there, `execute-api:/stage/METHOD/path` stands for the ARN of the API.
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html>
    Api,
}

/// How `${…}` is read.
#[derive(Clone, Copy, Debug)]
pub enum Variables<'r> {
    /// As text.
    Literal,
    /// As a policy variable; these are the values that are known.
    Substituted(&'r [(String, String)]),
}

/// A Resource as a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// What it matches at its widest: a variable without a value stands for anything.
    pub pattern: Pattern,
    /// Whether it surely matches all of that.
    pub certainty: Certainty,
}

/// Whether something holds for every request, or depends on what isn't known before the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// It holds.
    Sure,
    /// It may hold.
    Maybe,
}

/// Reads a Resource.
#[must_use]
pub fn compile(text: &str, reading: Reading<'_>) -> Compiled {
    let written = expand(text, reading);
    let arn = ArnPattern::new(&written);
    let mut compiled = Compiled { pattern: Pattern::new(), certainty: Certainty::Sure };
    for part in arn.parts().into_iter().take(5) {
        push_part(part, &mut compiled.pattern);
        compiled.pattern.push_literal(":");
    }
    let [.., tail] = arn.parts();
    push_tail(tail, reading.variables, &mut compiled);
    compiled
}

/// Gives the test stages, and the short form of resource policies, their meaning.
fn expand<'t>(text: &'t str, reading: Reading<'_>) -> Cow<'t, str> {
    let Some(deployment) = reading.deployment else { return Cow::Borrowed(text) };
    if let Some(rest) = text.strip_prefix("execute-api:/").filter(|_| reading.owner == Owner::Api) {
        let [partition, region, account, api, _] = deployment.components().map(|(_, component)| &component.value);
        return Cow::Owned(format!("arn:{partition}:execute-api:{region}:{account}:{api}/{rest}"));
    }
    let tail = ArnPattern::new(text).tail();
    match tail.stage.filter(|stage| TEST_STAGES.contains(stage)) {
        Some(stage) => {
            let (before, after) = text.split_once(&format!("/{stage}")).unwrap_or((text, ""));
            Cow::Owned(format!("{before}/{}{after}", deployment.stage.value))
        }
        None => Cow::Borrowed(text),
    }
}

fn push_part(part: &str, pattern: &mut Pattern) {
    let bytes = part.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        pattern.push(match byte {
            // Only stars follow: this one ends the part.
            b'*' if bytes.iter().skip(index).all(|&byte| byte == b'*') => Step::Run(None),
            b'*' => Step::Run(Some(b':')),
            b'?' => Step::One(Some(b':')),
            _ => Step::Byte(*byte),
        });
    }
}

fn push_tail(tail: &str, variables: Variables<'_>, compiled: &mut Compiled) {
    let mut rest = tail;
    while let Some(symbol) = rest.chars().next() {
        if let Variables::Substituted(values) = variables
            && let Some((name, after)) = variable(rest)
        {
            push_variable(name, values, compiled);
            rest = after;
            continue;
        }
        match symbol {
            '*' => compiled.pattern.push(Step::Run(None)),
            '?' => compiled.pattern.push(Step::One(None)),
            _ => compiled.pattern.push_literal(symbol.encode_utf8(&mut [0; 4])),
        }
        rest = rest.strip_prefix(symbol).unwrap_or_default();
    }
}

/// The name in `${name}` at the start of a text, and what follows it.
#[must_use]
pub fn variable(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("${")?.split_once('}')
}

fn push_variable(name: &str, values: &[(String, String)], compiled: &mut Compiled) {
    // `${key, 'default'}` is the variable `key`.
    let key = name.split(',').next().unwrap_or(name).trim();
    let value = values.iter().find(|(known, _)| known.eq_ignore_ascii_case(key));
    match (name, value) {
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
        ("*" | "?" | "$", _) => compiled.pattern.push_literal(name),
        (_, Some((_, value))) => compiled.pattern.push_literal(value),
        (_, None) => {
            compiled.pattern.push(Step::Run(None));
            compiled.certainty = Certainty::Maybe;
        }
    }
}
