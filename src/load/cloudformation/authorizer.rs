//! `AWS::ApiGateway::Authorizer` and `AWS::ApiGatewayV2::Authorizer`, which name the same things differently.

use crate::load::definition_error::DefinitionProblem;
use crate::load::ignored;
use crate::load::openapi;
use crate::load::reading::Reading;
use crate::load::template::Resource;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;

/// Reads an authorizer; nothing where it can't be told what it is.
pub(super) fn read<'t>(reading: &mut Reading<'t>, kind: ApiKind, resource: Resource<'t>) -> Option<Authorizer> {
    let id = resource.id;
    let key = if kind == ApiKind::Rest { "Type" } else { "AuthorizerType" };
    let Some(node) = resource.get(key) else {
        reading.refuse(id.span, DefinitionProblem::Missing(key));
        return None;
    };
    let written = reading.text(Some(node), || format!("kind of authorizer `{}`", id.value))?;
    let decides = match written.value.as_str() {
        "TOKEN" => AuthorizerKind::Token,
        "REQUEST" => AuthorizerKind::Request,
        "COGNITO_USER_POOLS" => AuthorizerKind::Cognito,
        "JWT" => AuthorizerKind::Jwt,
        _ => {
            reading.refuse(written.span, DefinitionProblem::AuthorizerKind(written.value));
            return None;
        }
    };
    let what = || format!("authorizer `{}`", id.value);
    // The name is for people: where deployment decides it, the logical id does as well.
    let name = resource.get("Name").and_then(|name| reading.resolver.text(name).ok().flatten());
    let payload = reading.text(resource.get("AuthorizerPayloadFormatVersion"), what);
    let simple_responses = reading.switch(resource.get("EnableSimpleResponses"), what);
    note_in_vain(reading, kind, decides, resource);
    Some(Authorizer {
        id: id.value.clone(),
        name: name.unwrap_or_else(|| id.clone()),
        kind: decides,
        ttl: reading.ttl(kind, id, resource.get("AuthorizerResultTtlInSeconds")),
        identity_sources: reading.sources(id, resource.get("IdentitySource")),
        payload: payload.filter(|_| kind == ApiKind::Http).map(openapi::payload),
        simple_responses,
    })
}

/// Only TOKEN authorizers validate; for those of HTTP and WebSocket APIs the parameter is documented as not used.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-authorizer.html>
fn note_in_vain(reading: &mut Reading<'_>, api: ApiKind, kind: AuthorizerKind, resource: Resource<'_>) {
    let validates = api == ApiKind::Rest && kind == AuthorizerKind::Token;
    let expression = resource.properties.and_then(|properties| properties.member("IdentityValidationExpression"));
    let in_vain = expression.filter(|member| kind.is_lambda() && !validates && ignored::says_something(member));
    if let Some(member) = in_vain {
        reading.ignore(ignored::validation_expression(member.key.clone(), &resource.id.value));
    }
}
