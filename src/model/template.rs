//! Path templates: the paths of a route.

use std::fmt;

/// One part of a path template.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Text that stands for itself.
    Literal(String),
    /// `{name}`: exactly one segment.
    Parameter(String),
    /// `{name+}`: one or more segments; only ever the last.
    Greedy(String),
}

/// A path template such as `/users/{id}`; no segments is the root.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Template {
    /// The segments between slashes.
    pub segments: Vec<Segment>,
}

/// Why a text is no path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// It doesn't start with `/`.
    NoLeadingSlash,
    /// Two slashes follow each other.
    EmptySegment,
    /// A brace inside a segment: a path parameter must be a whole segment.
    PartialParameter,
    /// `{name+}` before the last segment.
    GreedyNotLast,
}

impl TemplateError {
    /// The error in words, to follow the text in backticks.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NoLeadingSlash => "a path starts with `/`",
            Self::EmptySegment => "a path has no empty segment",
            Self::PartialParameter => "a path parameter `{name}` is a whole segment",
            Self::GreedyNotLast => "a greedy parameter `{name+}` is the last segment",
        }
    }
}

impl Template {
    /// Reads a template; one trailing slash is dropped, as API Gateway does on import.
    ///
    /// # Errors
    /// [`TemplateError`], by the rules of
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html>.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let path = text.strip_prefix('/').ok_or(TemplateError::NoLeadingSlash)?;
        let path = path.strip_suffix('/').unwrap_or(path);
        if path.is_empty() {
            return Ok(Self { segments: Vec::new() });
        }
        let segments = path.split('/').map(Segment::parse).collect::<Result<Vec<_>, _>>()?;
        let greedy = segments.iter().position(|segment| matches!(segment, Segment::Greedy(_)));
        match greedy {
            Some(index) if index + 1 < segments.len() => Err(TemplateError::GreedyNotLast),
            _ => Ok(Self { segments }),
        }
    }
}

impl Template {
    /// Whether every path of another template is one of this template.
    pub(super) fn includes(&self, other: &Self) -> bool {
        let mut theirs = other.segments.iter();
        for segment in &self.segments {
            match (segment, theirs.next()) {
                (Segment::Greedy(_), Some(_)) => return true,
                (Segment::Parameter(_), Some(Segment::Literal(_) | Segment::Parameter(_))) => {}
                (Segment::Literal(one), Some(Segment::Literal(two))) if one == two => {}
                _ => return false,
            }
        }
        theirs.next().is_none()
    }
}

impl Segment {
    fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.is_empty() {
            return Err(TemplateError::EmptySegment);
        }
        let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return if text.contains(['{', '}']) {
                Err(TemplateError::PartialParameter)
            } else {
                Ok(Self::Literal(text.to_owned()))
            };
        };
        match inner.strip_suffix('+') {
            _ if inner.contains(['{', '}']) => Err(TemplateError::PartialParameter),
            Some(name) => Ok(Self::Greedy(name.to_owned())),
            None => Ok(Self::Parameter(inner.to_owned())),
        }
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segments.is_empty() {
            return f.write_str("/");
        }
        self.segments.iter().try_for_each(|segment| match segment {
            Segment::Literal(text) => write!(f, "/{text}"),
            Segment::Parameter(name) => write!(f, "/{{{name}}}"),
            Segment::Greedy(name) => write!(f, "/{{{name}+}}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_read_and_print_the_same() {
        for text in ["/", "/v1/users", "/v1/users/{id}", "/{proxy+}", "/a:b/{x}/c"] {
            assert_eq!(Template::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Template::parse("/users/").unwrap().to_string(), "/users");
    }

    #[test]
    fn what_is_no_template_says_why() {
        assert_eq!(Template::parse("users"), Err(TemplateError::NoLeadingSlash));
        assert_eq!(Template::parse("/a//b"), Err(TemplateError::EmptySegment));
        assert_eq!(Template::parse("/a/{id}.json"), Err(TemplateError::PartialParameter));
        assert_eq!(Template::parse("/{a+}/b"), Err(TemplateError::GreedyNotLast));
    }
}
