//! Settings that nobody reads: what a definition says in vain, and how it would be heard.

use crate::model::project::Certainty;
use crate::model::project::IgnoredSetting;
use crate::near::nearest;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Value;

/// Whether a setting is not just an empty text, which tools write for "none".
pub(super) fn says_something(member: &Member) -> bool {
    member.value.scalar() != Some("") && member.value.value != Value::Null
}

/// An expression for the token, at an authorizer that gets no token by itself; API Gateway keeps it and never looks at it.
/// <https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html#apigw-CreateAuthorizer-request-identityValidationExpression>
pub(super) fn validation_expression(key: Spanned<String>, authorizer: &str) -> IgnoredSetting {
    IgnoredSetting {
        key,
        of: format!("of authorizer `{authorizer}`"),
        why: "API Gateway validates the header of a TOKEN authorizer only".to_owned(),
        help: "let the function validate what it gets, or make it a TOKEN authorizer of a REST API".to_owned(),
        certainty: Certainty::Documented,
    }
}

/// The source of a token authorizer in an OpenAPI document, where the scheme names another header.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html>
pub(super) fn token_source(key: Spanned<String>, authorizer: &str, header: &str) -> IgnoredSetting {
    IgnoredSetting {
        key,
        of: format!("of authorizer `{authorizer}`"),
        why: format!("the header of a `token` authorizer is the scheme's `name`, which is `{header}`"),
        help: "write the header under `name`, or make the authorizer a `request` one".to_owned(),
        certainty: Certainty::Documented,
    }
}

/// `security` of a whole OpenAPI document; that some have seen it inherited makes it doubtful.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html>
pub(super) fn root_security(key: Spanned<String>) -> IgnoredSetting {
    IgnoredSetting {
        key,
        of: "at the root".to_owned(),
        why: "REST APIs take only that of each operation".to_owned(),
        help: "write `security` at every operation that is to be guarded".to_owned(),
        certainty: Certainty::Disputed,
    }
}

/// A key that a tool does not know, among those that it does.
pub(super) fn unknown_key(key: Spanned<String>, authorizer: &str, tool: &str, known: &[&str]) -> IgnoredSetting {
    let longer = || known.iter().copied().find(|name| key.value.starts_with(name));
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let help = nearest(&key.value, known.iter().copied())
        .or_else(longer)
        .map_or_else(|| format!("{tool} reads {} here", names.join(", ")), |name| format!("did you mean `{name}`?"));
    IgnoredSetting {
        of: format!("of authorizer `{authorizer}`"),
        why: format!("{tool} knows no such key"),
        help,
        certainty: Certainty::Documented,
        key,
    }
}
