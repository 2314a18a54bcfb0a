//! Templates of CloudFormation, those that the CDK writes too.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ApiGateway.html> and `AWS_ApiGatewayV2.html` beside it. A resource
//! that stands under a condition is listed as if it existed.

mod authorizer;
mod guard;
mod handed_on;
mod owner;
mod path;
mod rest;
mod stage;
mod v2;

use crate::load::definition::Definition;
use crate::load::definition::Given;
use crate::load::definition_error::DefinitionProblem;
use crate::load::reading::Reading;
use crate::load::template::Resolver;
use crate::load::template::Unresolved;
use crate::load::template::loops;
use crate::load::template::resources;
use crate::model::project::Api;
use crate::source::Span;
use crate::syntax::Node;

/// Whether a tree is a template: an object with resources that have a type.
pub(super) fn recognises(root: &Node) -> bool {
    resources(root).iter().any(|resource| resource.kind.contains("::"))
}

/// Reads every API of a template.
pub(super) fn load(given: &Given<'_>) -> Definition {
    let mut reading = Reading::new(Resolver::of(given.root));
    let apis = read(&mut reading, given);
    finish(reading, given, apis, "template")
}

/// Reads the APIs that are declared with resources of API Gateway itself.
pub(super) fn read<'t>(reading: &mut Reading<'t>, given: &Given<'t>) -> Vec<Named> {
    let resources = resources(given.root);
    for key in loops(given.root) {
        let why = "loops of templates are not run here".to_owned();
        reading.leave_open(format!("resources of `{}`", key.value), &Unresolved { why, span: key.span });
    }
    let mut apis = rest::read_all(reading, given, &resources);
    apis.extend(v2::read_all(reading, given, &resources));
    apis
}

/// An API and its logical id; an API of another stack has none here.
#[derive(Debug)]
pub(super) struct Named {
    /// The logical id.
    pub(super) id: Option<String>,
    /// The API.
    pub(super) api: Api,
}

/// Puts a definition together; `what` the file is, where it declares no API.
///
/// Of several APIs each is shown with its logical id behind the name of the file.
pub(super) fn finish(mut reading: Reading<'_>, given: &Given<'_>, apis: Vec<Named>, what: &'static str) -> Definition {
    if apis.is_empty() && reading.unknown.is_empty() {
        let start = Span { end: given.root.span.start, ..given.root.span };
        reading.refuse(start, DefinitionProblem::NoApi(what));
    }
    let several = apis.len() > 1;
    let named = |Named { id, mut api }| {
        if let Some(id) = id.filter(|_| several) {
            api.source = format!("{} ({id})", api.source);
        }
        api
    };
    let apis = apis.into_iter().map(named).collect();
    Definition {
        apis,
        unknown: reading.unknown,
        ignored: reading.ignored,
        errors: reading.errors,
        ..Definition::default()
    }
}
