//! Where an API is deployed: stated, or inferred from the Resources of a policy, component by component.

use crate::model::arn::ArnPattern;
use crate::model::arn::DEFAULT_STAGE;
use crate::model::arn::TEST_STAGES;
use crate::model::authorizer::ApiKind;
use crate::model::deployment::Component;
use crate::model::deployment::Deployment;
use crate::model::deployment::Origin;
use crate::model::policy::Effect;
use crate::model::policy::Polarity;
use crate::model::policy::Policy;
use crate::model::policy::glob_matches;
use crate::model::project::Api;
use crate::model::project::Settings;
use crate::model::route::Method;

/// How many deployments of one policy are looked at; a policy that names more is not decided.
const MOST: usize = 32;

/// How many combinations of components are tried to find them.
const MOST_TRIED: usize = 4_096;

/// The deployments in which a policy is checked.
#[derive(Debug)]
pub struct Deployments {
    /// Each of them.
    pub found: Vec<Deployment>,
    /// Whether there are more than are looked at.
    pub too_many: bool,
}

/// All deployments of an API that a policy can be meant for. A recorded event's ARN settles what it states.
#[must_use]
pub fn deployments(api: &Api, settings: &Settings, event: Option<&str>, policy: &Policy) -> Deployments {
    let candidates = candidates(api, settings, event, Some(policy));
    let total = candidates.iter().fold(1_usize, |product, list| product.saturating_mul(list.len()));
    let all = (0..total.min(MOST_TRIED)).filter_map(|index| combination(&candidates, index));
    let mut found = Vec::new();
    for deployment in all {
        if total == 1 || some_allow_matches(policy, &deployment) {
            found.push(deployment);
        }
        if found.len() > MOST {
            break;
        }
    }
    if found.is_empty() {
        // No Allow is for this API: what the policy does to it is still to be said, once.
        found.extend(combination(&candidates, 0));
    }
    let too_many = total > MOST_TRIED || found.len() > MOST;
    found.truncate(MOST);
    Deployments { found, too_many }
}

/// One deployment of an API of which there is no response yet: of several stages the first, and what nobody states is made up.
#[must_use]
pub fn presumed(api: &Api, settings: &Settings) -> Option<Deployment> {
    let mut deployment = combination(&candidates(api, settings, None, None), 0)?;
    if api.kind == ApiKind::Http && deployment.stage.origin == Origin::Fresh {
        // The stage that an HTTP API has without being asked for one.
        DEFAULT_STAGE.clone_into(&mut deployment.stage.value);
    }
    Some(deployment)
}

type Candidates = [Vec<Component>; 5];

fn candidates(api: &Api, settings: &Settings, event: Option<&str>, policy: Option<&Policy>) -> Candidates {
    let named = named([policy, api.resource_policy.as_ref()].into_iter().flatten());
    let stages: Vec<String> = match &settings.stage {
        Some(stage) => vec![stage.clone()],
        None => api.stages.iter().map(|stage| stage.value.clone()).collect(),
    };
    let stated: [Vec<String>; 5] = [
        settings.partition.iter().cloned().collect(),
        settings.region.iter().cloned().collect(),
        settings.account.iter().cloned().collect(),
        settings.api_id.iter().chain(&api.id).take(1).cloned().collect(),
        stages,
    ];
    let recorded = event.and_then(components).unwrap_or_default();
    let fresh = ["aws", "us-east-1", "123456789012", "a1b2c3d4e5", "stage"];
    let mut list = stated.into_iter().zip(recorded).zip(named.into_iter().zip(fresh));
    std::array::from_fn(|_| {
        let ((stated, recorded), (named, fresh)) = list.next().unwrap_or_default();
        candidates_of_one(stated, recorded, &named, fresh)
    })
}

/// The candidates of one component, the surest source first.
fn candidates_of_one(stated: Vec<String>, recorded: Option<&str>, named: &[&str], fresh: &str) -> Vec<Component> {
    let of = |values: Vec<String>, origin| {
        let components = values.into_iter().map(|value| Component { value, origin });
        components.collect::<Vec<_>>()
    };
    let is_literal = |value: &str| !value.contains(['*', '?']) && !value.is_empty();
    let is_test = |value: &str| TEST_STAGES.contains(&value);
    let stands_for_another = !stated.is_empty() || named.iter().any(|value| is_literal(value) && !is_test(value));
    if let Some(value) = recorded.filter(|value| !(stands_for_another && is_test(value))) {
        return of(vec![value.to_owned()], Origin::Stated);
    }
    if !stated.is_empty() {
        return of(stated, Origin::Stated);
    }
    let literals = unique(named.iter().copied().filter(|value| is_literal(value) && !is_test(value)));
    if !literals.is_empty() {
        return of(literals.into_iter().map(str::to_owned).collect(), Origin::Inferred);
    }
    let tests = named.iter().filter(|value| is_test(value)).take(1).map(|value| (*value).to_owned());
    let globs = named.iter().filter(|value| !is_literal(value)).map(|glob| shortest_inside(glob));
    let inside = unique(globs.filter(|value| !value.is_empty()).chain(tests));
    if inside.is_empty() { of(vec![fresh.to_owned()], Origin::Fresh) } else { of(inside, Origin::Inferred) }
}

