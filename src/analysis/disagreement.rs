//! Recorded responses that share a cache key and decide some request differently: whoever comes first decides for the next.

use crate::language::Pattern;
use crate::language::Position;
use crate::language::Query;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::Ttl;
use crate::model::project::Project;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::model::route::Request;

use super::asked::Asked;
use super::case::Case;
use super::case::cases;
use super::case::recorded_request;
use super::decider::Decider;
use super::decider::method_text;
use super::decision::Compilation;
use super::keyed::Keyed;
use super::keyed::Repeated;
use super::keyed::by_key;
use super::keyed::is_placeholder;
use super::outcome::request;
use super::routing::Routing;
use super::routing::Unit;
use super::scope::Sharing;

/// Two responses with the same key values that decide a request differently.
#[derive(Clone, Debug)]
pub struct Disagreement<'p> {
    /// The response that allows the request.
    pub allowing: &'p Response,
    /// The response that refuses it.
    pub refusing: &'p Response,
    /// The authorizer.
    pub authorizer: &'p Authorizer,
    /// The request.
    pub request: Request,
    /// Why the recordings may not show what really happens; nothing where they do.
    pub doubt: Option<Doubt>,
}

/// Why recordings may seem to share a key without doing so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Their `principalId` differs: the key values are likely those of two callers, made equal afterwards.
    OtherPrincipal,
    /// A key value looks like a placeholder.
    Placeholder,
}

/// Every pair of responses that disagree, the later one against the first that shares its key.
#[must_use]
pub fn disagreements<'p>(project: &'p Project, routings: &[Routing<'p>]) -> Vec<Disagreement<'p>> {
    let mut found = Vec::new();
    for keyed in by_key(project, routings).iter().filter(|keyed| keyed.repeated.len() > 1) {
        let recorded: Vec<Recorded<'_, 'p>> =
            keyed.repeated.iter().filter_map(|repeated| Recorded::new(project, routings, keyed, repeated)).collect();
        for (index, later) in recorded.iter().enumerate() {
            let earlier = recorded.iter().take(index).filter(|earlier| earlier.shares_with(later));
            let (sure, doubtful): (Vec<_>, Vec<_>) = earlier.partition(|earlier| earlier.doubt(later).is_none());
            found.extend(sure.into_iter().chain(doubtful).filter_map(|earlier| earlier.against(later)).take(1));
        }
    }
    found
}

/// A response with the one case that its event settles, and the values of its key.
struct Recorded<'r, 'p> {
    response: &'p Response,
    times: Vec<Option<u64>>,
    case: Case<'r, 'p>,
    authorizer: &'p Authorizer,
    key: Vec<String>,
}

impl<'r, 'p> Recorded<'r, 'p> {
    fn new(
        project: &'p Project,
        routings: &'r [Routing<'p>],
        keyed: &Keyed<'p>,
        repeated: &Repeated<'p>,
    ) -> Option<Self> {
        let is_shared = |case: &Case<'_, '_>| {
            let routing = routings.get(keyed.owner.0);
            case.scopes.sharing != Sharing::Nothing
                && case.authorizer == keyed.owner.1
                && routing.is_some_and(|routing| std::ptr::eq(routing, case.routing))
        };
        let response = repeated.response;
        let case = cases(project, routings, response).list.into_iter().find(is_shared)?;
        let times = repeated.times.clone();
        Some(Self { response, times, case, authorizer: keyed.authorizer, key: keyed.key.clone() })
    }

    fn shares_with(&self, other: &Self) -> bool {
        let overlap = |one: Option<u64>, two: Option<u64>| match (one.zip(two), self.authorizer.ttl.get()) {
            (Some((one, two)), Ttl::Seconds(ttl)) => one.abs_diff(two) / 1000 < u64::from(*ttl),
            _ => true,
        };
        let some = self.times.iter().any(|&one| other.times.iter().any(|&two| overlap(one, two)));
        self.case.deployment == other.case.deployment && self.case.answers == other.case.answers && some
    }

    fn against(&self, other: &Self) -> Option<Disagreement<'p>> {
        let differs = |allowing: &Self, refusing: &Self| {
            let request = contradicted(allowing, refusing)?;
            Some(Disagreement {
                allowing: allowing.response,
                refusing: refusing.response,
                authorizer: self.authorizer,
                request,
                doubt: self.doubt(other),
            })
        };
        differs(self, other).or_else(|| differs(other, self))
    }

    fn doubt(&self, other: &Self) -> Option<Doubt> {
        if self.key.iter().any(|value| is_placeholder(value)) {
            Some(Doubt::Placeholder)
        } else if self.response.principal != other.response.principal {
            Some(Doubt::OtherPrincipal)
        } else {
            None
        }
    }
}

/// A request of the scope that one response surely allows and the other surely refuses.
fn contradicted(allowing: &Recorded<'_, '_>, refusing: &Recorded<'_, '_>) -> Option<Request> {
    if let (Verdict::Simple(first), Verdict::Simple(second)) = (&allowing.response.verdict, &refusing.response.verdict)
    {
        return if first.value && !second.value { recorded_request(refusing.response) } else { None };
    }
    let (first, second) = (allowing.case.decider.as_ref()?, refusing.case.decider.as_ref()?);
    // The first one's patterns come with their meaning, the second one's are put behind them: both policies in one program.
    let (joint, second_groups) = first.compiled.joined(&second.compiled);
    let scopes = allowing.case.scopes.scopes.iter().zip(&allowing.case.answers).filter(|(_, answers)| **answers);
    let units = scopes.flat_map(|(scope, _)| &scope.units).filter_map(|&at| allowing.case.routing.units.get(at));
    let fixed = match allowing.case.scopes.sharing {
        Sharing::Path => recorded_request(allowing.response).map(|request| request.path),
        _ => None,
    };
    let pair = Pair { first, second, joint: &joint, second_groups: &second_groups, fixed: fixed.as_deref() };
    units.filter(|unit| unit.example.is_some()).find_map(|unit| Some(request(unit, &pair.contradicted(unit)?)))
}

/// Two policies in one program.
struct Pair<'a, 'r, 'p> {
    first: &'a Decider<'r, 'p>,
    second: &'a Decider<'r, 'p>,
    joint: &'a Compilation<'p>,
    second_groups: &'a [Vec<Position>],
    fixed: Option<&'a str>,
}

impl Pair<'_, '_, '_> {
    fn contradicted(&self, unit: &Unit) -> Option<String> {
        let method = method_text(unit.method);
        let front = self.first.advance(&self.joint.groups, &method);
        let advance = |group: &Vec<_>| self.joint.program.advance(group, method.as_bytes());
        let other_front: Vec<_> = self.second_groups.iter().map(advance).collect();
        let mut program = self.joint.program.clone();
        let path = self.fixed.map(|path| program.add(&Pattern::literal(path)));
        for allowed in self.first.compiled.sides.surely_allowed() {
            for refused in self.second.compiled.sides.never_allowed() {
                let asked = Asked::default().with_all(&allowed, &front);
                let Some(asked) = asked.and_then(|asked| asked.with_all(&refused, &other_front)) else { continue };
                let mut required = asked.required;
                required.push(vec![unit.start]);
                required.extend(path.map(|path| vec![path]));
                let avoided = [unit.rivals.as_slice(), &asked.avoided].concat();
                let query = Query { program: &program, required, avoided, longest: self.first.longest(unit) };
                if let Ok(Some(path)) = self.first.ask(&query) {
                    return Some(path);
                }
            }
        }
        None
    }
}
