//! The authorizers of one API while it is read, and what routes say about them.

use crate::load::defaults;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::route::Guard;
use crate::source::Span;

/// Authorizers in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Guards {
    /// What becomes [`crate::model::project::Api::authorizers`].
    pub(super) authorizers: Vec<Authorizer>,
}

impl Guards {
    /// The authorizer with this id, if the API has it.
    pub(super) fn known(&self, id: &str) -> Option<Guard> {
        self.authorizers.iter().position(|authorizer| authorizer.id == id).map(Guard::Authorizer)
    }

    /// Takes an authorizer in, unless one with its id is there, and guards with it.
    pub(super) fn with(&mut self, authorizer: Authorizer) -> Guard {
        self.known(&authorizer.id).unwrap_or_else(|| {
            self.authorizers.push(authorizer);
            Guard::Authorizer(self.authorizers.len() - 1)
        })
    }

    /// Guards with `AWS_IAM`, written at `span`; one stands for all routes.
    pub(super) fn with_iam(&mut self, span: Span) -> Guard {
        let known = self.authorizers.iter().position(|authorizer| authorizer.kind == AuthorizerKind::Iam);
        known.map_or_else(|| self.with(defaults::iam(span)), Guard::Authorizer)
    }
}
