//! Patterns: rows of steps.

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// This byte.
    Byte(u8),
    /// Exactly one byte, save the one named.
    One(Option<u8>),
    /// Any number of bytes, none included, save the one named.
    Run(Option<u8>),
}

/// A row of steps in normal form: no two runs that one could replace, and a run behind the single bytes that it commutes with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pattern {
    steps: Vec<Step>,
}

impl Pattern {
    /// The pattern that matches the empty word; steps are pushed onto it.
    #[must_use]
    pub const fn new() -> Self {
        Self { steps: Vec::new() }
    }

    /// A glob: `*` is any run of bytes, `?` is one byte, everything else is itself.
    #[must_use]
    pub fn glob(text: &str) -> Self {
        let mut pattern = Self::new();
        for byte in text.bytes() {
            pattern.push(match byte {
                b'*' => Step::Run(None),
                b'?' => Step::One(None),
                _ => Step::Byte(byte),
            });
        }
        pattern
    }

    /// The pattern that matches one text only.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self { steps: text.bytes().map(Step::Byte).collect() }
    }

    /// Adds a step at the end.
    pub fn push(&mut self, step: Step) {
        match (self.steps.last().copied(), step) {
            // `**` is `*`; a run that may hold every byte takes in its narrower neighbour.
            (Some(Step::Run(None)), Step::Run(_)) => {}
            (Some(last @ Step::Run(_)), Step::Run(_)) if last == step => {}
            (Some(Step::Run(Some(_))), Step::Run(None)) => {
                self.steps.pop();
                self.push(step);
            }
            // `*?` is `?*`, and the latter has one way to match a text.
            (Some(Step::Run(of)), Step::One(one)) if of == one => self.steps.insert(self.steps.len() - 1, step),
            _ => self.steps.push(step),
        }
    }

    /// Adds a text that stands for itself.
    pub fn push_literal(&mut self, text: &str) {
        self.steps.extend(text.bytes().map(Step::Byte));
    }

    /// The steps in normal form.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_put_in_normal_form() {
        assert_eq!(Pattern::glob("a**b"), Pattern::glob("a*b"));
        assert_eq!(Pattern::glob("*?*?*"), Pattern::glob("??*"));
        let mut mixed = Pattern::new();
        for step in [Step::Run(Some(b':')), Step::One(Some(b':')), Step::Run(None), Step::Run(Some(b':'))] {
            mixed.push(step);
        }
        assert_eq!(mixed.steps(), [Step::One(Some(b':')), Step::Run(None)]);
    }

    #[test]
    fn what_is_excepted_is_told_apart() {
        let (colon, slash) = (Some(b':'), Some(b'/'));
        for (steps, expected) in [
            (&[Step::Run(colon), Step::Run(colon)][..], &[Step::Run(colon)][..]),
            (&[Step::Run(colon), Step::Run(slash)], &[Step::Run(colon), Step::Run(slash)]),
            (&[Step::Run(None), Step::Run(slash)], &[Step::Run(None)]),
            (&[Step::Run(colon), Step::One(None)], &[Step::Run(colon), Step::One(None)]),
            (&[Step::Run(colon), Step::One(colon)], &[Step::One(colon), Step::Run(colon)]),
        ] {
            let mut pattern = Pattern::new();
            for &step in steps {
                pattern.push(step);
            }
            assert_eq!(pattern.steps(), expected, "{steps:?}");
        }
    }
}
