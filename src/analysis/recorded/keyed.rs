//! Recorded responses by the values of their cache keys.

use rustc_hash::FxHashMap;

use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::policy::Effect;
use crate::model::project::Project;
use crate::model::response::Event;
use crate::model::response::Response;
use crate::model::response::Verdict;

use crate::analysis::case::owner;
use crate::analysis::case::recorded_request;
use crate::analysis::content::content;
use crate::analysis::dispatch::Routing;

/// API and authorizer, as indexes.
pub type Owner = (usize, usize);

/// Whose cache it is, and the values of the key.
type Key<'p> = (Owner, &'p Authorizer, Vec<String>);

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
    let mates = |(response, key): (&Response, &Option<Key<'_>>)| {
        let of_key = key.as_ref().and_then(|(owner, _, key)| allowing.get(&(*owner, key)));
        of_key.is_some_and(|&count| count > usize::from(allows(response) > 0))
    };
    project.responses.iter().zip(&keys).map(mates).collect()
}

/// Responses that were recorded with the same key values of one authorizer.
pub struct Keyed<'p> {
    /// API and authorizer.
    pub owner: Owner,
    /// The authorizer.
    pub authorizer: &'p Authorizer,
    /// The values of its identity sources.
    pub key: Vec<String>,
    /// Each different response of the group.
    pub repeated: Vec<Repeated<'p>>,
}

/// A response, and when it was recorded, again and again.
pub struct Repeated<'p> {
    /// The response.
    pub response: &'p Response,
    /// When.
    pub times: Vec<Option<u64>>,
}

/// Groups recorded responses by the values of their keys.
#[must_use]
pub fn by_key<'p>(project: &'p Project, routings: &[Routing<'p>]) -> Vec<Keyed<'p>> {
    let mut groups: Vec<Keyed<'p>> = Vec::new();
    let mut known: FxHashMap<(usize, usize, Vec<String>), usize> = FxHashMap::default();
    for response in &project.responses {
        let Some((owner, authorizer, key)) = key_of(routings, response) else { continue };
        let at = *known.entry((owner.0, owner.1, key.clone())).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Keyed { owner, authorizer, key, repeated: Vec::new() });
        }
        groups.get_mut(at).into_iter().for_each(|group| group.add(response));
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

fn key_of<'p>(routings: &[Routing<'p>], response: &Response) -> Option<Key<'p>> {
    let (api, index, _) = owner(routings, &recorded_request(response)?)?;
    let routing = routings.get(api)?;
    let authorizer = routing.api.authorizers.get(index)?;
    let key = key_values(routing.api.kind, authorizer, response.event.as_ref()?)?;
    Some(((api, index), authorizer, key))
}

/// Whether two responses hold policies of the same statements, for callers of the same name, as answers to the same request.
fn says_the_same(one: &Response, two: &Response) -> bool {
    one.principal == two.principal && content(one) == content(two)
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
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_were_taken_out_are_known() {
        for value in ["", "***", "xxx", "Bearer XXX", "...", "redacted", "Token", "<token>", "<who>", "user1", "allow"]
        {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["t1", "Bearer abc", "x*", "<a", "a>", "a<b>", "user12"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
