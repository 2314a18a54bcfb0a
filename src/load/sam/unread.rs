//! What stands at a Lambda authorizer and SAM passes over without a word.
//!
//! From <https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/apigateway.py> and `apigatewayv2.py` beside it,
//! which read the keys that <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html>
//! describes, and no others.

use crate::load::ignored;
use crate::load::reading::Reading;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::AuthorizerKind;
use crate::model::project::Certainty;
use crate::model::project::IgnoredSetting;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;

/// The `Identity` of a TOKEN authorizer.
const ONE_HEADER: [&str; 3] = ["Header", "ValidationExpression", "ReauthorizeEvery"];

/// The `Identity` of a REQUEST authorizer.
const LISTS: [&str; 5] = ["Headers", "QueryStrings", "StageVariables", "Context", "ReauthorizeEvery"];

const OF_REST: [&str; 6] = [
    "FunctionArn",
    "FunctionInvokeRole",
    "FunctionPayloadType",
    "Identity",
    "AuthorizationScopes",
    "DisableFunctionDefaultPermissions",
];

const OF_HTTP: [&str; 7] = [
    "FunctionArn",
    "FunctionInvokeRole",
    "Identity",
    "AuthorizationScopes",
    "AuthorizerPayloadFormatVersion",
    "EnableSimpleResponses",
    "EnableFunctionDefaultPermissions",
];

/// A Lambda authorizer of a template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared<'t> {
    pub(super) api: ApiKind,
    pub(super) kind: AuthorizerKind,
    pub(super) name: &'t Spanned<String>,
}

/// Notes the keys of an authorizer, and of its `Identity`, that are not read.
pub(super) fn note(reading: &mut Reading<'_>, declared: Declared<'_>, node: &Node, identity: Option<&Node>) {
    let known = if declared.api == ApiKind::Http { &OF_HTTP[..] } else { &OF_REST };
    for member in unread(node, known).filter(|member| !says_nothing(member)) {
        reading.ignore(declared.unread(member, known));
    }
    let (known, others) = if declared.kind == AuthorizerKind::Token {
        (&ONE_HEADER[..], &LISTS[..])
    } else {
        (&LISTS[..], &ONE_HEADER[..])
    };
    for member in identity.into_iter().flat_map(|identity| unread(identity, known)) {
        let is_of_other = others.contains(&&*member.key.value);
        reading.ignore(if is_of_other { declared.of_other_kind(member) } else { declared.unread(member, known) });
    }
}

/// Whether a setting asks for what holds anyway.
fn says_nothing(member: &Member) -> bool {
    let usual = match member.key.value.as_str() {
        "AuthorizerPayloadFormatVersion" => ["1.0", "1"],
        _ => ["false", "False"],
    };
    member.value.scalar().is_some_and(|value| usual.contains(&value))
}

/// The members whose keys are not among the known ones; functions stand for something else.
fn unread<'n>(node: &'n Node, known: &'n [&str]) -> impl Iterator<Item = &'n Member> {
    let is_unread = |key: &str| !known.contains(&key) && !key.starts_with("Fn::") && key != "Ref";
    node.members().iter().filter(move |member| is_unread(&member.key.value))
}

impl Declared<'_> {
    fn unread(self, member: &Member, known: &[&str]) -> IgnoredSetting {
        let found = ignored::unknown_key(member.key.clone(), &self.name.value, "SAM", known);
        if self.api == ApiKind::Rest && OF_HTTP.contains(&&*member.key.value) {
            let (why, help) =
                ("SAM reads it for HTTP APIs only", "remove it, or make the API an `AWS::Serverless::HttpApi`");
            return IgnoredSetting { why: why.to_owned(), help: help.to_owned(), ..found };
        }
        // What everything but SAM calls the TTL.
        let is_ttl = member.key.value.to_ascii_lowercase().contains("ttl");
        if is_ttl {
            IgnoredSetting { help: "write the TTL as `ReauthorizeEvery` under `Identity`".to_owned(), ..found }
        } else {
            found
        }
    }

    /// A key of the other kind of authorizer.
    fn of_other_kind(self, member: &Member) -> IgnoredSetting {
        let key = &member.key.value;
        let (why, help) = match (self.kind, key.as_str()) {
            (AuthorizerKind::Token, _) => (
                "SAM reads it for REQUEST authorizers only, and this one is TOKEN",
                "set `FunctionPayloadType: REQUEST`, or name one header as `Header`",
            ),
            (_, "Header") => ("a REQUEST authorizer has a list", "write it as an item of `Headers`"),
            (_, _) => (
                "API Gateway validates the header of a TOKEN authorizer only",
                "let the function validate what it gets, or make it a TOKEN authorizer of a REST API",
            ),
        };
        IgnoredSetting {
            key: member.key.clone(),
            of: format!("of authorizer `{}`", self.name.value),
            why: why.to_owned(),
            help: help.to_owned(),
            certainty: Certainty::Documented,
        }
    }
}
