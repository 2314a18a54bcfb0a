//! Whether a document that stands alone is of a REST or of an HTTP API: it never says so, but each has extensions of its own.

use crate::load::openapi::scheme;
use crate::model::authorizer::ApiKind;
use crate::syntax::Node;

/// Tells the kind: by the authorizers, then by the root, then by the integrations; REST where nothing speaks for HTTP.
pub(super) fn tell(root: &Node) -> ApiKind {
    // HTTP APIs import OpenAPI 3.0 only.
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
    if root.get("swagger").is_some() {
        return ApiKind::Rest;
    }
    let authorizers = || scheme::nodes(root).into_iter().filter_map(|member| member.value.get(scheme::AUTHORIZER));
    if let Some(kind) = authorizers().find_map(of_authorizer) {
        return kind;
    }
    let has = |keys: &[&str]| keys.iter().any(|key| root.get(key).is_some());
    if has(&OF_REST) {
        return ApiKind::Rest;
    }
    let operations = || root.get("paths").into_iter().flat_map(Node::members).flat_map(|path| path.value.members());
    let is_http = has(&OF_HTTP)
        || operations().any(|operation| {
            operation.value.get("isDefaultRoute").is_some()
                || operation
                    .value
                    .get("x-amazon-apigateway-integration")
                    .and_then(|integration| integration.get("payloadFormatVersion"))
                    .and_then(Node::scalar)
                    .is_some_and(|version| version.starts_with('2'))
        });
    if is_http { ApiKind::Http } else { ApiKind::Rest }
}

/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html> names the API of each.
const OF_REST: [&str; 8] = [
    "x-amazon-apigateway-policy",
    "x-amazon-apigateway-request-validators",
    "x-amazon-apigateway-request-validator",
    "x-amazon-apigateway-gateway-responses",
    "x-amazon-apigateway-api-key-source",
    "x-amazon-apigateway-binary-media-types",
    "x-amazon-apigateway-minimum-compression-size",
    "x-amazon-apigateway-endpoint-configuration",
];

const OF_HTTP: [&str; 2] = ["x-amazon-apigateway-cors", "x-amazon-apigateway-importexport-version"];

fn of_authorizer(node: &Node) -> Option<ApiKind> {
    let kind = node.get("type").and_then(Node::as_str).map(str::to_lowercase);
    match kind.as_deref() {
        Some("token" | "cognito_user_pools") => return Some(ApiKind::Rest),
        Some("jwt") => return Some(ApiKind::Http),
        _ => {}
    }
    if ["authorizerPayloadFormatVersion", "enableSimpleResponses"].iter().any(|key| node.get(key).is_some()) {
        return Some(ApiKind::Http);
    }
    let sources = node.get("identitySource")?;
    let mut texts = sources.items().iter().chain([sources]).filter_map(Node::as_str);
    texts.find_map(|text| match text {
        text if text.contains("method.request.") => Some(ApiKind::Rest),
        text if text.contains("$request.") => Some(ApiKind::Http),
        _ => None,
    })
}
