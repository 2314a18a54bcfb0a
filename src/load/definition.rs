//! What every format of routes is read into.

use crate::load::LoadError;
use crate::model::project::Api;
use crate::model::project::Document;
use crate::model::project::Unknown;
use crate::source::Spanned;
use crate::syntax::Recovery;

/// What one file of routes held.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Definition {
    /// The APIs.
    pub(super) apis: Vec<Api>,
    /// What the definition leaves to deployment.
    pub(super) unknown: Vec<Unknown>,
    /// The trees.
    pub(super) documents: Vec<Document>,
    /// What the parser read past.
    pub(super) recovered: Vec<Spanned<Recovery>>,
    /// What could not be read; the rest was.
    pub(super) errors: Vec<LoadError>,
}
