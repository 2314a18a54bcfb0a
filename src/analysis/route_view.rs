//! What happens to one route: its requests gathered, and what follows for it from the scope.

use crate::finding::OutcomeName;
use crate::finding::Refused;
use crate::model::route::Request;
use crate::model::route::Route;

use crate::analysis::RouteView;
use crate::analysis::decide::outcome::UnitOutcome;
use crate::analysis::status::Standing;
use crate::analysis::status::Status;

/// Adds to the routes of a scope what follows from it.
pub(super) fn settled<'p>(
    mut views: Vec<RouteView<'p>>,
    standing: Standing,
    forgotten: &[Refused],
) -> Vec<RouteView<'p>> {
    let mut forgotten = forgotten.iter().peekable();
    for view in &mut views {
        let key = &view.route.key;
        let is_its = |refused: &&Refused| refused.declared == key.span && refused.route == key.value.to_string();
        while let Some(refused) = forgotten.next_if(is_its) {
            view.forgotten.get_or_insert_with(|| refused.request.clone());
        }
        view.status = Status::of(view, standing);
    }
    views
}

impl<'p> RouteView<'p> {
    /// A route that no request is known to reach.
    pub(super) const fn new(route: &'p Route, method: Option<&'static str>) -> Self {
        Self {
            route,
            method,
            outcomes: Vec::new(),
            conditional: false,
            undecided: false,
            left_out: false,
            forgotten: None,
            status: Status::NeverReached,
        }
    }

    /// Takes in what happens to one more method; of two examples the shorter path stays, or that of the earlier method.
    pub(super) fn add(&mut self, outcome: &UnitOutcome, request: impl Fn(&str) -> Request) {
        let named = [
            (OutcomeName::Allow, &outcome.allow),
            (OutcomeName::ExplicitDeny, &outcome.explicit_deny),
            (OutcomeName::ImplicitDeny, &outcome.implicit_deny),
        ];
        for (name, path) in named {
            let Some(path) = path else { continue };
            match self.outcomes.iter_mut().find(|(known, _)| *known == name) {
                Some((_, best)) if best.path.len() <= path.len() => {}
                Some((_, best)) => *best = request(path),
                None => self.outcomes.push((name, request(path))),
            }
        }
        self.outcomes.sort_by_key(|(name, _)| *name);
        self.conditional |= outcome.conditional;
        self.undecided |= outcome.undecided;
        self.left_out |= outcome.refused.is_some();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scope::Sharing;
    use crate::model::route::Guard;
    use crate::model::route::Method;
    use crate::model::route::Methods;
    use crate::model::route::RouteKey;
    use crate::model::route::Template;
    use crate::source::Sources;
    use crate::source::Span;
    use crate::source::Spanned;

    #[test]
    fn routes_that_one_block_declares_are_told_apart() {
        // As `for_each` of Terraform declares them.
        let span = Span { source: Sources::default().add("main.tf", ""), start: 0, end: 0 };
        let [one, two] = ["/a", "/b"].map(|path| {
            let key = RouteKey::Path { methods: Methods::One(Method::Get), template: Template::parse(path).unwrap() };
            Route { key: Spanned::new(key, span), guard: Guard::Open }
        });
        let request = Request { method: Some(Method::Get), path: "b".to_owned() };
        let refused =
            Refused { route: two.key.value.to_string(), request, outcome: OutcomeName::ImplicitDeny, declared: span };
        let views = [&one, &two].map(|route| RouteView::new(route, Some("GET"))).into();
        let standing = Standing { sharing: Sharing::Scope, answers: true };
        let forgotten = settled(views, standing, &[refused]).into_iter().map(|view| view.forgotten.is_some());
        assert_eq!(forgotten.collect::<Vec<_>>(), [false, true]);
    }
}
