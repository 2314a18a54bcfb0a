//! What kind of API will read a response, as far as that is known: one rule for all kinds there is not.

use crate::model::authorizer::ApiKind;
use crate::model::project::Project;
use crate::model::response::Event;

use crate::analysis::PolicyFacts;
use crate::analysis::case::recorded_request;

/// A kind of API that may read a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A REST API.
    Rest,
    /// A WebSocket API.
    WebSocket,
    /// An HTTP API with payload format 1.0.
    Http1,
    /// An HTTP API with payload format 2.0.
    Http2,
    /// An HTTP API; the payload format is not known.
    Http,
}

impl PolicyFacts<'_> {
    /// Every kind of API that may read the response, each once: as the recorded event has it, else as the APIs at hand have it, else as
    /// `--api` has it. None where nobody knows.
    #[must_use]
    pub fn recipients(&self, project: &Project) -> Vec<Recipient> {
        if let Some(recipient) = self.response.event.as_ref().and_then(told_by) {
            return vec![recipient];
        }
        if recorded_request(self.response).is_some_and(|request| request.path == "$connect" && request.method.is_none())
        {
            return vec![Recipient::WebSocket];
        }
        let wanted = project.settings.authorizer.as_deref();
        let mut recipients = Vec::new();
        for api in &project.apis {
            for authorizer in &api.authorizers {
                let is_meant = wanted.is_none_or(|name| authorizer.is_called(name));
                let is_known =
                    self.views.is_empty() || self.views.iter().any(|view| std::ptr::eq(view.authorizer, authorizer));
                let payload = authorizer.payload.as_ref().map(|payload| payload.value.as_str());
                let recipient = Recipient::new(api.kind, payload);
                if authorizer.kind.is_lambda() && is_meant && is_known && !recipients.contains(&recipient) {
                    recipients.push(recipient);
                }
            }
        }
        match project.settings.api {
            Some(kind) if recipients.is_empty() => vec![Recipient::new(kind, None)],
            _ => recipients,
        }
    }
}

impl Recipient {
    fn new(kind: ApiKind, payload: Option<&str>) -> Self {
        match (kind, payload) {
            (ApiKind::Rest, _) => Self::Rest,
            (ApiKind::WebSocket, _) => Self::WebSocket,
            (ApiKind::Http, Some("1.0")) => Self::Http1,
            (ApiKind::Http, Some(_)) => Self::Http2,
            (ApiKind::Http, None) => Self::Http,
        }
    }
}

/// Only payload format 2.0 describes the request under `requestContext.http`:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format>.
fn told_by(event: &Event) -> Option<Recipient> {
    event.context.iter().any(|(name, _)| name == "http.method").then_some(Recipient::Http2)
}
