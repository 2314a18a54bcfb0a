//! `${…}` in a Resource, and other text that a program should have replaced by a value before it answered.

use crate::model::arn::ArnPattern;

/// A `${…}` of a Resource, braces included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dollar<'t> {
    /// A policy variable, or one of the escapes `${*}`, `${?}`, `${$}`.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    Variable(&'t str),
    /// A variable of some other language that was never filled in.
    Placeholder(&'t str),
}

/// Sources of the Serverless Framework's variables, which are spelled like condition keys.
const OTHER_SOURCES: [&str; 8] = ["self", "opt", "env", "sls", "cf", "ssm", "param", "custom"];

/// Names of the Serverless Framework that would be keys of AWS, but are not.
const OTHER_NAMES: [&str; 2] = ["aws:region", "aws:accountId"];

/// Every `${…}` of a text from left to right. `given` are keys that the user says are policy variables.
#[must_use]
pub fn dollars<'t>(text: &'t str, given: &[(String, String)]) -> Vec<Dollar<'t>> {
    let mut found = Vec::new();
    let (mut rest, mut colons) = (text, 0);
    while let Some((before, from)) = rest.find("${").and_then(|at| rest.split_at_checked(at)) {
        let Some((written, after)) = from.find('}').and_then(|end| from.split_at_checked(end + 1)) else {
            break;
        };
        colons += before.matches(':').count();
        let inner = written.get(2..written.len() - 1).unwrap_or_default();
        // Only the sixth part of an ARN may hold variables.
        let is_variable = colons >= 5 && (is_variable(inner) || given.iter().any(|(key, _)| key == inner));
        found.push(if is_variable { Dollar::Variable(written) } else { Dollar::Placeholder(written) });
        rest = after;
    }
    found
}

/// Whether the inside of `${…}` has the form of a condition key, with or without a default value.
fn is_variable(inner: &str) -> bool {
    if matches!(inner, "*" | "?" | "$") {
        return true;
    }
    let key = inner.split(',').next().unwrap_or_default().trim_end();
    let Some((prefix, name)) = key.split_once(':') else {
        return false;
    };
    let is_word = |text: &str| {
        !text.is_empty() && text.chars().all(|symbol| symbol.is_ascii_alphanumeric() || "._-/:@+=".contains(symbol))
    };
    is_word(prefix)
        && is_word(name)
        && !name.starts_with(':')
        && !OTHER_SOURCES.contains(&prefix)
        && !OTHER_NAMES.contains(&key)
}

/// What an unset value leaves in a text when it is made a part of it: JavaScript's and Python's words, and formats.
#[must_use]
pub fn unset_values<'t>(arn: &ArnPattern<'t>) -> Vec<&'t str> {
    const WORDS: [&str; 3] = ["undefined", "null", "None"];
    const TRACES: [&str; 2] = ["[object Object]", "%s"];
    // The console once tested authorizers under the stage `null`.
    let test_stage = arn.tail().stage.filter(|stage| *stage == "null").map(str::as_ptr);
    let words = arn.text.split([':', '/']).filter(|piece| WORDS.contains(piece) && Some(piece.as_ptr()) != test_stage);
    let traces =
        TRACES.into_iter().filter_map(|trace| arn.text.find(trace).and_then(|at| arn.text.get(at..at + trace.len())));
    words.chain(traces).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_iam_and_of_other_languages_are_told_apart() {
        let in_path =
            |inner: &str| format!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/${{{inner}}}");
        for inner in
            ["aws:username", "aws:PrincipalTag/team", "aws:username, 'anonymous'", "*", "graph.facebook.com:id"]
        {
            let text = in_path(inner);
            assert!(matches!(dollars(&text, &[])[..], [Dollar::Variable(_)]), "{inner}");
        }
        for inner in [
            "stage",
            "AWS::Region",
            "self:provider.stage",
            "var.path",
            "aws:region",
            "event.path ? a : b",
            "Token[AWS.Region.4]",
            "",
        ] {
            let text = in_path(inner);
            assert!(matches!(dollars(&text, &[])[..], [Dollar::Placeholder(_)]), "{inner}");
        }
        let given = [("tenant".to_owned(), "42".to_owned())];
        assert_eq!(dollars(&in_path("tenant"), &given), [Dollar::Variable("${tenant}")]);
    }

    #[test]
    fn variables_stand_only_in_the_sixth_part() {
        let text = "arn:aws:execute-api:${aws:RequestedRegion}:${AWS::AccountId}:a/b/GET/${aws:username}";
        assert_eq!(
            dollars(text, &[]),
            [
                Dollar::Placeholder("${aws:RequestedRegion}"),
                Dollar::Placeholder("${AWS::AccountId}"),
                Dollar::Variable("${aws:username}"),
            ]
        );
    }

    #[test]
    fn the_test_stage_is_no_unset_value() {
        let unset = |text| unset_values(&ArnPattern::new(text));
        assert!(unset("arn:aws:execute-api:eu-west-1:123456789012:a/null/GET/x").is_empty());
        assert_eq!(unset("arn:aws:execute-api:eu-west-1:123456789012:a/null/GET/null"), ["null"]);
        assert_eq!(unset("arn:aws:execute-api:undefined:1:a/b/GET/%s"), ["undefined", "%s"]);
        assert!(unset("arn:aws:execute-api:*:1:a/b/GET/nullable").is_empty());
    }
}
