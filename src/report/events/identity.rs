//! What stands in an event where its authorizer looks for the caller: the values of the identity sources.

use crate::model::authorizer::UNKNOWN_SOURCE;

/// Values that the user gives; where there is none, a placeholder stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// For every header, query string and stage variable.
    pub every: Option<String>,
    /// For single identity sources, as their expressions are written.
    pub each: Vec<(String, String)>,
}

/// Where an identity source takes its value from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'e> {
    /// A header, by its name.
    Header(&'e str),
    /// A query string parameter.
    Query(&'e str),
    /// A stage variable.
    StageVariable(&'e str),
    /// A context variable, by its dotted name.
    Context(&'e str),
}

impl<'e> Place<'e> {
    /// Reads a mapping expression of any kind of API; nothing where deployment decides the name.
    pub(super) fn of(expression: &'e str) -> Option<Self> {
        if expression.contains(UNKNOWN_SOURCE) {
            return None;
        }
        let bare = expression.strip_prefix('$').unwrap_or(expression);
        let bare = bare.strip_prefix("method.").or_else(|| bare.strip_prefix("route.")).unwrap_or(bare);
        let (place, name): (fn(&'e str) -> Self, _) = if let Some(name) = bare.strip_prefix("request.header.") {
            (Self::Header, name)
        } else if let Some(name) = bare.strip_prefix("request.querystring.") {
            (Self::Query, name)
        } else if let Some(name) = bare.strip_prefix("stageVariables.") {
            (Self::StageVariable, name)
        } else {
            (Self::Context, bare.strip_prefix("context.")?)
        };
        (!name.is_empty()).then(|| place(name))
    }
}

impl Identity {
    /// The value that was given for one source by its name.
    pub(super) fn given(&self, expression: &str) -> Option<&str> {
        self.each.iter().find(|(known, _)| known == expression).map(|(_, value)| value.as_str())
    }

    /// The value of a source of which nothing else is known. A placeholder is in angle brackets, so that nobody takes it for a value.
    pub(super) fn value(&self, expression: &str, place: Place<'_>) -> String {
        let given = self.given(expression);
        match place {
            Place::Context(name) => given.map_or_else(|| format!("<{name}>"), str::to_owned),
            Place::Header(name) if name.eq_ignore_ascii_case("authorization") => self.or(given, "Bearer <token>"),
            Place::Header(name) | Place::Query(name) | Place::StageVariable(name) => {
                self.or(given, &format!("<{name}>"))
            }
        }
    }

    fn or(&self, given: Option<&str>, placeholder: &str) -> String {
        given.or(self.every.as_deref()).unwrap_or(placeholder).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_of_every_kind_of_api_name_a_place() {
        for (expression, place) in [
            ("method.request.header.Authorization", Some(Place::Header("Authorization"))),
            ("$request.header.x-a", Some(Place::Header("x-a"))),
            ("route.request.querystring.token", Some(Place::Query("token"))),
            ("stageVariables.tenant", Some(Place::StageVariable("tenant"))),
            ("$context.identity.sourceIp", Some(Place::Context("identity.sourceIp"))),
            ("method.request.header.(unknown)", None),
            ("method.request.header.", None),
            ("(unknown)", None),
            ("Authorization", None),
        ] {
            assert_eq!(Place::of(expression), place, "{expression}");
        }
    }

    #[test]
    fn the_closest_value_stands() {
        let value = |identity: &Identity, expression| identity.value(expression, Place::of(expression).unwrap());
        let (token, tenant) = ("method.request.header.Authorization", "method.request.header.X-Tenant");
        let nobody = Identity::default();
        assert_eq!((value(&nobody, token), value(&nobody, tenant)), ("Bearer <token>".into(), "<X-Tenant>".into()));
        let given = Identity { every: Some("a".into()), each: vec![(tenant.into(), "b".into())] };
        assert_eq!((value(&given, token), value(&given, tenant)), ("a".into(), "b".into()));
        assert_eq!(value(&given, "context.authorizer.x"), "<authorizer.x>", "one value isn't that of every variable");
    }
}
