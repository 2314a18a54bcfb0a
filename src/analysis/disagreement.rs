//! Recorded responses that share a cache key and decide some request differently: whoever comes first decides for the next.

use rustc_hash::FxHashMap;

use crate::language::Pattern;
use crate::language::Position;
use crate::language::Query;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::authorizer::Ttl;
use crate::model::policy::Clause;
use crate::model::policy::Policy;
use crate::model::policy::Statement;
use crate::model::project::Project;
use crate::model::response::Event;
use crate::model::response::Response;
use crate::model::response::Verdict;
use crate::model::route::Request;

use super::case::Case;
use super::case::cases;
use super::case::owner;
use super::case::recorded_request;
use super::decision::Compilation;
use super::outcome::Asked;
use super::outcome::Decider;
use super::outcome::method_text;
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
    for keyed in by_key(project, routings).iter().filter(|keyed| keyed.responses.len() > 1) {
        let recorded: Vec<Recorded<'_, 'p>> =
            keyed.responses.iter().filter_map(|response| Recorded::new(project, routings, keyed, response)).collect();
        for (index, later) in recorded.iter().enumerate() {
            let earlier = recorded.iter().take(index).filter(|earlier| earlier.shares_with(later));
            found.extend(earlier.filter_map(|earlier| earlier.against(later)).take(1));
        }
    }
    found
}

/// Responses that were recorded with the same key values of one authorizer; of equal policies the first.
struct Keyed<'p> {
    owner: (usize, usize),
    authorizer: &'p Authorizer,
    key: Vec<String>,
    responses: Vec<&'p Response>,
}

fn by_key<'p>(project: &'p Project, routings: &[Routing<'p>]) -> Vec<Keyed<'p>> {
    let mut groups: Vec<Keyed<'p>> = Vec::new();
    let mut known: FxHashMap<(usize, usize, Vec<String>), usize> = FxHashMap::default();
    for response in &project.responses {
        let Some((owner, authorizer, key)) = key_of(routings, response) else { continue };
        let at = *known.entry((owner.0, owner.1, key.clone())).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) if group.responses.iter().any(|other| says_the_same(other, response)) => {}
            Some(group) => group.responses.push(response),
            None => groups.push(Keyed { owner, authorizer, key, responses: vec![response] }),
        }
    }
    groups
}

fn key_of<'p>(routings: &[Routing<'p>], response: &Response) -> Option<((usize, usize), &'p Authorizer, Vec<String>)> {
    let (api, index, _) = owner(routings, &recorded_request(response)?)?;
    let routing = routings.get(api)?;
    let authorizer = routing.api.authorizers.get(index)?;
    let key = key_values(routing.api.kind, authorizer, response.event.as_ref()?)?;
    Some(((api, index), authorizer, key))
}

/// Whether two responses hold policies of the same statements, for callers of the same name.
fn says_the_same(one: &Response, two: &Response) -> bool {
    let texts =
        |clause: &Clause| (clause.polarity, clause.patterns.iter().map(|text| text.value.clone()).collect::<Vec<_>>());
    let statements = |policy: &Policy| {
        let of = |statement: &Statement| {
            (statement.effect, statement.condition.is_some(), texts(&statement.actions), texts(&statement.resources))
        };
        policy.statements.iter().map(of).collect::<Vec<_>>()
    };
    match (&one.verdict, &two.verdict) {
        (Verdict::Policy(first), Verdict::Policy(second)) => statements(first) == statements(second),
        _ => false,
    }
}

/// A response with the one case that its event settles, and the values of its key.
struct Recorded<'r, 'p> {
    response: &'p Response,
    event: &'p Event,
    case: Case<'r, 'p>,
    authorizer: &'p Authorizer,
    key: Vec<String>,
}

impl<'r, 'p> Recorded<'r, 'p> {
    fn new(
        project: &'p Project,
        routings: &'r [Routing<'p>],
        keyed: &Keyed<'p>,
        response: &'p Response,
    ) -> Option<Self> {
        let is_shared = |case: &Case<'_, '_>| {
            let routing = routings.get(keyed.owner.0);
            case.scopes.sharing != Sharing::Nothing
                && case.authorizer == keyed.owner.1
                && routing.is_some_and(|routing| std::ptr::eq(routing, case.routing))
        };
        let case = cases(project, routings, response).list.into_iter().find(is_shared)?;
        let event = response.event.as_ref()?;
        Some(Self { response, event, case, authorizer: keyed.authorizer, key: keyed.key.clone() })
    }

    fn shares_with(&self, other: &Self) -> bool {
        let apart = self.event.time_ms.zip(other.event.time_ms).map(|(one, two)| one.abs_diff(two) / 1000);
        let expired = match self.authorizer.ttl.get() {
            Ttl::Seconds(ttl) => apart.is_some_and(|seconds| seconds >= u64::from(*ttl)),
            Ttl::Unknown => false,
        };
        self.case.deployment == other.case.deployment && self.case.answers == other.case.answers && !expired
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

/// The value of every identity source in an event; nothing where one is missing, for then API Gateway asks nobody.
fn key_values(kind: ApiKind, authorizer: &Authorizer, event: &Event) -> Option<Vec<String>> {
    let sources = authorizer.identity_sources.get();
    if authorizer.kind == AuthorizerKind::Token
        && let Some(token) = &event.token
    {
        return Some(vec![token.clone()]);
    }
    let values: Option<Vec<String>> = sources.iter().map(|source| key_value(kind, &source.value, event)).collect();
    values.filter(|values| !values.is_empty())
}

fn key_value(kind: ApiKind, expression: &str, event: &Event) -> Option<String> {
    let expression = expression.strip_prefix('$').unwrap_or(expression);
    let expression = match kind {
        ApiKind::Rest => expression.strip_prefix("method.").unwrap_or(expression),
        ApiKind::Http | ApiKind::WebSocket => expression,
    };
    let find = |list: &[(String, String)], name: &str| {
        list.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    };
    if let Some(name) = expression.strip_prefix("request.header.") {
        return find(&event.headers, &name.to_ascii_lowercase());
    }
    let lists = [
        ("request.querystring.", &event.query),
        ("stageVariables.", &event.stage_variables),
        ("context.", &event.context),
    ];
    lists.into_iter().find_map(|(prefix, list)| find(list, expression.strip_prefix(prefix)?))
}

/// Whether a key value was taken out before the recording was saved, or is one of the dummies of AWS's own samples.
fn is_placeholder(value: &str) -> bool {
    const DUMMIES: [&str; 8] = [
        "allow",
        "deny",
        "unauthorized",
        "incoming-client-token",
        "headervalue1",
        "queryvalue1",
        "stagevalue1",
        "user1",
    ];
    let value = value.trim().to_ascii_lowercase();
    let bare = value.strip_prefix("bearer ").unwrap_or(&value).trim();
    let masked = ['*', 'x', '.', '…'].iter().any(|mask| bare.chars().all(|symbol| symbol == *mask));
    let named = ["redacted", "placeholder", "token", "<token>"].contains(&bare);
    masked || named || (bare.starts_with('<') && bare.ends_with('>')) || DUMMIES.contains(&bare)
}
