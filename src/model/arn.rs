//! The Resource patterns of a policy: ARNs of `execute-api`, with wildcards.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html>

/// A Resource, split at its first five colons.
///
/// `arn:partition:execute-api:region:account:api/stage/METHOD/path`; parts that are missing are completed with `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArnPattern<'t> {
    /// The pattern as written.
    pub text: &'t str,
    parts: [&'t str; 6],
    written: usize,
}

/// The last byte offsets of what stands where in the sixth part, cut at `/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tail<'t> {
    /// The API id.
    pub api: &'t str,
    /// The stage, where a slash follows the API id.
    pub stage: Option<&'t str>,
    /// The method, where a slash follows the stage.
    pub method: Option<&'t str>,
    /// The path without its leading slash, where a slash follows the method.
    pub path: Option<&'t str>,
}

impl<'t> ArnPattern<'t> {
    /// Splits a pattern; every text is a pattern, also one that can match no ARN.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut parts = ["*"; 6];
        let mut written = 0;
        for (slot, part) in parts.iter_mut().zip(text.splitn(6, ':')) {
            *slot = part;
            written += 1;
        }
        Self { text, parts, written }
    }

    /// The six parts, completed.
    #[must_use]
    pub const fn parts(&self) -> [&'t str; 6] {
        self.parts
    }

    /// How many of the six parts were written.
    #[must_use]
    pub const fn written(&self) -> usize {
        self.written
    }

    /// `aws`, `aws-cn`, …, or a pattern of them.
    #[must_use]
    pub const fn partition(&self) -> &'t str {
        self.parts[1]
    }

    /// The region, or a pattern of them.
    #[must_use]
    pub const fn region(&self) -> &'t str {
        self.parts[3]
    }

    /// The account id, or a pattern of them.
    #[must_use]
    pub const fn account(&self) -> &'t str {
        self.parts[4]
    }

    /// The sixth part, cut at its first three slashes.
    #[must_use]
    pub fn tail(&self) -> Tail<'t> {
        let mut pieces = self.parts[5].splitn(4, '/');
        Tail {
            api: pieces.next().unwrap_or_default(),
            stage: pieces.next(),
            method: pieces.next(),
            path: pieces.next(),
        }
    }

    /// Whether the text holds a wildcard anywhere.
    #[must_use]
    pub fn has_wildcard(&self) -> bool {
        self.text.contains(['*', '?'])
    }
}

/// The stages under which the console and the CLI invoke an authorizer for a test.
///
/// Seen in AWS's own samples:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html>.
pub const TEST_STAGES: [&str; 3] = ["ESTestInvoke-stage", "test-invoke-stage", "null"];

/// The stage of an HTTP API that is served without its name in the URL. It stands literally in an ARN.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html>
pub const DEFAULT_STAGE: &str = "$default";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_arn_is_cut_into_its_parts() {
        let arn = ArnPattern::new("arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/a:b/c");
        assert_eq!((arn.partition(), arn.region(), arn.account()), ("aws", "eu-west-1", "123456789012"));
        assert_eq!(arn.tail(), Tail { api: "abc", stage: Some("prod"), method: Some("GET"), path: Some("a:b/c") });
        assert_eq!(arn.written(), 6);
    }

    #[test]
    fn missing_parts_are_wildcards() {
        assert_eq!(ArnPattern::new("*").parts(), ["*"; 6]);
        let arn = ArnPattern::new("arn:aws:execute-api:eu-west-1");
        assert_eq!((arn.region(), arn.account(), arn.tail().api, arn.written()), ("eu-west-1", "*", "*", 4));
    }
}