fn unique<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

/// What the Resources and `NotResource`s of all statements name, by component.
fn named<'p>(policies: impl Iterator<Item = &'p Policy>) -> [Vec<&'p str>; 5] {
    let mut named: [Vec<&str>; 5] = Default::default();
    let mut known = None;
    let statements = policies.flat_map(|policy| &policy.statements);
    for text in statements.flat_map(|statement| &statement.resources.patterns) {
        // Nearly always the next Resource begins as the last one did.
        if known.is_some_and(|beginning| text.value.starts_with(beginning)) {
            continue;
        }
        for (list, value) in named.iter_mut().zip(components(&text.value).unwrap_or_default()) {
            list.extend(value);
        }
        known = up_to_stage(&text.value);
    }
    named
}

/// The beginning of a full ARN, up to the slash behind the stage.
fn up_to_stage(text: &str) -> Option<&str> {
    let tail = ArnPattern::new(text).tail();
    let behind = tail.method?.len() + 1 + tail.path?.len();
    text.get(..text.len().checked_sub(behind)?)
}

/// The five components that an ARN states; wildcards are kept, a lone `*` says nothing. Nothing where it is no ARN of ours.
fn components(text: &str) -> Option<[Option<&str>; 5]> {
    let arn = ArnPattern::new(text);
    let [prefix, partition, service, region, account, _] = arn.parts();
    // A slash in one of these is part of a path that a missing or misplaced colon has moved there.
    let is_misplaced = [partition, region, account].iter().any(|part| part.contains('/'));
    if !glob_matches(prefix, "arn") || !glob_matches(service, "execute-api") || is_misplaced {
        return None;
    }
    let tail = arn.tail();
    // Behind a star that may have run past the stage, a method is a method.
    let swallowed = tail.api.ends_with('*')
        && tail.stage.is_some_and(|stage| Method::parse(stage).is_some())
        && tail.method.is_none_or(|method| Method::parse(method).is_none());
    let stage = tail.stage.filter(|_| !swallowed);
    let named = [Some(partition), Some(region), Some(account), Some(tail.api), stage];
    Some(named.map(|value| value.filter(|value| *value != "*" && !value.contains("${"))))
}

fn combination(candidates: &Candidates, index: usize) -> Option<Deployment> {
    let mut rest = index;
    // The last component varies fastest: the stages of one API stay together.
    let mut picked: Vec<Component> = Vec::with_capacity(candidates.len());
    for list in candidates.iter().rev() {
        picked.push(list.get(rest.checked_rem(list.len())?)?.clone());
        rest /= list.len();
    }
    let mut picked = picked.into_iter().rev();
    Some(Deployment {
        partition: picked.next()?,
        region: picked.next()?,
        account: picked.next()?,
        api: picked.next()?,
        stage: picked.next()?,
    })
}

/// Whether some Allow can be meant for requests to this deployment, component by component.
fn some_allow_matches(policy: &Policy, deployment: &Deployment) -> bool {
    let allows = policy
        .statements
        .iter()
        .filter(|statement| statement.effect == Effect::Allow && statement.resources.polarity == Polarity::Listed);
    let mut texts = allows.flat_map(|statement| &statement.resources.patterns).peekable();
    texts.peek().is_none() || texts.any(|text| speaks_of(&text.value, deployment))
}

/// The deployment that a Resource names itself, where it isn't the one at hand; what it leaves open is as there.
#[must_use]
pub fn own_deployment(text: &str, base: &Deployment) -> Option<Deployment> {
    if speaks_of(text, base) {
        return None;
    }
    let mut own = base.clone();
    let slots = [&mut own.partition, &mut own.region, &mut own.account, &mut own.api, &mut own.stage];
    for (slot, named) in slots.into_iter().zip(components(text)?) {
        let Some(named) = named.filter(|named| !glob_matches(named, &slot.value)) else { continue };
        *slot = Component { value: shortest_inside(named), origin: Origin::Inferred };
    }
    Some(own)
}

/// The shortest text that a glob matches, with a letter for each `?`.
fn shortest_inside(glob: &str) -> String {
    glob.replace('*', "").replace('?', "x")
}

fn speaks_of(text: &str, deployment: &Deployment) -> bool {
    let Some(components) = components(text) else { return false };
    components.iter().zip(deployment.components()).all(|(named, (_, component))| {
        named.as_ref().is_none_or(|named| TEST_STAGES.contains(named) || glob_matches(named, &component.value))
    })
}
