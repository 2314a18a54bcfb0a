//! Templates of the Serverless Application Model: the short forms that its transform turns into resources of API Gateway.
//!
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html>; where the pages are silent,
//! what <https://github.com/aws/serverless-application-model> does. Resources of API Gateway beside the short forms are read too.

mod api;
mod authorizer;
mod cors;
mod event;
mod globals;
mod guard;
mod policy;
mod unread;
mod websocket;

use crate::load::cloudformation;
use crate::load::definition::Definition;
use crate::load::definition::Given;
use crate::load::reading::Reading;
use crate::load::template::Resolver;
use crate::load::template::resources;
use crate::syntax::Node;

/// Whether a tree is a template with a resource of the model.
pub(super) fn recognises(root: &Node) -> bool {
    resources(root).iter().any(|resource| resource.kind.starts_with("AWS::Serverless::"))
}

/// Reads every API of a template.
pub(super) fn load(given: &Given<'_>) -> Definition {
    let declared = globals::apis(given.root);
    // From here on the template and what `Globals` made of its APIs live equally long.
    let given = *given;
    let mut reading = Reading::new(Resolver::of(given.root));
    let mut apis = cloudformation::read(&mut reading, &given);
    let events = event::read_all(&mut reading, given.root);
    apis.extend(declared.iter().map(|api| api::read(&mut reading, &given, api, &events)));
    cloudformation::finish(reading, &given, apis, "SAM template")
}
