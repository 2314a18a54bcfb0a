//! What a team expects a policy to refuse.

use crate::language::Position;
use crate::language::Query;
use crate::model::intent::ExpectedDenial;
use crate::model::policy::Policy;
use crate::model::project::Project;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::source::Span;
use crate::source::Spanned;

use crate::analysis::decide::asked::Asked;
use crate::analysis::decide::decider::Decider;
use crate::analysis::decide::decision::Compilation;
use crate::analysis::dispatch::Unit;
use crate::analysis::dispatch::template_pattern;

/// A route whose requests a policy is expected to refuse.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Where the configuration names it.
    pub at: Span,
    methods: Methods,
    start: Position,
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
    fn is_about(&self, unit: &Unit) -> bool {
        unit.method.is_none_or(|method| self.methods.contains(method))
    }
}

impl Decider<'_, '_> {
    /// Where the expected denials of a unit stand behind its literal text.
    pub(super) fn expected_positions(&self, unit: &Unit, unexpected: bool) -> Vec<Position> {
        let starts = if unexpected { self.expected_of(unit) } else { Vec::new() };
        self.compiled.program.advance(&starts, unit.literal.as_bytes())
    }

    /// The expected denials of the unit's method, before their first step.
    pub fn expected_of(&self, unit: &Unit) -> Vec<Position> {
        self.expected.iter().filter(|expected| expected.is_about(unit)).map(|expected| expected.start).collect()
    }

    /// Whether some request of a unit is, or may be, refused as expected; what is not decided may be.
    pub fn meets(&self, unit: &Unit, expected: &Expected) -> bool {
        let questions = self.questions.denied.iter().chain(&self.questions.left_out);
        expected.is_about(unit) && {
            let front = self.front(unit.method);
            questions.filter_map(|question| Asked::default().with_all(question, front)).any(|asked| {
                let mut required = asked.required;
                required.extend([vec![unit.start], vec![expected.start]]);
                let avoided = [unit.rivals.as_slice(), &asked.avoided].concat();
                let program = &self.compiled.program;
                let found = self.ask(&Query { program, required, avoided, longest: self.longest(unit) });
                !matches!(found, Ok(None))
            })
        }
    }
}
