//! Route keys as the tools write them: a method beside a path, or `GET /path` and `$default` in one text.

use crate::load::definition_error::DefinitionProblem;
use crate::model::authorizer::ApiKind;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;

/// A method in any case, and a path with or without its leading slash.
pub(super) fn of_path(method: &str, path: &str) -> Result<RouteKey, DefinitionProblem> {
    let name = method.to_ascii_uppercase();
    let methods = match &*name {
        "ANY" | "*" | "X-AMAZON-APIGATEWAY-ANY-METHOD" => Methods::Any,
        _ => Methods::One(Method::parse(&name).ok_or_else(|| DefinitionProblem::Method(method.to_owned()))?),
    };
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    let template = Template::parse(&path).map_err(|error| DefinitionProblem::Path(path, error))?;
    Ok(RouteKey::Path { methods, template })
}

/// A route key of API Gateway v2.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html>
pub(super) fn of_text(kind: ApiKind, text: &str) -> Result<RouteKey, DefinitionProblem> {
    match (kind, text) {
        (ApiKind::WebSocket, "$connect") => Ok(RouteKey::Connect),
        (ApiKind::WebSocket, _) => Ok(RouteKey::Message(text.to_owned())),
        (_, "$default") => Ok(RouteKey::Default),
        _ => {
            let (method, path) = text.split_once(' ').ok_or_else(|| DefinitionProblem::RouteKey(text.to_owned()))?;
            of_path(method, path.trim())
        }
    }
}

/// Whether only a WebSocket API can have this key.
pub(super) fn is_websocket(text: &str) -> bool {
    text != "$default" && !text.contains(" /")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_api_decides_what_a_key_means() {
        let read = |kind, text| of_text(kind, text).map(|key| key.to_string()).map_err(|error| error.to_string());
        assert_eq!(read(ApiKind::Http, "GET /pets/{id}").unwrap(), "GET /pets/{id}");
        assert_eq!(read(ApiKind::Http, "ANY /{proxy+}").unwrap(), "ANY /{proxy+}");
        assert_eq!(of_text(ApiKind::Http, "$default"), Ok(RouteKey::Default));
        assert_eq!(of_text(ApiKind::WebSocket, "$default"), Ok(RouteKey::Message("$default".to_owned())));
        assert_eq!(of_text(ApiKind::WebSocket, "send message"), Ok(RouteKey::Message("send message".to_owned())));
        assert_eq!(read(ApiKind::Http, "join").unwrap_err(), "`join` is no route key");
        assert_eq!(of_path("any", "users").unwrap().to_string(), "ANY /users");
        assert_eq!(of_path("FETCH", "/").unwrap_err().to_string(), "`FETCH` is no method");
    }
}
