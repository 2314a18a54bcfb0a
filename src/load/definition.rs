//! What every format of routes is read from, and what it is read into.

use crate::load::LoadError;
use crate::load::include::Included;
use crate::model::project::Api;
use crate::model::project::Document;
use crate::model::project::IgnoredSetting;
use crate::model::project::Settings;
use crate::model::project::Unknown;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Recovery;

/// A definition whose text is a tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'t> {
    /// The file's name.
    pub(super) name: &'t str,
    /// The document.
    pub(super) root: &'t Node,
    /// The options: they decide where a default depends on them, and are applied later.
    pub(super) settings: &'t Settings,
    /// The files that the document refers to.
    pub(super) included: Included<'t>,
}

/// What one file of routes held.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Definition {
    /// The APIs.
    pub(super) apis: Vec<Api>,
    /// What the definition leaves to deployment.
    pub(super) unknown: Vec<Unknown>,
    /// What it says in vain.
    pub(super) ignored: Vec<IgnoredSetting>,
    /// The trees.
    pub(super) documents: Vec<Document>,
    /// What the parser read past.
    pub(super) recovered: Vec<Spanned<Recovery>>,
    /// What could not be read; the rest was.
    pub(super) errors: Vec<LoadError>,
}
