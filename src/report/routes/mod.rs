//! `routes`: what was loaded. A [`crate::model::project::Project`] enters, bytes leave.

pub mod json;
pub mod text;

use crate::model::project::Project;
use crate::model::project::Unknown;
use crate::model::route::Guard;

/// What definitions leave to deployment, the guards of routes included.
pub(super) fn unknown(project: &Project) -> Vec<Unknown> {
    let mut unknown = project.unknown.clone();
    for route in project.apis.iter().flat_map(|api| &api.routes) {
        if let Guard::Unknown(why) = &route.guard
            && !unknown.iter().any(|known| known.span == route.key.span)
        {
            unknown.push(Unknown {
                what: format!("authorizer of {}", route.key.value),
                why: why.clone(),
                span: route.key.span,
            });
        }
    }
    unknown
}
