//! How long a response is cached where nobody says.

use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::source::Span;

/// API Gateway's own default. `owner` is the block that could have said it.
///
/// <https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html>; HTTP APIs document none, WebSocket APIs cache nothing.
pub(super) fn default_ttl(api: ApiKind, owner: Span) -> Setting<Ttl> {
    let (value, origin) = match api {
        ApiKind::Rest => (Ttl::Seconds(300), "API Gateway's default"),
        ApiKind::Http => (Ttl::Unknown, "no documented default"),
        ApiKind::WebSocket => (Ttl::Seconds(0), "WebSocket APIs cache nothing"),
    };
    Setting::Default { value, owner, origin: origin.to_owned() }
}
