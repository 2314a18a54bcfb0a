//! Route keys as the tools write them: a method beside a path, or `GET /path` and `$default` in one text.

use std::fmt;

use crate::model::authorizer::ApiKind;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::model::route::TemplateError;

/// Why a text is no route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Not one of the methods; the text.
    Method(String),
    /// Not a path template; the text, and why.
    Path(String, TemplateError),
    /// An HTTP API has no such key.
    Key(String),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(text) => write!(f, "`{text}` is no method"),
            Self::Path(text, error) => write!(f, "`{text}` is no path: {}", error.reason()),
            Self::Key(text) => write!(f, "`{text}` is no route key of an HTTP API"),
        }
    }
}

/// A method in any case, and a path with or without its leading slash.
pub(super) fn of_path(method: &str, path: &str) -> Result<RouteKey, KeyError> {
    let name = method.to_ascii_uppercase();
    let methods = match &*name {
        "ANY" | "*" | "X-AMAZON-APIGATEWAY-ANY-METHOD" => Methods::Any,
        _ => Methods::One(Method::parse(&name).ok_or_else(|| KeyError::Method(method.to_owned()))?),
    };
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    let template = Template::parse(&path).map_err(|error| KeyError::Path(path, error))?;
    Ok(RouteKey::Path { methods, template })
}

/// A route key of API Gateway v2.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html>
pub(super) fn of_text(kind: ApiKind, text: &str) -> Result<RouteKey, KeyError> {
    match (kind, text) {
        (ApiKind::WebSocket, "$connect") => Ok(RouteKey::Connect),
        (ApiKind::WebSocket, _) => Ok(RouteKey::Message(text.to_owned())),
        (_, "$default") => Ok(RouteKey::Default),
        _ => {
            let (method, path) = text.split_once(' ').ok_or_else(|| KeyError::Key(text.to_owned()))?;
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
        assert_eq!(read(ApiKind::Http, "join").unwrap_err(), "`join` is no route key of an HTTP API");
        assert_eq!(of_path("any", "users").unwrap().to_string(), "ANY /users");
        assert_eq!(of_path("FETCH", "/").unwrap_err().to_string(), "`FETCH` is no method");
    }
}
