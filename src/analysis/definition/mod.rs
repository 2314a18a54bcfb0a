//! What the definition of an API says about its own routes: facts that need no response.

pub mod duplicate;
pub mod fallthrough;
pub mod preflight;

use crate::model::project::Api;

use crate::analysis::definition::duplicate::Duplicates;
use crate::analysis::definition::duplicate::duplicates;
use crate::analysis::definition::fallthrough::Fallthrough;
use crate::analysis::definition::fallthrough::fallthroughs;
use crate::analysis::definition::preflight::Preflight;
use crate::analysis::definition::preflight::preflights;
use crate::analysis::dispatch::Routing;

/// What is known about the routes of one API.
#[derive(Debug)]
pub struct ApiFacts<'p> {
    /// The API.
    pub api: &'p Api,
    /// Routes that are declared several times.
    pub duplicates: Vec<Duplicates<'p>>,
    /// Open routes that take requests to paths which are guarded under other methods.
    pub fallthroughs: Vec<Fallthrough<'p>>,
    /// CORS preflights that a Lambda authorizer has to let through.
    pub preflights: Vec<Preflight<'p>>,
}

impl<'p> ApiFacts<'p> {
    /// Gathers them.
    #[must_use]
    pub fn new(routing: &Routing<'p>) -> Self {
        Self {
            api: routing.api,
            duplicates: duplicates(routing.api),
            fallthroughs: fallthroughs(routing),
            preflights: preflights(routing),
        }
    }
}
