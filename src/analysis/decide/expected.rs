//! What a team expects a policy to refuse.

use crate::language::Position;
use crate::model::intent::ExpectedDenial;
use crate::model::policy::Policy;
use crate::model::project::Project;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::source::Span;
use crate::source::Spanned;

use crate::analysis::decide::decision::Compilation;
use crate::analysis::dispatch::Unit;
use crate::analysis::dispatch::template_pattern;

/// A route whose requests a policy is expected to refuse.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Where the configuration names it.
    pub at: Span,
    /// Before its first step behind `METHOD/`.
    pub(super) start: Position,
    methods: Methods,
}

/// Compiles what is expected of a policy behind its own patterns.
pub(super) fn expected(project: &Project, policy: &Policy, compiled: &mut Compilation<'_>) -> Vec<Expected> {
    let denials = project.intent.expected_denials.iter();
    let about = denials.filter(|denial| denial.is_about(policy.span.source));
    let routes = about.flat_map(|ExpectedDenial { routes, .. }| routes);
    let compile = |Spanned { value, span }: &Spanned<RouteKey>| match value {
        RouteKey::Path { methods, template } => {
            let start = compiled.program.add(&template_pattern(template));
            Some(Expected { at: *span, methods: *methods, start })
        }
        _ => None,
    };
    routes.filter_map(compile).collect()
}

impl Expected {
    /// Whether it speaks of the unit's method.
    pub(super) fn is_about(&self, unit: &Unit) -> bool {
        unit.method.is_none_or(|method| self.methods.contains(method))
    }
}
