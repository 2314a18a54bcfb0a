//! What makes a finding the same finding in the next run, wherever its line has gone.

use std::collections::BTreeMap;
use std::hash::Hasher as _;

use siphasher::sip128::Hasher128 as _;
use siphasher::sip128::SipHasher13;

use crate::finding::Finding;
use crate::masking::Masking;
use crate::model::project::Project;
use crate::source::Sources;

/// Gives out fingerprints, in the order of the findings.
///
/// A fingerprint covers the rule, the file, the JSON Pointer, the text of the place without white space, and which one it is among equals; never
/// the line. The text is the masked one: a hash of a short secret can be turned back by trying, and the secret may differ in the next recording.
pub(super) struct Fingerprints<'p> {
    project: &'p Project,
    sources: &'p Sources,
    masking: &'p Masking<'p>,
    seen: BTreeMap<[u8; 16], u32>,
}

impl<'p> Fingerprints<'p> {
    pub(super) const fn new(project: &'p Project, sources: &'p Sources, masking: &'p Masking<'p>) -> Self {
        Self { project, sources, masking, seen: BTreeMap::new() }
    }

    /// 32 hexadecimal digits.
    pub(super) fn next(&mut self, finding: &Finding) -> String {
        let span = finding.primary.span;
        let mut text = self.masking.mask(span).text;
        text.retain(|symbol| !symbol.is_whitespace());
        let mut hasher = SipHasher13::new();
        let pointer = self.project.pointer(span);
        for part in [finding.rule, &self.sources.get(span.source).key, &pointer, &text] {
            hasher.write(part.as_bytes());
            hasher.write(&[0xff]);
        }
        let ordinal = self.seen.entry(hasher.finish128().as_bytes()).or_default();
        hasher.write(&ordinal.to_le_bytes());
        *ordinal += 1;
        format!("{:032x}", hasher.finish128().as_u128())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Confidence;
    use crate::finding::Label;
    use crate::finding::Severity;
    use crate::source::Span;

    fn finding(rule: &'static str, span: Span) -> Finding {
        Finding {
            rule,
            severity: Severity::Note,
            confidence: Confidence::Low,
            message: String::new(),
            primary: Label { span, text: String::new() },
            related: Vec::new(),
            help: String::new(),
            evidence: None,
            yields_to: Vec::new(),
        }
    }

    fn fingerprints(text: &str, rules: &[&'static str]) -> Vec<String> {
        let mut sources = Sources::default();
        let source = sources.add("routes.txt", text);
        let start = u32::try_from(text.find("{x").unwrap()).unwrap();
        let end = u32::try_from(text.find('}').unwrap() + 1).unwrap();
        let project = Project::default();
        let masking = Masking::new(&project, &sources);
        let mut given = Fingerprints::new(&project, &sources, &masking);
        rules.iter().map(|rule| given.next(&finding(rule, Span { source, start, end }))).collect()
    }

    #[test]
    fn moved_and_reformatted_text_keeps_its_fingerprint() {
        let before = fingerprints("{x: [1]}", &["a"]);
        assert_eq!(before, fingerprints("\n\n   {x:\n  [1] }", &["a"]));
        assert_ne!(before, fingerprints("{x: [1], [2]}", &["a"]));
        assert_ne!(before, fingerprints("{x: [1]}", &["b"]));
        assert_eq!(before[0].len(), 32);
    }

    #[test]
    fn equals_differ_by_their_ordinal_only() {
        let both = fingerprints("{x}", &["a", "b", "a"]);
        assert_eq!(both[0], fingerprints("{x}", &["a"])[0]);
        assert_ne!(both[0], both[2]);
    }

    #[test]
    fn a_fingerprint_never_changes_between_releases() {
        assert_eq!(fingerprints("{x}", &["a"]), ["fcc79a206982e0ace9111b460ceff0e7"]);
    }
}
