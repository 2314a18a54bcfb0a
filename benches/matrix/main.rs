//! What the whole matrix costs.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a benchmark")]

mod inputs;

use std::time::Instant;

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::facts;

fn main() {
    for (name, resources) in inputs::hostile() {
        let (project, sources) = inputs::project(resources, 300);
        let start = Instant::now();
        let facts = facts(&project, &sources, Effort::Usual);
        let undecided: usize = facts.policies[0]
            .views
            .iter()
            .flat_map(|view| &view.scopes)
            .flat_map(|scope| &scope.routes)
            .filter(|route| route.undecided)
            .count();
        println!(
            "{name}: {:.1} ms, {undecided} undecided, {} views",
            start.elapsed().as_secs_f64() * 1e3,
            facts.policies[0].views.len()
        );
    }
    for count in [1, 10, 100, 1000] {
        for routes in [10, 300] {
            let (project, sources) = inputs::project(inputs::resources(count), routes);
            let mut best = f64::MAX;
            for _ in 0..5 {
                let start = Instant::now();
                let facts = facts(&project, &sources, Effort::Usual);
                best = best.min(start.elapsed().as_secs_f64() * 1e6);
                assert_eq!(facts.policies.len(), 1);
            }
            println!("{count} × {routes}: {best:.0} µs");
        }
    }
}
