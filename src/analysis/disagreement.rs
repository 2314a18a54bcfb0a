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
use crate::model::policy::Effect;
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
use super::decider::Asked;
use super::decider::Decider;
use super::decider::method_text;
use super::decision::Compilation;
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

/// For each response, whether another one that was recorded with the same key values allows something.
#[must_use]
pub fn allowed_by_mates(project: &Project, routings: &[Routing<'_>]) -> Vec<bool> {
    let allows = |response: &Response| match &response.verdict {
        Verdict::Policy(policy) => {
            policy.statements.iter().filter(|statement| statement.effect == Effect::Allow).count()
        }
        _ => 0,
    };
    let keys: Vec<_> = project.responses.iter().map(|response| key_of(routings, response)).collect();
    let mut allowing: FxHashMap<_, usize> = FxHashMap::default();
    for (response, key) in project.responses.iter().zip(&keys) {
        if let Some((owner, _, key)) = key {
            *allowing.entry((*owner, key)).or_default() += usize::from(allows(response) > 0);
        }
    }
    let mates = |(response, key): (&Response, &Option<((usize, usize), &Authorizer, Vec<String>)>)| {
        let of_key = key.as_ref().and_then(|(owner, _, key)| allowing.get(&(*owner, key)));
        of_key.is_some_and(|&count| count > usize::from(allows(response) > 0))
    };
    project.responses.iter().zip(&keys).map(mates).collect()
}

/// Responses that were recorded with the same key values of one authorizer.
struct Keyed<'p> {
    owner: (usize, usize),
    authorizer: &'p Authorizer,
    key: Vec<String>,
    repeated: Vec<Repeated<'p>>,
}

/// A response, and when it was recorded, again and again.
struct Repeated<'p> {
    response: &'p Response,
    times: Vec<Option<u64>>,
}

fn by_key<'p>(project: &'p Project, routings: &[Routing<'p>]) -> Vec<Keyed<'p>> {
    let mut groups: Vec<Keyed<'p>> = Vec::new();
    let mut known: FxHashMap<(usize, usize, Vec<String>), usize> = FxHashMap::default();
    for response in &project.responses {
        let Some((owner, authorizer, key)) = key_of(routings, response) else { continue };
        let at = *known.entry((owner.0, owner.1, key.clone())).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.add(response),
            None => {
                let mut group = Keyed { owner, authorizer, key, repeated: Vec::new() };
                group.add(response);
                groups.push(group);
            }
        }
    }
    groups
}

impl<'p> Keyed<'p> {
    fn add(&mut self, response: &'p Response) {
        let time = response.event.as_ref().and_then(|event| event.time_ms);
        match self.repeated.iter_mut().find(|known| says_the_same(known.response, response)) {
            Some(known) => known.times.push(time),
            None => self.repeated.push(Repeated { response, times: vec![time] }),
        }
    }
}

fn key_of<'p>(routings: &[Routing<'p>], response: &Response) -> Option<((usize, usize), &'p Authorizer, Vec<String>)> {
    let (api, index, _) = owner(routings, &recorded_request(response)?)?;
    let routing = routings.get(api)?;
    let authorizer = routing.api.authorizers.get(index)?;
    let key = key_values(routing.api.kind, authorizer, response.event.as_ref()?)?;
    Some(((api, index), authorizer, key))
}

/// Whether two responses hold policies of the same statements, for callers of the same name, as answers to the same request.
fn says_the_same(one: &Response, two: &Response) -> bool {
    let arn = |response: &Response| Some(response.event.as_ref()?.arn.as_ref()?.value.clone());
    if one.principal != two.principal || arn(one) != arn(two) {
        return false;
    }
    let texts =
        |clause: &Clause| (clause.polarity, clause.patterns.iter().map(|text| text.value.clone()).collect::<Vec<_>>());
    let statements = |policy: &Policy| {
        let of = |statement: &Statement| {
            (statement.effect, statement.condition.is_some(), texts(&statement.actions), texts(&statement.resources))
        };
        policy.statements.iter().map(of).collect::<Vec<_>>()
    };
    match (&one.verdict, &two.verdict) {
        (Verdict::Policy(first), Verdict::Policy(second)) => {
            first.has_variables() == second.has_variables() && statements(first) == statements(second)
        }
        (Verdict::Simple(first), Verdict::Simple(second)) => first.value == second.value,
        _ => false,
    }
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
    // All values of a header are part of the key, in their order.
    let find = |list: &[(String, String)], name: &str| {
        let values = list.iter().filter(|(known, value)| known == name && !value.is_empty());
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("\n"))
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
